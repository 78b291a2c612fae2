"""The interpretations of a batch as rows: repeated, reordered, one taken from here and one from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from errata.numeric_checks.functions import TableFunction
from errata.numeric_checks.interpretation import Euclidean, FinitePoints, Interpretation, SpaceValue, TableLaw, Value
from errata.numeric_checks.quantities import FamilyValue, Floats, PointAt, Quantity

Rows = NDArray[np.int64]
BY_ROWS = (Quantity, PointAt, TableLaw, TableFunction, FamilyValue)
"""Values that are made of rows; a function or law that is drawn anew from its seed is not."""


def repeated(interpretation: Interpretation, times: int) -> Interpretation | None:
    """Return the batch `times` over, one copy after another; None where a value is not made of rows."""
    if not all(isinstance(value, BY_ROWS) for value in interpretation.values.values()):
        return None
    count = interpretation.count
    source = np.tile(np.arange(count), times)
    return replace(
        reordered(interpretation, source),
        count=times * count,
        spaces={name: _space_rows(space, source, count) for name, space in interpretation.spaces.items()},
    )


def reordered(interpretation: Interpretation, source: Rows) -> Interpretation:
    """Return the batch with the values of these rows in turn; spaces keep their points."""
    count = interpretation.count
    values = {symbol: rows_of(value, source, count) for symbol, value in interpretation.values.items()}
    return replace(interpretation, values=values)


def rows_of(value: Value, source: Rows, count: int) -> Value:
    """Return these rows of a value of `count` rows; a value that is the same in all rows stays as it is."""

    def pick(array: Floats) -> Floats:
        return array[source] if array.shape[0] == count else array

    match value:
        case Quantity():
            return replace(value, array=pick(value.array))
        case PointAt(space, index):
            return PointAt(space, index[source] if index.shape[0] == count else index)
        case TableLaw(axes, table):
            return TableLaw(axes, pick(table))
        case TableFunction():
            return replace(value, table=pick(value.table))
        case FamilyValue():
            return replace(value, array=pick(value.array))
    return value


def _space_rows(space: SpaceValue, source: Rows, count: int) -> SpaceValue:
    if isinstance(space, Euclidean) or space.values.shape[0] != count:
        return space
    return FinitePoints(space.values[source], space.rank)


def chosen(keep: NDArray[np.bool_], first: Interpretation, second: Interpretation) -> Interpretation:
    """Take each row from the first batch where `keep`, else from the second."""
    values = {symbol: chosen_value(keep, first.values[symbol], other) for symbol, other in second.values.items()}
    return replace(second, values=values)


def chosen_value(keep: NDArray[np.bool_], first: Value, second: Value) -> Value:
    """Take each row from the first value where `keep`, else from the second, if both are of one kind."""

    def pick(a: Floats, b: Floats) -> Floats:
        if a is b:
            return a
        return np.where(keep.reshape((-1,) + (1,) * (a.ndim - 1)), a, b)

    if isinstance(first, Quantity) and isinstance(second, Quantity):
        return replace(second, array=pick(first.array, second.array))
    if isinstance(first, TableLaw) and isinstance(second, TableLaw):
        return TableLaw(second.axes, pick(first.table, second.table))
    if isinstance(first, TableFunction) and isinstance(second, TableFunction):
        return replace(second, table=pick(first.table, second.table))
    if isinstance(first, FamilyValue) and isinstance(second, FamilyValue):
        return replace(second, array=pick(first.array, second.array))
    return second


def side_by_side(interpretation: Interpretation, changes: Sequence[dict[str, Value]], rows: int) -> Interpretation:
    """Return the batch with each change made in `rows` rows of its own."""
    place = np.arange(interpretation.count) // rows
    values = dict(interpretation.values)
    for number, changed in enumerate(changes):
        for symbol, value in changed.items():
            values[symbol] = chosen_value(place == number, value, values[symbol])
    return replace(interpretation, values=values)
