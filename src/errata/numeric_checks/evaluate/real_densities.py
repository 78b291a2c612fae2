"""Densities of laws with places in Euclidean spaces: by formula, by the chain rule and quadrature, or drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from errata.language.scope import DensityDefinition
from errata.language.terms import Density, Name, Slot
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate import reduce
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.gaussian_joints import gaussian_density
from errata.numeric_checks.evaluate.laws import law_axes, slot_keys
from errata.numeric_checks.evaluate.names import as_point
from errata.numeric_checks.evaluate.scalars import inverse_or_nan, multiply
from errata.numeric_checks.interpretation import Euclidean, FinitePoints, GaussianMixtureLaw, Value
from errata.numeric_checks.quantities import Floats, Integers, PointAt, Quantity, gather, lifted

TWO_PI = 2 * np.pi


def real_density(term: Density, env: Environment) -> Quantity:
    """Evaluate law(values | given) for a law with Euclidean places."""
    symbol = term.law.symbol
    formulas = [f for f in env.scope.densities if f.law == symbol]
    axes = law_axes(symbol, env)
    value_keys = slot_keys(symbol, (*term.values, *term.given), env, axes)[: len(term.values)]
    given_keys = slot_keys(symbol, (*term.values, *term.given), env, axes)[len(term.values) :]
    points = {
        key: env.value(slot.value)
        for key, slot in zip((*value_keys, *given_keys), (*term.values, *term.given), strict=True)
    }
    for axis in axes:
        if axis.key in points and isinstance(env.space(axis.space), FinitePoints):
            points[axis.key] = as_point(points[axis.key], axis.space, env)
    if not formulas:
        drawn = env.interpretation.values.get(symbol)
        if not isinstance(drawn, GaussianMixtureLaw):
            raise Unanswerable(f"the law {symbol} is not known")
        top = mixture_density(drawn, {k: points[k] for k in (*value_keys, *given_keys)}, env)
        if not given_keys:
            return top
        return _ratio(top, mixture_density(drawn, {k: points[k] for k in given_keys}, env), env)
    exact = formula_for(formulas, value_keys, given_keys)
    if exact is not None:
        return formula_value(exact, points, env)
    closed = gaussian_density(symbol, value_keys, given_keys, points, env)
    if closed is not None:
        return closed
    top = _joint(symbol, formulas, (*value_keys, *given_keys), points, env)
    if not given_keys:
        return top
    return _ratio(top, _joint(symbol, formulas, given_keys, points, env), env)


def _ratio(top: Quantity, bottom: Quantity, env: Environment) -> Quantity:
    inverse = np.where(bottom.array == 0, np.nan, 1.0) / np.where(bottom.array == 0, 1.0, bottom.array)
    return multiply(top, Quantity(inverse), env)


def formula_for(
    formulas: Sequence[DensityDefinition], values: Sequence[str], given: Sequence[str]
) -> DensityDefinition | None:
    """Return the formula that gives the density at exactly these places, if there is one."""
    for formula in formulas:
        if {s for s, _ in formula.values} == set(values) and {s for s, _ in formula.given} == set(given):
            return formula
    return None


def formula_value(formula: DensityDefinition, points: Mapping[str, Value], env: Environment) -> Quantity:
    """Return what a formula gives at points, which are named by their spaces."""
    inner = env
    for space, variable in (*formula.values, *formula.given):
        inner = inner.with_value(variable, points[space])
    return inner.number(formula.body)


def _joint(
    symbol: str, formulas: Sequence[DensityDefinition], keys: Sequence[str], points: dict[str, Value], env: Environment
) -> Quantity:
    """The joint density at the points: a chain of formulas, the other places integrated out."""
    exact = formula_for(formulas, keys, ())
    if exact is not None:
        return formula_value(exact, points, env)
    chain = _chain(formulas, set(keys))
    if chain is None:
        raise Unanswerable(f"the law {symbol} of {', '.join(keys)} does not follow from its formulas")
    covered = {space for formula in chain for space, _ in formula.values}
    missing = sorted(covered - set(keys))
    if len(missing) > 1:
        raise Unanswerable(f"the law {symbol} would need an integral over {' and '.join(missing)}")
    if not missing:
        return _chain_value(chain, points, env)
    space = env.space(missing[0])
    variable = f"{missing[0]} integrated out"
    slots = tuple(Slot(key, Name(f"{key} of the chain")) for key in keys)
    inner = env
    for slot in slots:
        inner = inner.with_value(f"{slot.space} of the chain", points[slot.space])
    body = Density(Name(symbol), (*slots, Slot(missing[0], Name(variable))))
    if isinstance(space, Euclidean):
        from errata.numeric_checks.evaluate.binders import integral_over_space

        return integral_over_space(variable, space, body, inner)
    along = inner.points_axis(missing[0])
    value = inner.with_value(variable, along, axes=1).number(body)
    return reduce.total(value, inner.depth, env.finite(missing[0]).count)


def _chain(formulas: Sequence[DensityDefinition], wanted: set[str]) -> list[DensityDefinition] | None:
    """Order formulas so that each one's conditions come before it, until all wanted places are covered."""
    covered: set[str] = set()
    chain: list[DensityDefinition] = []
    grown = True
    while grown:
        grown = False
        for formula in formulas:
            values = {s for s, _ in formula.values}
            if formula not in chain and not values & covered and {s for s, _ in formula.given} <= covered:
                chain.append(formula)
                covered |= values
                grown = True
                break
    if not wanted <= covered:
        return None
    for formula in reversed(list(chain)):
        values = {s for s, _ in formula.values}
        needed = any({s for s, _ in other.given} & values for other in chain)
        if not values & wanted and not needed:
            chain.remove(formula)
    return chain


def _chain_value(chain: Sequence[DensityDefinition], points: dict[str, Value], env: Environment) -> Quantity:
    result = Quantity(np.ones((1,)))
    for formula in chain:
        result = multiply(result, formula_value(formula, points, env), env)
    return result


def mixture_density(law: GaussianMixtureLaw, points: dict[str, Value], env: Environment) -> Quantity:
    """The density of a drawn smooth law at the points of some of its places, the others integrated out."""
    finite = [a for a in law.axes if isinstance(env.space(a.space), FinitePoints)]
    weights, means, covariances = law.weights, law.means, law.covariances
    indices: list[Integers] = []
    away: list[int] = []
    picked: list[Floats] = []
    blocks: list[int] = []
    columns: list[Quantity] = []
    start = 0
    for place, axis in enumerate(finite):
        point = points.get(axis.key)
        if isinstance(point, PointAt):
            indices.append(point.index)
        else:
            away.append(place)
    for axis in law.axes:
        space = env.space(axis.space)
        if isinstance(space, Euclidean):
            if axis.key in points:
                blocks.extend(range(start, start + space.dimension))
                columns.append(env.as_quantity(points[axis.key]))
            start += space.dimension
    lead = max([1, *(i.ndim for i in indices), *(c.lead for c in columns)])
    kept = [n for n in range(len(finite)) if n not in away]
    order = [*(1 + n for n in kept), *(1 + n for n in away)]
    count = len(finite)
    for array, own in ((weights, 0), (means, 1), (covariances, 2)):
        moved = array.transpose(0, *order, *range(1 + count, array.ndim))
        found, _ = gather(moved, len(kept), indices, lead, len(away) + 1 + own)
        picked.append(found.reshape((*found.shape[:lead], -1, *found.shape[found.ndim - own :])))
    w, m, s = picked
    if not blocks:
        return Quantity(w.sum(axis=-1))
    m = np.take(m, blocks, axis=-1)
    s = np.take(np.take(s, blocks, axis=-2), blocks, axis=-1)
    x = _stacked(columns, lead)
    gap = x[..., None, :] - m
    precision = inverse_or_nan(s)
    quadratic = (gap[..., None, :] @ precision @ gap[..., :, None])[..., 0, 0]
    peak = np.sqrt(TWO_PI ** len(blocks) * np.linalg.det(s))
    return Quantity((w * np.exp(-0.5 * quadratic) / peak).sum(axis=-1))


def _stacked(columns: Sequence[Quantity], lead: int) -> Floats:
    parts = []
    for q in columns:
        array = lifted(q.array, q.rank, lead)
        parts.append(array[..., 0] if q.rank else array[..., None])
    leads = np.broadcast_shapes(*(p.shape[:-1] for p in parts))
    return np.concatenate([np.broadcast_to(p, (*leads, p.shape[-1])) for p in parts], axis=-1)
