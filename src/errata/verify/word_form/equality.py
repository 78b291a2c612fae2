"""Whether two matrices are equal: by their reduced words, else after multiplying by what an inverse inverts."""

from __future__ import annotations

from collections import Counter

from errata.verify.normal_form.polynomials import subtract
from errata.verify.normal_form.workspace import Atom, Polynomial, Refused
from errata.verify.normal_form.zero import is_zero
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.letters import Value, Word, Words, inverted, of_word, rows, thaw

MULTIPLIED = "both sides multiplied by an invertible matrix"
DEPTH = 5
MOST_WORDS = 60


def same(m: Matrices, left: Value, right: Value) -> bool:
    """Whether two values are surely equal; the number 0 is the zero of any shape."""
    if isinstance(left, dict) and isinstance(right, dict):
        return is_zero(m.w, subtract(left, right))
    if isinstance(left, dict):
        left, right = right, left
    assert isinstance(left, Words)
    if isinstance(right, dict):
        return not right and vanishes(m, left, DEPTH)
    return vanishes(m, m.difference(left, right), DEPTH)


def vanishes(m: Matrices, value: Words, depth: int) -> bool:
    """Whether a matrix is surely zero."""
    terms = {word: c for word, c in value.terms.items() if not is_zero(m.w, c)}
    if not terms:
        return True
    if depth == 0 or len(terms) > MOST_WORDS or not m.w.allows(MULTIPLIED):
        return False
    value = Words(value.shape, terms)
    return any(vanishes(m, other, depth - 1) for other in _multiples(m, value))


def _multiples(m: Matrices, value: Words) -> list[Words]:
    """The matrix times what has an inverse, on the left and on the right, most promising first."""
    found: list[Words] = []
    for first in (True, False):
        ends = Counter(word[0 if first else -1] for word in value.terms if word)
        for item, count in ends.items():
            factor = _undoing(m, item, shared=count == len(value.terms))
            if factor is None:
                continue
            try:
                found.append(_multiplied(m, factor, item, value, first=first))
            except Refused:
                continue
    return sorted(found, key=lambda other: len(other.terms))


def _multiplied(m: Matrices, factor: Words, item: Atom, value: Words, *, first: bool) -> Words:
    """S M, or M S, for a letter that S takes away: words that begin (end) with it lose it."""
    assert value.shape is not None
    freed = Words(value.shape, {})
    others: dict[Word, Polynomial] = {}
    for word, coefficient in value.terms.items():
        if word and word[0 if first else -1] is item:
            rest = m.reduced(word[1:] if first else word[:-1])
            freed = m.added(freed, m.scaled(coefficient, Words(value.shape, rest)))
        else:
            others[word] = coefficient
    kept = Words(value.shape, others)
    return m.added(freed, m.matrix_product(factor, kept) if first else m.matrix_product(kept, factor))


def _undoing(m: Matrices, item: Atom, shared: bool) -> Words | None:
    """An invertible matrix that takes the letter away: the sum that it inverts, or its inverse."""
    shape = (rows(item), rows(item))
    words = inverted(item)
    if words is not None:
        return thaw(words, shape)
    if shared and m.surely_invertible(item):
        return m.inverse(of_word((item,), shape))
    return None
