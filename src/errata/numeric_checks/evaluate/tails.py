"""Probabilities that a variable with a standard law lies in an interval, in closed form."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from errata.language.definitions import free_symbols
from errata.language.terms import Comparison, Conjunction, Draw, Indicator, Name, StandardLaw, Term
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.quantities import Floats, Quantity, lifted

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def interval_probability(draw: Draw, body: Term, env: Environment) -> Quantity | None:
    """Return P(low < X < high) for a continuous standard law; None where the body is no such indicator."""
    law = draw.law
    if not isinstance(body, Indicator) or not isinstance(law, StandardLaw):
        return None
    if law.kind not in ("normal", "exponential", "uniform"):
        return None
    bounds = list(_bounds(body.condition, draw.name.symbol, env))
    if not bounds or None in bounds:
        return None
    parameters = [env.number(p) for p in law.parameters]
    ends = [(b[0], env.number(b[1])) for b in bounds if b is not None]
    if any(q.rank for q in (*parameters, *(q for _, q in ends))):
        return None
    lead = max(q.lead for q in (*parameters, *(q for _, q in ends)))
    low: Floats = np.full((1,) * lead, -np.inf)
    high: Floats = np.full((1,) * lead, np.inf)
    for relation, q in ends:
        end = lifted(q.array, 0, lead)
        if relation in (">", ">="):
            low = np.maximum(low, end)
        else:
            high = np.minimum(high, end)
    arrays = [lifted(q.array, 0, lead) for q in parameters]
    return Quantity(_between(law.kind, arrays, low, high))


def _bounds(condition: Term, symbol: str, env: Environment) -> Iterator[tuple[str, Term] | None]:
    """Yield relation and bound of the variable, None for what is no bound of it."""
    if isinstance(condition, Conjunction):
        for part in condition.conditions:
            yield from _bounds(part, symbol, env)
        return
    if not isinstance(condition, Comparison) or condition.relation not in _MIRRORED:
        yield None
        return
    for side, other, relation in (
        (condition.left, condition.right, condition.relation),
        (condition.right, condition.left, _MIRRORED[condition.relation]),
    ):
        free = free_symbols(other)
        if side == Name(symbol) and symbol not in free and not free & env.scope.definitions.keys():
            yield relation, other
            return
    yield None


def _between(kind: str, parameters: list[Floats], low: Floats, high: Floats) -> Floats:
    from scipy.special import ndtr  # late: scipy is slow to import

    if kind == "exponential":
        (rate,) = parameters
        good = rate > 0
        above_low = np.exp(-np.where(good, rate, 1.0) * np.maximum(low, 0.0))
        above_high = np.exp(-np.where(good, rate, 1.0) * np.maximum(high, 0.0))
    elif kind == "uniform":
        start, end = parameters
        good = end > start
        width = np.where(good, end - start, 1.0)
        above_low, above_high = (1 - np.clip((x - start) / width, 0.0, 1.0) for x in (low, high))
    else:
        mean, variance = parameters
        good = variance > 0
        deviation = np.sqrt(np.where(good, variance, 1.0))
        above_low, above_high = (ndtr((mean - x) / deviation) for x in (low, high))
    return np.where(good, np.maximum(above_low - above_high, 0.0), np.nan)
