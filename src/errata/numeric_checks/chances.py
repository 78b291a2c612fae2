"""Said chances of events, P(A) = 0.3, P(A, B) = 0.1 and P(A | B) = 0.2: the joint law is tilted until it has them.

Of all laws that have them that is the one nearest to the law drawn: each outcome is multiplied by the exponential of a
combination of what the chances are means of, which Newton's method finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from errata.language.scope import Scope
from errata.language.sorts import FiniteSpace, RandomVariable
from errata.language.terms import Comparison, Density, Expectation, Name, Quotient, Slot, Sum, Term, subterms
from errata.numeric_checks.budget import Mismatch, Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import slot_keys
from errata.numeric_checks.evaluate.names import as_point
from errata.numeric_checks.interpretation import FinitePoints, TableLaw
from errata.numeric_checks.quantities import Floats, lifted

STEPS = 80
LONGEST = 6.0
"""A step changes the exponents by no more than this."""
MET = 1e-12
MOST_CHANCES = 12


def with_chances(conditions: Sequence[Comparison], env: Environment) -> Environment:
    """Return the environment in which the laws that are tables have the chances that are said, where a law has them."""
    for symbol in sorted(s for s, value in env.interpretation.values.items() if isinstance(value, TableLaw)):
        tilted = _with_chances(conditions, symbol, env)
        if tilted is not None:
            values = {**env.interpretation.values, symbol: tilted}
            env = replace(env, interpretation=replace(env.interpretation, values=values))
    return env


def _with_chances(conditions: Sequence[Comparison], symbol: str, env: Environment) -> TableLaw | None:
    law = env.interpretation.values[symbol]
    told = symbol in env.scope.definitions or any(d.law == symbol for d in env.scope.densities)
    if not isinstance(law, TableLaw) or told or law.table.ndim != len(law.axes) + 1:
        return None
    said = list(_said(conditions, symbol, law, env))
    if not 1 < len(said) <= MOST_CHANCES:
        return None
    try:
        features = [_feature(chance, value, law, env) for chance, value in said]
    except (Unanswerable, Mismatch):
        return None
    count, shape = env.interpretation.count, law.table.shape[1:]
    drawn = np.broadcast_to(law.table, (count, *shape)).reshape(count, -1)
    stacked = np.stack([np.broadcast_to(f, (count, *shape)).reshape(count, -1) for f in features], axis=-1)
    return replace(law, table=_tilted(drawn, stacked).reshape(count, *shape))


def _said(
    conditions: Sequence[Comparison], symbol: str, law: TableLaw, env: Environment
) -> Iterator[tuple[Term, Term]]:
    """Yield the chances under a law that are said, with their values."""
    hidden = symbol == env.interpretation.hidden
    for condition in conditions:
        if condition.relation != "=":
            continue
        for side, value in ((condition.left, condition.right), (condition.right, condition.left)):
            if any(isinstance(part, Expectation | Density) for part in subterms(value)):
                continue
            match side:
                case Density(Name(name), _, (), ()) if name == symbol:
                    yield side, value
                case Expectation((), body, ()) if hidden and _is_of(body, law, env.scope):
                    yield side, value
                case Quotient(Expectation((), body, ()), Expectation((), given, ())) if hidden and _is_of(
                    Sum((body, given)), law, env.scope
                ):
                    yield side, value


def _is_of(body: Term, law: TableLaw, scope: Scope) -> bool:
    """Return whether a body is a function of variables of the law alone whose values are fixed numbers."""
    names = {part.symbol for part in subterms(body) if isinstance(part, Name)}
    spaces = [sort.space for name in names if isinstance(sort := scope.sorts.get(name), RandomVariable)]
    fixed = all(isinstance(scope.spaces.get(space), FiniteSpace) for space in spaces)
    return bool(names) and len(spaces) == len(names) and fixed and {a.space for a in law.axes} >= set(spaces)


def _feature(chance: Term, value: Term, law: TableLaw, env: Environment) -> Floats:
    """Return, in every outcome, what has mean 0 where the chance is as said: (interpretations or 1, outcomes...)."""
    said = env.number(value)
    if said.rank or said.lead > 1:
        raise Unanswerable("a chance is a number")
    wanted = said.array.reshape((-1,) + (1,) * len(law.axes))
    match chance:
        case Density(_, slots):
            return _at_point(slots, law, env) - wanted
        case Quotient(Expectation(_, body), Expectation(_, given)):
            return _in_outcomes(body, law, env) - wanted * _in_outcomes(given, law, env)
        case Expectation(_, body):
            return _in_outcomes(body, law, env) - wanted
    raise Unanswerable("a chance of this kind is not met")


def _at_point(slots: Sequence[Slot], law: TableLaw, env: Environment) -> Floats:
    """Return 1 in the outcomes at this point, else 0."""
    found = np.ones((1,) * (len(law.axes) + 1))
    for slot, key in zip(slots, slot_keys("", slots, env, law.axes), strict=True):
        place = [axis.key for axis in law.axes].index(key)
        point = as_point(env.value(slot.value), slot.space, env)
        if point.index.ndim > 1:
            raise Unanswerable("a chance at a bound point")
        shape = [1] * (len(law.axes) + 1)
        shape[0], shape[place + 1] = len(point.index), law.table.shape[place + 1]
        found = found * (point.index[:, None] == np.arange(shape[place + 1])).reshape(shape)
    return np.asarray(found, dtype=np.float64)


def _in_outcomes(body: Term, law: TableLaw, env: Environment) -> Floats:
    inner = env
    names = {sort.space: name for name, sort in env.scope.sorts.items() if isinstance(sort, RandomVariable)}
    used = {part.symbol for part in subterms(body) if isinstance(part, Name)}
    for axis in law.axes:
        if not isinstance(env.interpretation.spaces.get(axis.space), FinitePoints):
            raise Unanswerable("a space is not finite")
        points = inner.points_axis(axis.space)
        here = [n for n in used if getattr(env.scope.sorts.get(n), "space", None) == axis.space]
        inner = inner.with_value(here[0] if here else names[axis.space], points, axes=1)
    found = inner.number(body)
    if found.rank:
        raise Unanswerable("a chance is a number")
    return lifted(found.array, 0, inner.depth)


def _tilted(drawn: Floats, features: Floats) -> Floats:
    """Return laws (interpretations, outcomes) under which all features have mean 0; the drawn ones where none does."""
    exponents = np.zeros((drawn.shape[0], features.shape[-1]))
    law, ridge = drawn, 1e-13 * np.eye(features.shape[-1])
    for _ in range(STEPS):
        logits = (features @ exponents[..., None])[..., 0]
        weights = drawn * np.exp(logits - logits.max(axis=-1, keepdims=True))
        law = weights / weights.sum(axis=-1, keepdims=True)
        means = (law[..., None] * features).sum(axis=-2)
        if np.abs(means).max() < MET:
            break
        gaps = features - means[:, None, :]
        spread = np.swapaxes(law[..., None] * gaps, -1, -2) @ gaps + ridge
        step = np.linalg.solve(spread, means[..., None])[..., 0]
        length = np.sqrt((step**2).sum(axis=-1, keepdims=True))
        exponents = exponents - step * np.minimum(1.0, LONGEST / np.maximum(length, 1e-300))
    met = np.abs((law[..., None] * features).sum(axis=-2)).max(axis=-1) < 1e-9
    return np.where(met[:, None], law, drawn)
