"""Values as text for a person: short decimals, fractions where a number is one, tables of laws."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from errata.language.kernels import kernel_law
from errata.numeric_checks.functions import PolynomialFunction, SmoothFunction, TableFunction
from errata.numeric_checks.interpretation import (
    Axis,
    FinitePoints,
    GaussianMixtureLaw,
    Interpretation,
    RandomLaw,
    TableLaw,
    Value,
)
from errata.numeric_checks.quantities import FamilyValue, Floats, PointAt, Quantity

LARGEST_DENOMINATOR = 64
LARGEST_SHARE = 512
"""The largest power of two of whose parts a number is told exactly."""


def decimal_text(value: float) -> str:
    """Write a number with five significant digits, or exactly if it is a simple fraction."""
    exact = fraction_text(value)
    return exact if exact is not None else f"{value:.5g}"


def fraction_text(value: float) -> str | None:
    """Write a number as an integer or simple fraction, None if it is none."""
    if not np.isfinite(value):
        return None
    exact = Fraction(value)
    near = exact if exact.denominator <= LARGEST_SHARE else exact.limit_denominator(LARGEST_DENOMINATOR)
    if abs(float(near) - value) <= 1e-13 * max(1.0, abs(value)) and abs(near.numerator) < 10**7:
        return str(near)
    return None


def row_of(array: Floats, row: int) -> Floats:
    """Return one interpretation's part of an array."""
    return np.asarray(array[row if array.shape[0] > 1 else 0])


def tuple_text(array: Floats) -> str:
    """Write a vector as (a, b), a matrix as rows separated by semicolons."""
    array = np.asarray(array)
    if array.ndim == 0:
        return decimal_text(float(array))
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim == 1:
        return "(" + ", ".join(decimal_text(float(x)) for x in array) + ")"
    if array.ndim == 2:
        return "[" + "; ".join(", ".join(decimal_text(float(x)) for x in row) for row in array) + "]"
    return "[" + ", ".join(tuple_text(part) for part in array) + "]"


def value_text(symbol: str, value: Value, row: int) -> dict[str, str]:
    """Write a symbol's value in one interpretation; what has no short form is left out."""
    match value:
        case Quantity():
            return {symbol: tuple_text(row_of(value.array, row))}
        case PointAt(_, index):
            place = int(row_of(index.astype(float), row))
            return {symbol: f"point {place + 1}"}
        case FamilyValue():
            core = row_of(value.array, row)
            keep = slice(value.offset, -value.offset or None)
            core = core[(keep,) * value.indices]
            return {symbol: tuple_text(core + 1 if value.space is not None else core)}
        case TableFunction():
            core = row_of(value.table, row)
            if value.chances:
                return {_kernel_text(symbol, value): tuple_text(core)}
            return {f"{symbol}({', '.join(value.spaces)})": tuple_text(core + 1 if value.target is not None else core)}
        case PolynomialFunction():
            return {symbol: _polynomial_text(row_of(value.coefficients, row))}
        case TableLaw(axes, table):
            return {f"{symbol}({_places(axes)})": tuple_text(row_of(table, row))} if axes else {}
        case SmoothFunction():
            return {symbol: "a smooth function"}
        case RandomLaw(axes):
            return {f"{symbol}({_places(axes)})": "a law that depends smoothly on its parameters"}
        case GaussianMixtureLaw(axes):
            return {f"{symbol}({_places(axes)})": "a mixture of normal laws"}
    return {}


def _kernel_text(symbol: str, value: TableFunction) -> str:
    own, given = value.spaces[: value.chances], value.spaces[value.chances :]
    told = ", ".join(space + "'" * (space in given) for space in own)
    return f"{kernel_law(symbol)}({told} | {', '.join(given)})"


def _places(axes: Sequence[Axis]) -> str:
    return ", ".join(axis.key for axis in axes)


def _polynomial_text(coefficients: Floats) -> str:
    parts = []
    for power, coefficient in reversed(list(enumerate(coefficients))):
        if coefficient == 0:
            continue
        head = "" if coefficient == 1 and power else decimal_text(float(coefficient))
        tail = "" if power == 0 else ("t" if power == 1 else f"t^{power}")
        parts.append(f"{head} {tail}".strip())
    return "t -> " + (" + ".join(parts).replace("+ -", "- ") or "0")


def points_text(interpretation: Interpretation, row: int) -> dict[str, str]:
    """Write the values that the points of finite spaces carry."""
    return {
        f"values of {name}": tuple_text(row_of(space.values, row))
        for name, space in interpretation.spaces.items()
        if isinstance(space, FinitePoints)
    }
