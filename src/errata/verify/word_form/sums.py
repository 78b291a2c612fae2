"""Sums of words over an index: what is free of the index comes out, the rest is one letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.verify.normal_form.polynomials import add, monomial, multiply
from errata.verify.normal_form.substitution import opened
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import Atom, Domain, Frozen, Polynomial, Refused
from errata.verify.word_form.letters import (
    Word,
    Words,
    columns,
    head_of,
    identity,
    is_transposed,
    letter,
    of_word,
    rows,
)

if TYPE_CHECKING:
    from errata.verify.word_form.algebra import Matrices

Binders = tuple[tuple[Atom, Domain], ...]


def total_of_words(m: Matrices, binders: Binders, value: Words) -> Words:
    """Return the sum of a matrix over the binders."""
    if value.shape is None:
        raise Refused("a sum of identities of unknown size")
    result = Words(value.shape, {})
    for word, coefficient in value.terms.items():
        result = m.added(result, _total(m, binders, word, coefficient, value))
    return result


def _total(m: Matrices, binders: Binders, word: Word, coefficient: Polynomial, whole: Words) -> Words:
    """The sum of coefficient * word: letters free of the index stay outside, on the left and on the right."""
    w = m.w
    assert whole.shape is not None
    bound = frozenset(variable for variable, _ in binders)
    start, end = 0, len(word)
    while start < end and bound.isdisjoint(word[start].free):
        start += 1
    while end > start and bound.isdisjoint(word[end - 1].free):
        end -= 1
    middle = word[start:end]
    if not middle:
        number = total(w, binders, coefficient)
        return Words(whole.shape, {word: number} if number else {})
    marked = multiply(w, coefficient, monomial(w, [(w.atom("word", middle), 1)]))
    shape = (rows(middle[0]), columns(middle[-1]))
    outside_left = _part(word[:start], whole.shape[0])
    outside_right = _part(word[end:], whole.shape[1])
    result = Words(whole.shape, {})
    for factors, c in total(w, binders, marked).items():
        rest, inner = _taken_apart(m, factors, shape)
        inside = m.matrix_product(m.matrix_product(outside_left, of_word(inner, shape)), outside_right)
        result = m.added(result, m.scaled({rest: c}, inside))
    return result


def _taken_apart(
    m: Matrices, factors: tuple[tuple[Atom, object], ...], shape: tuple[Frozen, Frozen]
) -> tuple[tuple[tuple[Atom, int], ...], Word]:
    """Split a product of scalars with one marked word into the scalars and the word."""
    heads = [pair for pair in factors if _holds_word(pair[0])]
    if len(heads) != 1 or heads[0][1] != 1:
        raise Refused("a sum of words that does not stay whole")
    head = heads[0][0]
    rest = tuple(pair for pair in factors if pair is not heads[0])
    word: Word = head.arguments[0] if head.kind == "word" else (letter(m.w, head, shape),)
    return rest, word  # type: ignore[return-value]


def _holds_word(atom: Atom) -> bool:
    if atom.kind == "word":
        return True
    return atom.kind == "sum" and any(
        _holds_word(inner) for factors, _ in atom.arguments[2].items for inner, _ in factors
    )


def _part(word: Word, size: Frozen) -> Words:
    return of_word(word, (rows(word[0]), columns(word[-1]))) if word else identity(size)


def is_sum(item: Atom) -> bool:
    """Whether a letter is a sum of words over an index."""
    return head_of(item).kind == "sum"


def opened_sum(m: Matrices, item: Atom) -> tuple[Binders, Words]:
    """Return the index variables of a letter that is a sum, and the matrix that is summed."""
    shape = (rows(item), columns(item))
    upright = shape[::-1] if is_transposed(item) else shape
    variables, domains, body = opened(m.w, head_of(item))
    inside = Words(upright, {})
    for factors, c in body.items():
        rest, word = _taken_apart(m, factors, upright)
        inside = m.added(inside, m.scaled({rest: c}, Words(upright, m.reduced(word))))
    binders = tuple(zip(variables, domains, strict=True))
    return binders, m.transpose(inside) if is_transposed(item) else inside


def trace_through_sum(m: Matrices, word: Word) -> Polynomial | None:
    """Return the trace of a word with a sum in it as a sum of traces; None if there is no sum."""
    place = next((place for place, item in enumerate(word) if is_sum(item)), None)
    if place is None:
        return None
    binders, inside = opened_sum(m, word[place])
    around = (*word[place + 1 :], *word[:place])
    result: Polynomial = {}
    for inner, coefficient in inside.terms.items():
        traced = m.cycle((*inner, *around)) if inner or around else rows(word[place]).polynomial()
        result = add(result, total(m.w, binders, multiply(m.w, coefficient, traced)))
    return result
