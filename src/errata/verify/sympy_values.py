"""Values of terms in an exact instance, and the symbols they are made of."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

import sympy

from errata.language.sorts import Real, Sort
from errata.verify.sympy_terms import CannotEncode, base_of

Expression = Any
"""A SymPy scalar expression (SymPy has no types that mypy could check)."""


@dataclass(frozen=True, slots=True)
class PointValue:
    """A point of a space, by its number from 0."""

    space: str
    index: int


@dataclass(frozen=True, slots=True)
class IdentityValue:
    """A multiple of an identity matrix whose size its neighbours decide."""

    scale: Expression


Value = Any
"""An Expression, a SymPy matrix, a PointValue, an IdentityValue or a truth value."""
Environment = Mapping[str, Value]
"""The values of bound names."""

MAXIMAL_SUMMANDS = 400

_RESERVED = frozenset(
    ("sympy", "itertools", "random", "left", "right", "range", "sum", "print", "all", "map", "claims", "agree", "upto")
)


def identifier(symbol: str) -> str:
    r"""Return a Python identifier for a symbol of the note: \theta_{g} is theta_g, x' is x_prime.

    It is no keyword and no name of SymPy's, so that a script may use it beside those.
    """
    text = base_of(symbol).replace("'", "_prime").replace("*", "star").replace("+", "plus")
    text = re.sub(r"\\(?:mathrm|mathbf|mathcal|mathbb|mathscr|mathfrak|text|operatorname)\b", "", text)
    text = re.sub(r"[^0-9A-Za-z]+", "_", text).strip("_")
    if not text or text[0].isdigit():
        text = f"v_{text}"
    taken = keyword.iskeyword(text) or text in _RESERVED or hasattr(sympy, text)
    return f"{text}_" if taken else text


class Symbols:
    """The SymPy symbols and functions of one instance; one name, one symbol, with its sort's assumptions.

    `domains` holds the sorts of the symbols that lie in an interval, for proofs and for random points.
    """

    drawn = False
    """Whether numbers stand for the quantities."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, tuple[object, ...]], Expression] = {}
        self._taken: set[str] = set()
        self.domains: dict[Expression, Real] = {}

    def symbol(self, name: str, sort: Sort | None, *place: object, kind: str = "") -> Expression:
        """Return the symbol of a real quantity; `place` are the indices that tell it from its like.

        `kind` tells apart what bears one name: the weights of a law, the values of a function, an array.
        """
        key = (f"{kind} {name}", place)
        if key not in self._made:
            real = _real(sort)
            made = sympy.Symbol(self._unique(name, place), **assumptions(real))
            self._made[key] = made
            self.domains[made] = real
        return self._made[key]

    def function(self, name: str, sort: Sort | None, *place: object) -> Expression:
        """Return an undefined function with real values."""
        key = (f"function {name}", place)
        if key not in self._made:
            made = sympy.Function(self._unique(name, place), **assumptions(_real(sort)))
            self._made[key] = made
            self.domains[made] = _real(sort)
        return self._made[key]

    def _unique(self, name: str, place: tuple[object, ...]) -> str:
        wanted = "_".join((identifier(name), *(str(part) for part in place)))
        text, count = wanted, 1
        while text in self._taken:
            count += 1
            text = f"{wanted}_{count}"
        self._taken.add(text)
        return text


def _real(sort: Sort | None) -> Real:
    return sort if isinstance(sort, Real) else Real()


def assumptions(sort: Real) -> dict[str, bool]:
    """Return the SymPy assumptions of a sort."""
    result = {"real": True}
    if sort.integer:
        result["integer"] = True
    if sort.positive:
        result["positive"] = True
    elif sort.nonnegative:
        result["nonnegative"] = True
    elif sort.high is not None and (sort.high < 0 or (sort.high == 0 and sort.high_open)):
        result["negative"] = True
    if sort.nonzero:
        result["nonzero"] = True
    return result


# Arithmetic of values --------------------------------------------------------------------------------


def is_matrix(value: Value | None) -> TypeGuard[Any]:
    """Tell whether a value is a matrix."""
    return isinstance(value, sympy.MatrixBase)


def scalar(value: Value) -> Expression:
    """Return the value as a scalar expression. Raises CannotEncode for anything else."""
    if isinstance(value, sympy.Expr):
        return value
    if is_matrix(value) and value.shape == (1, 1):
        return value[0, 0]
    if isinstance(value, IdentityValue):
        raise CannotEncode("an identity matrix stands where a number is needed")
    if is_matrix(value):
        raise CannotEncode("a matrix stands where a number is needed")
    raise CannotEncode("a condition or a point stands where a number is needed")


def add(first: Value, second: Value) -> Value:
    """Add two values of one shape; the number 0 may stand for a zero matrix."""
    if isinstance(first, IdentityValue) and isinstance(second, IdentityValue):
        return IdentityValue(first.scale + second.scale)
    if isinstance(second, IdentityValue):
        first, second = second, first
    if isinstance(first, IdentityValue):
        if not is_matrix(second):
            raise CannotEncode("an identity matrix is added to something else")
        return second + first.scale * sympy.eye(second.rows)
    if is_matrix(first) != is_matrix(second):
        if is_matrix(second):
            first, second = second, first
        if second == 0:
            return first
        if first.cols == 1 and first.rows > 1:
            return first.applyfunc(lambda entry: entry + second)  # 1 - z of a vector z: entry by entry
        raise CannotEncode("a number is added to a matrix")
    if is_matrix(first) and first.shape != second.shape:
        raise CannotEncode("matrices of different shapes are added")
    return first + second


def from_blocks(rows: list[list[Value]]) -> Value:
    """Return the matrix of these numbers or blocks; the number 0 stands for a zero block."""
    if not any(is_matrix(cell) for row in rows for cell in row):
        return sympy.ImmutableMatrix([[scalar(cell) for cell in row] for row in rows])
    if any(isinstance(cell, IdentityValue) for row in rows for cell in row):
        raise CannotEncode("an identity matrix as a block")
    heights = [max((cell.rows for cell in row if is_matrix(cell)), default=1) for row in rows]
    widths = [max((cell.cols for cell in column if is_matrix(cell)), default=1) for column in zip(*rows, strict=True)]
    blocks = []
    for row, height in zip(rows, heights, strict=True):
        line = [
            sympy.zeros(height, width) if not is_matrix(cell) and cell == 0 else sympy.Matrix([cell])
            for cell, width in zip(row, widths, strict=True)
        ]
        if any(block.shape != (height, width) for block, width in zip(line, widths, strict=True)):
            raise CannotEncode("blocks whose shapes do not fit")
        blocks.append(sympy.Matrix.hstack(*line))
    return sympy.ImmutableMatrix(sympy.Matrix.vstack(*blocks))


def multiply(first: Value, second: Value) -> Value:
    """Multiply two values; a product with one row and one column is a number."""
    if isinstance(first, IdentityValue) or isinstance(second, IdentityValue):
        one, other = (first, second) if isinstance(first, IdentityValue) else (second, first)
        if isinstance(other, IdentityValue):
            return IdentityValue(one.scale * other.scale)
        return other * one.scale if is_matrix(other) else IdentityValue(one.scale * other)
    if is_matrix(first) and is_matrix(second):
        if first.cols != second.rows:
            raise CannotEncode("matrices are multiplied whose shapes do not fit")
        result = first * second
        return result[0, 0] if result.shape == (1, 1) else result
    return first * second


def entrywise(value: Value, function: Any) -> Value:
    """Apply a function of numbers to a number or to every entry of a matrix."""
    if is_matrix(value):
        return value.applyfunc(function)
    return function(scalar(value))


def entries(value: Value, like: Value | None = None) -> list[Expression]:
    """Return the entries of a value by rows; an identity matrix takes its size from `like`."""
    if isinstance(value, IdentityValue):
        if not is_matrix(like):
            raise CannotEncode("an identity matrix without a size")
        value = value.scale * sympy.eye(like.rows)
    if is_matrix(value):
        return list(value)
    return [scalar(value)]


def substitution_of(domains: Mapping[Expression, Real]) -> dict[Expression, Expression]:
    """Return a change of variables that makes every bounded symbol a function of a positive one."""
    change: dict[Expression, Expression] = {}
    for made, sort in domains.items():
        if not isinstance(made, sympy.Symbol) or sort.integer:
            continue
        if sort.low is not None and sort.high is not None:
            low, high = sympy.nsimplify(sort.low), sympy.nsimplify(sort.high)
            free = sympy.Symbol(f"{made.name}_odds", positive=True)
            change[made] = low + (high - low) * free / (1 + free)
        elif sort.low is not None and sort.low != 0:
            free = sympy.Symbol(f"{made.name}_above", positive=sort.low_open, nonnegative=True)
            change[made] = sympy.nsimplify(sort.low) + free
    return change
