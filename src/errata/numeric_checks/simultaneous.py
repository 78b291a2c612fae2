"""Several equations solved at once for all the numbers in them: damped least squares, all interpretations together.

What an identity in x fixes, "such that f(x) = g(x) for all x", is known from its equations at several places; one
number at a time does not get there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from errata.language.sorts import Real
from errata.language.terms import Comparison, Name
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.unknowns import into_interval
from errata.numeric_checks.needs import Needs, find_symbols
from errata.numeric_checks.quantities import Floats, Quantity, agree, aligned

MOST_NUMBERS = 8
ROUNDS = 12
STEP = 1e-5
SETTLED = 1e-20
MOST = 0.75
"""The part of the interpretations that must be settled for the search to end."""


def solve_together(equations: Sequence[Comparison], env: Environment, needs: Needs) -> Environment:
    """Change the numbers in the equations so that all hold; unchanged where they are too many, or not only numbers."""
    symbols = _numbers(equations, env, needs)
    if len(equations) < 2 or not 0 < len(symbols) <= MOST_NUMBERS:
        return env
    sorts = [env.scope.sorts.get(s) for s in symbols]
    bounds = [sort if isinstance(sort, Real) else Real() for sort in sorts]
    count = env.interpretation.count
    start = [np.broadcast_to(env.number(Name(s)).array, (count,)) for s in symbols]
    free = np.stack([_outward(x, b) for x, b in zip(start, bounds, strict=True)], axis=-1)

    def moved(values: Floats) -> Environment:
        inner = env
        for place, (symbol, bound) in enumerate(zip(symbols, bounds, strict=True)):
            inner = inner.with_value(symbol, Quantity(into_interval(values[:, place], bound)))
        return inner

    def gaps(values: Floats) -> Floats:
        inner = moved(values)
        return np.stack([_gap(equation, inner, count) for equation in equations], axis=-1)

    return moved(least_squares(gaps, free))


def least_squares(gaps: Callable[[Floats], Floats], free: Floats) -> Floats:
    """Levenberg and Marquardt's method, the damping of every interpretation its own."""
    rows, unknowns = free.shape
    damping = np.full(rows, 1e-3)
    now = gaps(free)
    for _ in range(ROUNDS):
        size = _size(now)
        if np.mean(size < SETTLED) >= MOST:
            break
        slopes = np.stack([_slope(gaps, free, n) for n in range(unknowns)], axis=-1)
        slopes = np.where(np.isfinite(slopes), slopes, 0.0)
        normal = np.swapaxes(slopes, -1, -2) @ slopes + damping[:, None, None] * np.eye(unknowns)
        right = np.swapaxes(slopes, -1, -2) @ np.where(np.isfinite(now), now, 0.0)[..., None]
        trial = free - np.linalg.solve(normal, right)[..., 0]
        then = gaps(trial)
        better = _size(then) < size
        free = np.where(better[:, None], trial, free)
        now = np.where(better[:, None], then, now)
        damping = np.clip(np.where(better, damping * 0.1, damping * 10.0), 1e-14, 1e8)
    return free


def _slope(gaps: Callable[[Floats], Floats], free: Floats, place: int) -> Floats:
    step = np.zeros_like(free)
    step[:, place] = STEP
    return (gaps(free + step) - gaps(free - step)) / (2 * STEP)


def _size(found: Floats) -> Floats:
    """Return how far each interpretation is from all equations; infinitely far where a side is undefined."""
    square = np.sum(found**2, axis=-1)
    return np.where(np.isfinite(square), square, np.inf)


def _gap(equation: Comparison, env: Environment, count: int) -> Floats:
    """Left less right; of positive sides the logarithm of their ratio, which exponentials make linear."""
    left, right = agree([env.number(equation.left), env.number(equation.right)])
    (a, b), _, rank = aligned([left, right])
    if rank or a.ndim > 1 or b.ndim > 1:
        raise Unanswerable("equations between arrays are not solved together")
    positive = (a > 0) & (b > 0)
    ratio = np.log(np.where(positive, a, 1.0)) - np.log(np.where(positive, b, 1.0))
    return np.broadcast_to(np.where(positive, ratio, a - b), (count,))


def _numbers(equations: Sequence[Comparison], env: Environment, needs: Needs) -> list[str]:
    """Return the numbers in the equations that may be moved."""
    found = sorted(set().union(*(find_symbols(e, env.scope) for e in equations)) & needs.symbols)
    return [s for s in found if _may_move(s, env)]


def _may_move(symbol: str, env: Environment) -> bool:
    value = env.bound.get(symbol) or env.interpretation.values.get(symbol)
    if symbol in env.interpretation.sizes or symbol in env.scope.definitions:
        return False
    sort = env.scope.sorts.get(symbol)
    whole = isinstance(sort, Real) and sort.integer
    return isinstance(value, Quantity) and not value.rank and value.lead <= 1 and not whole


def _outward(x: Floats, bound: Real) -> Floats:
    """Map numbers within bounds to all numbers."""
    low, high = bound.low, bound.high
    if low is not None and high is not None:
        share = np.clip((x - low) / (high - low), 1e-9, 1 - 1e-9)
        return np.asarray(np.log(share) - np.log1p(-share))
    if low is not None:
        return np.asarray(np.log(np.maximum(x - low, 1e-12)))
    return np.asarray(-np.log(np.maximum(high - x, 1e-12))) if high is not None else x
