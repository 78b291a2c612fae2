"""One interpretation with exact values, read off a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from errata.language.scope import Scope
from errata.numeric_checks.exact.balls import Exact, Unproven
from errata.numeric_checks.functions import PolynomialFunction, TableFunction
from errata.numeric_checks.interpretation import Axis, FinitePoints, Interpretation, TableLaw, Value
from errata.numeric_checks.quantities import FamilyValue, Floats, PointAt, Quantity


@dataclass(frozen=True)
class ExactPoint:
    """A point of a finite space, by its place counted from 0."""

    space: str
    index: int


@dataclass(frozen=True)
class ExactMatrix:
    """A matrix by rows (a vector is one column)."""

    rows: tuple[tuple[Exact, ...], ...]


@dataclass(frozen=True)
class ExactFamily:
    """A family by its index tuples, counted from 1; `sizes` without the padding."""

    members: Mapping[tuple[int, ...], ExactValue]
    sizes: tuple[int, ...]


@dataclass(frozen=True)
class ExactTable:
    """A function on points by their places."""

    values: Mapping[tuple[int, ...], ExactValue]
    spaces: tuple[str, ...]


@dataclass(frozen=True)
class ExactPolynomial:
    """Coefficients, lowest power first."""

    coefficients: tuple[Fraction, ...]


@dataclass(frozen=True)
class ExactLaw:
    """A joint table over places."""

    axes: tuple[Axis, ...]
    table: Mapping[tuple[int, ...], Exact]


ExactValue = Exact | ExactPoint | ExactMatrix | ExactFamily | ExactTable | ExactPolynomial | ExactLaw


@dataclass(frozen=True)
class World:
    """Everything a term needs: the scope, values by symbol, values of points by space."""

    scope: Scope
    values: Mapping[str, ExactValue]
    points: Mapping[str, tuple[ExactValue, ...]]
    hidden: str = ""

    def bind(self, symbol: str, value: ExactValue) -> World:
        """Return the world with a bound name; a bound name hides a definition."""
        return World(self.scope, {**self.values, symbol: value}, self.points, self.hidden)

    def count(self, space: str) -> int:
        """How many points a space has."""
        if space not in self.points:
            raise Unproven(f"the space of {space}")
        return len(self.points[space])


def world_of(scope: Scope, interpretation: Interpretation, bound: Mapping[str, Value], row: int) -> World:
    """Read one row of a batch."""
    values: dict[str, ExactValue] = {}
    for symbol, value in {**interpretation.values, **bound}.items():
        exact = _exact(value, row)
        if exact is not None:
            values[symbol] = exact
    points = {
        name: tuple(_entry(_row(space.values, row)[n], space.rank) for n in range(space.count))
        for name, space in interpretation.spaces.items()
        if isinstance(space, FinitePoints)
    }
    return World(scope, values, points, interpretation.hidden)


def _row(array: Floats, row: int) -> Floats:
    return np.asarray(array[row if array.shape[0] > 1 else 0])


def _entry(array: Floats, rank: int) -> ExactValue:
    if rank == 0:
        value = float(array)
        if not np.isfinite(value):
            raise Unproven("an undefined value")
        return Fraction(value)
    if rank == 2:
        return ExactMatrix(tuple(tuple(Fraction(float(x)) for x in line) for line in array))
    raise Unproven("an array of this kind")


def _exact(value: Value, row: int) -> ExactValue | None:
    match value:
        case Quantity(array, rank):
            return None if value.lead != 1 or value.unit else _entry(_row(array, row), rank)
        case PointAt(space, index):
            return ExactPoint(space, int(_row(index.astype(float), row)))
        case FamilyValue():
            return _family(value, row)
        case TableFunction(table, spaces, rank, target):
            core = _row(table, row)
            shape = core.shape[: len(spaces)]
            entries: dict[tuple[int, ...], ExactValue] = {}
            for place in product(*map(range, shape)):
                cell = _entry(core[place], rank)
                entries[place] = cell if target is None else ExactPoint(target, int(float(core[place])))
            return ExactTable(_chances(entries, value.chances) if value.chances else entries, spaces)
        case PolynomialFunction(coefficients):
            return ExactPolynomial(tuple(Fraction(float(c)) for c in _row(coefficients, row)))
        case TableLaw(axes, table):
            core = _row(table, row)
            cells = {place: Fraction(float(core[place])) for place in product(*map(range, core.shape))}
            total = sum(cells.values(), Fraction(0))
            return ExactLaw(axes, {place: cell / total for place, cell in cells.items()})
    return None


def _chances(entries: dict[tuple[int, ...], ExactValue], own: int) -> dict[tuple[int, ...], ExactValue]:
    """Return the entries with a sum of exactly 1 over so many first places."""
    cells = {place: cell for place, cell in entries.items() if isinstance(cell, Fraction)}
    totals: dict[tuple[int, ...], Fraction] = {}
    for place, cell in cells.items():
        totals[place[own:]] = totals.get(place[own:], Fraction(0)) + cell
    return {place: cell / totals[place[own:]] for place, cell in cells.items()}


def _family(value: FamilyValue, row: int) -> ExactFamily:
    core = _row(value.array, row)
    shape = core.shape[: value.indices]
    members: dict[tuple[int, ...], ExactValue] = {}
    for place in product(*map(range, shape)):
        cell = _entry(core[place], value.own_rank)
        if value.space is not None:
            assert isinstance(cell, Fraction)
            cell = ExactPoint(value.space, int(cell))
        members[tuple(n - value.offset + 1 for n in place)] = cell
    return ExactFamily(members, tuple(n - 2 * value.offset for n in shape))
