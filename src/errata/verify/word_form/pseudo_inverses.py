"""Pseudo-inverses (Moore, Penrose) of products of letters: A A+ A = A, A+ A A+ = A+, A A+ and A+ A symmetric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.verify.normal_form.facts import is_nonzero
from errata.verify.normal_form.polynomials import constant, power
from errata.verify.normal_form.workspace import Atom, Refused
from errata.verify.word_form.letters import (
    Shape,
    Value,
    Word,
    Words,
    columns,
    head_of,
    is_transposed,
    letter,
    of_word,
    rows,
)

if TYPE_CHECKING:
    from errata.verify.word_form.algebra import Matrices, Terms

PENROSE = "properties of the pseudo-inverse"
PSEUDO = "pseudo-inverse of"


def pseudo_inverse(m: Matrices, value: Value) -> Value:
    """Return the pseudo-inverse of a multiple of a product; c != 0 must be known."""
    if isinstance(value, dict) or value.shape is None or len(value.terms) != 1:
        raise Refused("the pseudo-inverse of a sum")
    ((word, coefficient),) = value.terms.items()
    if any(not is_nonzero(m.w, atom) for factors in coefficient for atom, _ in factors) or len(coefficient) != 1:
        raise Refused("the pseudo-inverse of a multiple that may be zero")
    inverse = _of_word(m, word, value)
    return m.scaled(power(m.w, coefficient, -1), inverse)


def _of_word(m: Matrices, word: Word, value: Words) -> Words:
    assert value.shape is not None
    if not word:
        return of_word((), value.shape)
    turned = m.turned(word[: len(word) // 2])
    if len(word) % 2 == 0 and turned == word[len(word) // 2 :]:  # (B B^T)+ = (B+)^T B+
        size = (rows(word[0]), columns(word[len(word) // 2 - 1]))
        half = _of_word(m, word[: len(word) // 2], of_word(word[: len(word) // 2], size))
        return m.matrix_product(m.transpose(half), half)
    if len(word) > 1:
        return _letter(m, word, value.shape[::-1])
    return of_letter(m, word[0])


def of_letter(m: Matrices, item: Atom) -> Words:
    """Return the pseudo-inverse of a letter, written out where its rank is known to be full."""
    shape = (columns(item), rows(item))
    if shape[0] is shape[1] and m.surely_invertible(item):
        return m.inverse(of_word((item,), shape))
    this, turned = of_word((item,), shape[::-1]), m.transposed_letter(item)
    for tall in (True, False):
        gram = m.matrix_product(turned, this) if tall else m.matrix_product(this, turned)
        if len(gram.terms) == 1 and next(iter(gram.terms)) in m.regular:
            whole = m.inverse(gram)
            return m.matrix_product(whole, turned) if tall else m.matrix_product(turned, whole)
    if head_of(item).kind == PSEUDO:
        back = of_word(*head_of(item).arguments)
        return m.transpose(back) if is_transposed(item) else back
    if is_transposed(item):
        return m.transpose(of_letter(m, letter(m.w, head_of(item), shape)))
    return _letter(m, (item,), shape)


def _letter(m: Matrices, word: Word, shape: Shape) -> Words:
    head = m.w.atom(PSEUDO, word, shape[::-1])
    return of_word((letter(m.w, head, shape),), shape)


def step(m: Matrices, word: Word, place: int) -> Terms | None:
    """Return the word after one rewriting by Penrose's equations, None where none applies."""
    item = word[place]
    if head_of(item).kind != PSEUDO:
        return None
    for before, after, equal in _equations(m, item):
        start, end = place - len(before), place + 1 + len(after)
        if start >= 0 and word[start:place] == before and word[place + 1 : end] == after and m.w.allows(PENROSE):
            return {word[:start] + equal + word[end:]: constant(1)}
    return None


def _equations(m: Matrices, item: Atom) -> list[tuple[Word, Word, Word]]:
    """What may stand before and after P = A+, and what the product is; Q = P^T, B = A^T."""
    upright: Word = head_of(item).arguments[0]
    turned = m.turned(upright)
    if turned is None:
        return []
    a, b = (turned, upright) if is_transposed(item) else (upright, turned)
    p, q = (item,), (letter(m.w, head_of(item), (columns(item), rows(item)), not is_transposed(item)),)
    found = [
        (a, a, a),
        ((), a + p, p),
        (b + a, (), b),
        ((), a + b, b),
        (a, q, q),
        (q, a, q),
    ]
    if is_transposed(item):  # B^T+ B^T and B^T B^T+ are symmetric: the form without transposes
        found += [(a, (), q + b), ((), a, b + q)]
    return found
