"""Products with columns of ones or of the identity, whose size their neighbours tell; entries as e_i^T A e_j."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.language import terms as t
from errata.verify.normal_form.polynomials import combined, constant
from errata.verify.normal_form.workspace import Frozen, Polynomial, Refused
from errata.verify.word_form import unit_columns
from errata.verify.word_form.letters import Value, Words, one

if TYPE_CHECKING:
    from errata.verify.word_form.lowering import WordLowering


def product(lowering: WordLowering, factors: tuple[t.Term, ...]) -> Value:
    """Return a product of numbers and matrices; a unit column without a size takes that of its neighbour."""
    values = [None if _unsized(factor) else lowering.value(factor) for factor in factors]
    for place, factor in enumerate(factors):
        if values[place] is None:
            values[place] = _sized(lowering, factor, values, place)
    result: Value = constant(1)
    for value in values:
        assert value is not None
        result = lowering.m.product(result, value)
    return result


def _unsized(term: t.Term) -> bool:
    """Whether a factor is a unit column, or the transpose of one, that does not tell its size."""
    if isinstance(term, t.MatrixOperation) and term.operation == "transpose":
        return _unsized(term.arguments[0])
    count = {"ones": 0, "basis": 1}
    return isinstance(term, t.MatrixOperation) and count.get(term.operation) == len(term.arguments)


def _sized(lowering: WordLowering, term: t.Term, values: list[Value | None], place: int) -> Value:
    transposed = isinstance(term, t.MatrixOperation) and term.operation == "transpose"
    column = term.arguments[0] if isinstance(term, t.MatrixOperation) and transposed else term
    neighbours = values[place + 1 :] if transposed else values[:place][::-1]
    beside = next((value for value in neighbours if not isinstance(value, dict)), None)
    if beside is None or beside.shape is None:
        raise Refused("a unit column of unknown size")
    assert isinstance(column, t.MatrixOperation)
    value = unit_column(lowering, column, beside.shape[0] if transposed else beside.shape[1])
    return lowering.m.transpose(value) if transposed else value


def unit_column(lowering: WordLowering, term: t.MatrixOperation, size: Frozen | None = None) -> Words:
    """Return a column of ones or of the identity; raises Refused where its size is not told."""
    own = term.arguments[1:] if term.operation == "basis" else term.arguments
    if own:
        size = lowering.plain().argument(own[0])
    if size is None:
        raise Refused("a unit column of unknown size")
    if term.operation == "ones":
        return unit_columns.ones(lowering.m, size)
    place = lowering.w.freeze(combined(lowering.w, lowering.scalar(term.arguments[0])))
    return unit_columns.basis(lowering.m, place, size)


def entry(lowering: WordLowering, value: Words, indices: list[Polynomial]) -> Polynomial:
    """Return an entry of a matrix or column, e_i^T A e_j."""
    m, w = lowering.m, lowering.w
    if value.shape is None:
        raise Refused("an entry of an identity of unknown size")
    places = [w.freeze(combined(w, index)) for index in indices]
    sizes = [size for size in value.shape if size is not one(w)]
    if len(places) != len(sizes):
        raise Refused("an entry with another number of indices")
    left = m.transpose(unit_columns.basis(m, places[0], value.shape[0]))
    picked = m.product(left, value)
    if len(places) == 2:
        picked = m.product(picked, unit_columns.basis(m, places[1], value.shape[1]))
    if not isinstance(picked, dict):
        raise Refused("an entry that is no number")
    return picked
