"""Laws on whole numbers: what each number weighs, and the numbers that a mean goes over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from errata.language.definitions import free_symbols
from errata.language.terms import Elementary, Power, Term, subterms
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.quantities import Floats

COUNTING = frozenset(("poisson", "binomial", "geometric", "integers"))
MOST = 4000
LOST = 1e-30
"""What a series of weights may leave out; the values that it is weighed with are at most a power of the number."""


def mass(kind: str, x: Floats, parameters: Sequence[Floats]) -> Floats:
    """The probability of a number; NaN where the parameters are none of such a law."""
    from scipy.special import gammaln, xlog1py, xlogy  # late: scipy is slow to import

    whole = x == np.rint(x)
    match kind, parameters:
        case "poisson", [rate]:
            inside, at = _within(x, whole & (x >= 0), 0.0)
            weight = np.exp(at * np.log(np.where(rate > 0, rate, 1.0)) - rate - gammaln(at + 1))
            return np.where(rate > 0, np.where(inside, weight, 0.0), np.nan)
        case "binomial", [n, p]:
            good = (p >= 0) & (p <= 1) & (n >= 0) & (n == np.rint(n))
            many, chance = np.where(good, n, 0.0), np.where(good, p, 0.5)
            inside, at = _within(x, whole & (x >= 0) & (x <= many), 0.0)
            ways = gammaln(many + 1) - gammaln(at + 1) - gammaln(np.maximum(many - at, 0.0) + 1)
            weight = np.exp(ways + xlogy(at, chance) + xlog1py(np.maximum(many - at, 0.0), -chance))
            return np.where(good, np.where(inside, weight, 0.0), np.nan)
        case "geometric", [first, p]:
            good = (p > 0) & (p <= 1) & (first == np.rint(first))
            inside, at = _within(x - first, whole & (x >= first), 0.0)
            chance = np.where(good, p, 0.5)
            return np.where(good, np.where(inside, chance * (1 - chance) ** at, 0.0), np.nan)
        case "integers", [low, high]:
            good = (high >= low) & (low == np.rint(low)) & (high == np.rint(high))
            inside = whole & (x >= low) & (x <= high)
            return np.where(good, inside / np.where(good, high - low + 1, 1.0), np.nan)
    raise Unanswerable(f"the {kind} law with {len(parameters)} parameters is not interpreted")


def numbers(kind: str, parameters: Sequence[Floats], symbol: str, bodies: Sequence[Term]) -> tuple[Floats, Floats]:
    """Return the numbers (the last axis) over which a mean of the bodies goes, and their weights."""
    first, count = _range(kind, parameters)
    if kind == "geometric" and any(_grows(symbol, body) for body in bodies):
        raise Unanswerable("a mean of powers over a law with a heavy tail")
    if not np.isfinite(count) or count > MOST:
        raise Unanswerable("a law on whole numbers that reaches too far")
    points = np.asarray(first + np.arange(float(max(count, 1.0))))
    return points, mass(kind, points, parameters)


def _within(x: Floats, inside: Floats, other: float) -> tuple[Floats, Floats]:
    return inside, np.where(inside, x, other)


def _range(kind: str, parameters: Sequence[Floats]) -> tuple[Floats, float]:
    """Return the first number (shaped as the parameters) and how many there are, or matter."""
    none = np.zeros(np.broadcast_shapes(*(p.shape for p in parameters)))
    match kind, parameters:
        case "poisson", [rate]:
            largest = float(np.nanmax(np.where(rate > 0, rate, 0.0)))
            return none, np.ceil(largest + 12 * np.sqrt(largest) + 80)
        case "binomial", [n, _]:
            return none, float(np.nanmax(n)) + 1
        case "geometric", [first, p]:
            chance = np.where((p > 0) & (p < 1), p, 0.5)
            needed = np.log(LOST) / np.log1p(-chance)
            return first + none, float(np.ceil(needed.max())) + 1
        case "integers", [low, high]:
            return low + none, float(np.nanmax(high - low)) + 1
    raise Unanswerable(f"the {kind} law is not interpreted")


def _grows(symbol: str, body: Term) -> bool:
    """Return whether the variable stands in an exponent."""
    for part in subterms(body):
        match part:
            case Power(_, exponent) if symbol in free_symbols(exponent):
                return True
            case Elementary("exp" | "sinh" | "cosh" | "gamma" | "factorial", arguments):
                if any(symbol in free_symbols(a) for a in arguments):
                    return True
    return False
