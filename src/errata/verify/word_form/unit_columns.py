"""Columns of ones and columns of the identity as letters: 1^T 1 = n, e_i^T e_j = delta(i, j)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.verify.normal_form.arrays import kronecker
from errata.verify.normal_form.workspace import Frozen, Polynomial
from errata.verify.word_form.letters import Word, Words, head_of, is_transposed, letter, of_word, one, rows

if TYPE_CHECKING:
    from errata.verify.word_form.algebra import Matrices, Terms

UNIT_COLUMNS = "inner product of unit columns"
ONES, BASIS = "ones", "basis"


def ones(m: Matrices, size: Frozen) -> Words:
    """Return a column of ones."""
    return _column(m, m.w.atom(ONES), size)


def basis(m: Matrices, place: Frozen, size: Frozen) -> Words:
    """Return a column of the identity."""
    return _column(m, m.w.atom(BASIS, place), size)


def _column(m: Matrices, head: object, size: Frozen) -> Words:
    shape = (size, one(m.w))
    return of_word((letter(m.w, head, shape),), shape)  # type: ignore[arg-type]


def step(m: Matrices, word: Word, place: int) -> Terms | None:
    """Return the word with the product of two such columns, e^T e, carried out, None where there is none."""
    pair = word[place : place + 2]
    if len(pair) < 2 or not is_transposed(pair[0]) or is_transposed(pair[1]):
        return None
    value = _product(m, word, place)
    if value is None or not m.w.allows(UNIT_COLUMNS):
        return None
    return {word[:place] + word[place + 2 :]: value} if value else {}


def _product(m: Matrices, word: Word, place: int) -> Polynomial | None:
    first, second = (head_of(item) for item in word[place : place + 2])
    if first.kind == second.kind == ONES:
        return rows(word[place + 1]).polynomial()
    if first.kind == second.kind == BASIS:
        return kronecker(m.w, first.arguments[0], second.arguments[0])
    if {first.kind, second.kind} == {ONES, BASIS}:
        return {(): 1}
    return None
