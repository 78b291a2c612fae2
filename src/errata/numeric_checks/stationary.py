"""Where a derivative by a vector, or by one member of a family, is zero: the equations solved for that array."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from errata.language.sorts import Real, Vector
from errata.language.terms import Comparison, Derivative, Entry, Name, Term, subterms
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.quantities import FamilyValue, Floats, Quantity, agree, aligned, lifted
from errata.numeric_checks.simultaneous import least_squares

MOST_ENTRIES = 12
SOLVED = 1e-7
Moved = Callable[[Floats], Environment]


def stationary(equation: Comparison, env: Environment) -> tuple[Environment, NDArray[np.bool_]] | None:
    """Return the environment in which the equation holds, and where it does; None where this finds no solution.

    The equation has derivatives by one variable alone, and as many numbers as that has. Newton's method finds a
    place where it holds: the place, where the equation is linear.
    """
    variables = {p.variable for p in subterms(equation) if isinstance(p, Derivative)}
    unknown = _unknown(next(iter(variables)), env) if len(variables) == 1 else None
    if unknown is None:
        return None
    free, moved = unknown

    def gaps(values: Floats) -> Floats:
        return _gap(equation, moved(values))[0]

    first, scale = _gap(equation, env)
    if first.shape[1] != free.shape[1]:
        return None
    if not np.isfinite(first).any():
        return env, np.zeros(len(first), dtype=bool)
    found = least_squares(gaps, free)
    rest, scale = _gap(equation, moved(found))
    holds = np.abs(rest).max(axis=1) <= SOLVED * np.fmax(scale, np.abs(first).max(axis=1))
    return (moved(found), holds) if holds.any() else None


def _unknown(variable: Term, env: Environment) -> tuple[Floats, Moved] | None:
    """Return the numbers that the variable has now, and what changes them."""
    count = env.interpretation.count
    match variable:
        case Name(symbol) if _may_move(symbol, env):
            value = env.interpretation.values.get(symbol)
            if not isinstance(value, Quantity) or value.rank != 2 or value.array.shape[-2] > MOST_ENTRIES:
                return None
            shape = value.array.shape[-2:]
            start = np.broadcast_to(value.array.reshape(value.array.shape[0], -1), (count, int(np.prod(shape))))
            return start, lambda x: env.with_value(symbol, Quantity(x.reshape(count, *shape), 2))
        case Entry(Name(symbol), (index,)) if _may_move(symbol, env):
            value = env.interpretation.values.get(symbol)
            if not isinstance(value, FamilyValue) or value.own_rank or value.space is not None or value.indices != 1:
                return None
            number = env.number(index)
            if number.rank or number.lead > 1:
                return None
            table = np.broadcast_to(value.array, (count, value.array.shape[-1]))
            place = np.broadcast_to(number.array, (count,)).astype(int) - 1 + value.offset
            rows = np.arange(count)

            def changed(x: Floats) -> Environment:
                array = table.copy()
                array[rows, place] = x[:, 0]
                moved = FamilyValue(array, 1, value.offset)
                return env.with_value(symbol, moved)

            return table[rows, place][:, None], changed
    return None


def _may_move(symbol: str, env: Environment) -> bool:
    """Return whether a symbol is any vector or any numbers: nothing defines it or bounds its entries."""
    if symbol in env.scope.definitions or symbol in env.bound:
        return False
    sort = env.scope.sorts.get(symbol)
    if isinstance(sort, Vector):
        return sort.entries == Real() and not sort.simplex and not sort.one_hot
    return getattr(sort, "element", None) == Real()


def _gap(equation: Comparison, env: Environment) -> tuple[Floats, Floats]:
    """Return left less right, one row an interpretation, and the scale of both."""
    count = env.interpretation.count
    left, right = agree([env.number(equation.left), env.number(equation.right)])
    (a, b), (s, t), rank = aligned([left, right])
    gap, scale = (lifted(x, rank, 1) for x in np.broadcast_arrays(a - b, np.fmax(s, t)))
    rows = [np.broadcast_to(x.reshape(x.shape[0], -1), (count, x[0].size)) for x in (gap, scale)]
    return rows[0], rows[1].max(axis=1)
