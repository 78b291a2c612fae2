"""Laws given by Gaussian formulas, p(z) and p(x | z) with a mean affine in z, are one joint Gaussian.

So their margins and conditionals are known in closed form, in any dimension.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from errata.language.scope import DensityDefinition
from errata.language.terms import Array, Name, StandardDensity, Term
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import NormalLaw
from errata.numeric_checks.evaluate.normals import full_covariance, normal_density
from errata.numeric_checks.evaluate.piecewise import is_piecewise
from errata.numeric_checks.evaluate.scalars import inverse_or_nan
from errata.numeric_checks.interpretation import Euclidean, Value
from errata.numeric_checks.quantities import Floats, Quantity, lifted

AFFINE = 1e-9


@dataclass(frozen=True)
class _Formula:
    """A Gaussian density of the places `values`, stacked in this order, given others."""

    values: tuple[tuple[str, str], ...]
    given: tuple[tuple[str, str], ...]
    mean: Term
    spread: Term


@dataclass(frozen=True, eq=False)
class JointNormal:
    """Means by place, and covariances by pairs of places: leading axes, then (rows, columns)."""

    means: Mapping[str, Floats]
    covariances: Mapping[tuple[str, str], Floats]

    def mean(self, keys: Sequence[str]) -> Floats:
        """Return the stacked mean, a column."""
        return _stack([[self.means[k]] for k in keys])

    def covariance(self, rows: Sequence[str], columns: Sequence[str]) -> Floats:
        """Return the stacked covariance."""
        return _stack([[self.covariances[r, c] for c in columns] for r in rows])


def gaussian_density(
    symbol: str, values: Sequence[str], given: Sequence[str], points: Mapping[str, Value], env: Environment
) -> Quantity | None:
    """Return law(values | given) at the points; None where the law is no joint Gaussian."""
    law = gaussian_conditional(symbol, values, given, points, env)
    if law is None:
        return None
    stacked = _stack([[_column(env.as_quantity(points[key]), env)] for key in values])
    return normal_density(Quantity(stacked, 2), law)


def gaussian_conditional(
    symbol: str, values: Sequence[str], given: Sequence[str], points: Mapping[str, Value], env: Environment
) -> NormalLaw | None:
    """Return the law of the stacked values given the others at these points; None where it is no joint Gaussian."""
    joint = joint_normal(symbol, env, points)
    if joint is None or not set(values) <= joint.means.keys():
        return None
    known = [key for key in given if key in joint.means]
    mean, covariance = joint.mean(values), joint.covariance(values, values)
    if known:
        gain = joint.covariance(values, known) @ inverse_or_nan(joint.covariance(known, known))
        gap = _stack([[_column(env.as_quantity(points[key]), env)] for key in known]) - joint.mean(known)
        mean = mean + gain @ gap
        covariance = covariance - gain @ joint.covariance(known, values)
    return NormalLaw(Quantity(mean, 2), Quantity(covariance, 2), values[0] if len(values) == 1 else "")


def joint_normal(symbol: str, env: Environment, points: Mapping[str, Value]) -> JointNormal | None:
    """Return the joint law of all places that Gaussian formulas chain; `points` fix parameters among the conditions."""
    formulas = [_gaussian(f) for f in env.scope.densities if f.law == symbol]
    known = [f for f in formulas if f is not None]
    if not known or len(known) != len(formulas):
        return None
    means: dict[str, Floats] = {}
    covariances: dict[tuple[str, str], Floats] = {}
    waiting = list(known)
    random = {key for f in known for key, _ in f.values}
    while waiting:
        ready = next((f for f in waiting if all(k in means or k not in random for k, _ in f.given)), None)
        if ready is None or any(key in means for key, _ in ready.values):
            return None
        waiting.remove(ready)
        if not _added(ready, means, covariances, env, points):
            return None
    return JointNormal(means, covariances)


def _gaussian(formula: DensityDefinition) -> _Formula | None:
    body = formula.body
    if not (isinstance(body, StandardDensity) and body.law.kind == "normal" and len(body.law.parameters) == 2):
        return None
    by_variable = {variable: space for space, variable in formula.values}
    point = body.point
    if isinstance(point, Array) and all(len(row) == 1 for row in point.rows):
        entries: tuple[Term, ...] = tuple(row[0] for row in point.rows)
    else:
        entries = (point,)
    names = [t.symbol for t in entries if isinstance(t, Name)]
    if len(names) != len(entries) or set(names) != set(by_variable):
        return None
    ordered = tuple((by_variable[n], n) for n in names)
    mean, spread = body.law.parameters
    return _Formula(ordered, formula.given, mean, spread)


def _added(
    formula: _Formula, means: dict[str, Floats], covariances: dict[tuple[str, str], Floats], env: Environment,
    points: Mapping[str, Value],
) -> bool:  # fmt: skip
    """Add the formula's places to the joint law; False where its mean is not affine in those it is given."""
    sizes = [_dimension(key, env) for key, _ in formula.values]
    sources = [(key, variable) for key, variable in formula.given if key in means]
    fixed = env
    for key, variable in formula.given:
        if key not in means:
            if key not in points:
                return False
            fixed = fixed.with_value(variable, points[key])
    dimensions = {key: _dimension(key, env) for key, _ in sources}
    total = sum(s for s in sizes if s is not None)
    if None in sizes or None in dimensions.values() or is_piecewise((formula.mean, formula.spread), env.scope):
        return False

    def parameters(at: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        inner = fixed
        for key, variable in sources:
            inner = inner.with_value(variable, _value(key, at[key], env))
        mean = _column(inner.number(formula.mean), env, total)
        spread = full_covariance(inner.number(formula.spread), total)
        return mean, lifted(spread.array, 2, env.depth)

    zero = {key: np.zeros((dimensions[key] or 1, 1)) for key, _ in sources}
    base, spread = parameters(zero)
    slopes: dict[str, Floats] = {}
    for key, _ in sources:
        columns = []
        for place in range(dimensions[key] or 1):
            unit = zero[key].copy()
            unit[place] = 1.0
            columns.append(parameters({**zero, key: unit})[0] - base)
        slopes[key] = np.concatenate(np.broadcast_arrays(*columns), axis=-1)
    if sources and not _is_affine(parameters, slopes, base, spread, dimensions):
        return False
    mean = base
    spread_all = spread
    cross: dict[str, Floats] = {}
    for key in slopes:
        mean = mean + slopes[key] @ means[key]
    for other in means:
        parts = [slopes[key] @ covariances[key, other] for key in slopes]
        cross[other] = sum(parts[1:], parts[0]) if parts else np.zeros((total, means[other].shape[-2]))
    for key in slopes:
        spread_all = spread_all + cross[key] @ np.swapaxes(slopes[key], -1, -2)
    ends = np.cumsum([0, *(s or 0 for s in sizes)])
    blocks = {key: slice(ends[n], ends[n + 1]) for n, (key, _) in enumerate(formula.values)}
    for key, block in blocks.items():
        for other, value in cross.items():
            covariances[key, other] = value[..., block, :]
            covariances[other, key] = np.swapaxes(value[..., block, :], -1, -2)
        for second, block2 in blocks.items():
            covariances[key, second] = spread_all[..., block, block2]
    for key, block in blocks.items():
        means[key] = mean[..., block, :]
    return True


def _is_affine(
    parameters: object, slopes: Mapping[str, Floats], base: Floats, spread: Floats,
    dimensions: Mapping[str, int | None],
) -> bool:  # fmt: skip
    """Return whether the mean is what its slopes say at another point, and the covariance the same there."""
    assert callable(parameters)
    rng = np.random.default_rng(11)
    elsewhere = {key: rng.normal(0.0, 2.0, (size or 1, 1)) for key, size in dimensions.items()}
    mean, other = parameters(elsewhere)
    expected = base
    for key, slope in slopes.items():
        expected = expected + slope @ elsewhere[key]
    return _same(mean, expected) and _same(other, spread)


def _same(one: Floats, other: Floats) -> bool:
    scale = np.fmax(np.abs(one), np.abs(other)) + 1.0
    gap = np.abs(one - other) / scale
    return bool(np.all(np.isnan(gap) | (gap <= AFFINE)))


def _dimension(key: str, env: Environment) -> int | None:
    space = env.interpretation.spaces.get(key)
    return space.dimension if isinstance(space, Euclidean) else None


def _value(key: str, column: Floats, env: Environment) -> Quantity:
    space = env.interpretation.spaces.get(key)
    array = column.reshape((1,) * env.depth + column.shape)
    if isinstance(space, Euclidean) and space.vector:
        return Quantity(array, 2)
    return Quantity(array[..., 0, 0])


def _column(q: Quantity, env: Environment, size: int | None = None) -> Floats:
    """Return a number or vector as a column with all leading axes; the literal 0 as long as is needed."""
    depth = max(env.depth, q.lead)
    if q.rank:
        return lifted(q.array, 2, depth)
    array = lifted(q.array, 0, depth)[..., None, None]
    return np.broadcast_to(array, (*array.shape[:-2], size or 1, 1))


def _stack(blocks: Sequence[Sequence[Floats]]) -> Floats:
    lead = np.broadcast_shapes(*(b.shape[:-2] for row in blocks for b in row))
    rows = [np.concatenate([np.broadcast_to(b, (*lead, *b.shape[-2:])) for b in row], axis=-1) for row in blocks]
    return np.concatenate(rows, axis=-2)
