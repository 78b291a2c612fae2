"""Densities at points, expectations and moments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from errata.language.definitions import free_symbols, names_behind
from errata.language.scope import Independent
from errata.language.sorts import RandomVariable
from errata.language.terms import (
    Comparison,
    Density,
    Draw,
    Expectation,
    LawReference,
    MatrixOperation,
    MomentOf,
    Name,
    Negative,
    Product,
    Slot,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
    subterms,
)
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.draws import in_sequence
from errata.numeric_checks.evaluate import counting_laws, quadrature, reduce
from errata.numeric_checks.evaluate.counting_laws import COUNTING
from errata.numeric_checks.evaluate.degrees import degree_in
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.gaussian_moments import affine_covariance, affine_mean
from errata.numeric_checks.evaluate.jointly_normal import joint_mean
from errata.numeric_checks.evaluate.kinks import kinks, nodes_between
from errata.numeric_checks.evaluate.laws import (
    LAW_VALUES,
    FormulaLaw,
    LawObject,
    NormalLaw,
    is_finite,
    law_axes,
    law_object,
    look_up,
    marginal,
    slot_keys,
    with_parameters,
)
from errata.numeric_checks.evaluate.mixtures import expanded_mean
from errata.numeric_checks.evaluate.named_laws import NAMED, named_density, named_mean, named_moment
from errata.numeric_checks.evaluate.names import as_point
from errata.numeric_checks.evaluate.normals import (
    dimension_of,
    normal_density,
    sampling_root,
)
from errata.numeric_checks.evaluate.random_families import Outcomes, outcomes
from errata.numeric_checks.evaluate.real_densities import formula_for, formula_value, real_density
from errata.numeric_checks.evaluate.scalars import multiply
from errata.numeric_checks.evaluate.supports import support
from errata.numeric_checks.evaluate.tails import interval_probability
from errata.numeric_checks.interpretation import Euclidean, FinitePoints, TableLaw, Value
from errata.numeric_checks.quantities import Floats, Integers, PointAt, Quantity, agree, lifted

MOST_NODES = 300
"""A grid for polynomials has at most so many nodes."""
SCAN = np.linspace(-8.5, 8.5, 171)
"""Standard deviations from its mean at which it is looked where a function of a normal variable is not smooth."""


def evaluate_density(term: Term, env: Environment) -> Value:
    """law(values | given): a table's margin at the points, divided by that of the given ones."""
    assert isinstance(term, Density)
    symbol = term.law.symbol
    definition = env.scope.definitions.get(symbol)
    if symbol not in env.bound and definition is not None:
        if definition.parameters:
            raise Unanswerable(f"{symbol} is used both as a function and as a law")
        return _defined_density(term, env)
    if not is_finite(symbol, env):
        return real_density(term, env)
    axes = law_axes(symbol, env)
    keys = slot_keys(symbol, (*term.values, *term.given), env, axes)
    split = len(term.values)
    spaces = {a.key: a.space for a in axes}
    points = [
        as_point(env.value(slot.value), spaces[key], env)
        for slot, key in zip((*term.values, *term.given), keys, strict=True)
    ]
    formulas = [] if symbol in env.bound else [f for f in env.scope.densities if f.law == symbol]
    formula = formula_for(formulas, keys[:split], keys[split:])
    if formula is not None:
        return formula_value(formula, dict(zip(keys, points, strict=True)), env)
    law = with_parameters(symbol, term.parameters, env)
    joint = look_up(marginal(law, keys), points)
    if not term.given:
        return Quantity(joint)
    below = look_up(marginal(law, keys[split:]), points[split:])
    lead = max(joint.ndim, below.ndim)
    bottom = lifted(below, 0, lead)
    return Quantity(lifted(joint, 0, lead) / np.where(bottom == 0, np.nan, bottom))


def _defined_density(term: Density, env: Environment) -> Value:
    law = law_object(LawReference(term.law, term.values, term.given, term.parameters), env)
    if isinstance(law, TableLaw):
        points = [as_point(env.value(s.value), a.space, env) for s, a in zip(term.values, law.axes, strict=True)]
        return Quantity(look_up(law, points))
    if len(term.values) != 1:
        raise Unanswerable(f"the law {term.law.symbol} at several points is not interpreted")
    point = env.value(term.values[0].value)
    if isinstance(law, NormalLaw):
        return normal_density(env.as_quantity(point), law)
    return law.density("x'", env.with_value("x'", point))


def evaluate_standard_density(term: Term, env: Environment) -> Value:
    """The density of a standard law at a point."""
    assert isinstance(term, StandardDensity)
    law, point = term.law, env.number(term.point)
    if law.kind in NAMED:
        return named_density(point, law, env)
    parameters = [env.number(p) for p in term.law.parameters]
    if law.kind == "normal" and len(parameters) == 2:
        return normal_density(point, NormalLaw(parameters[0], parameters[1]))
    if law.kind == "categorical" and len(parameters) == 1:
        from errata.numeric_checks.evaluate.names import pick

        if point.rank and point.shape == parameters[0].shape:
            arrays = [lifted(q.array, q.rank, max(point.lead, parameters[0].lead)) for q in (point, parameters[0])]
            return Quantity((arrays[0] * arrays[1]).sum(axis=(-2, -1)))
        return pick(parameters[0], [point], env)
    grown = agree([point, *parameters])
    lead = max(q.lead for q in grown)
    rank = grown[0].rank
    x, *rest = [lifted(q.array, rank, lead) for q in grown]
    return Quantity(_scalar_density(law.kind, x, rest), rank)


def _scalar_density(kind: str, x: Floats, parameters: Sequence[Floats]) -> Floats:
    if kind in COUNTING:
        return counting_laws.mass(kind, x, parameters)
    match kind, parameters:
        case "bernoulli", [p]:
            inside = (p >= 0) & (p <= 1)
            return np.where(~inside, np.nan, np.where(x == 1, p, np.where(x == 0, 1 - p, 0.0)))
        case "uniform", [low, high]:
            return np.where(high > low, ((x >= low) & (x <= high)) / np.where(high > low, high - low, 1.0), np.nan)
        case "exponential", [rate]:
            return np.where(rate > 0, np.where(x >= 0, rate * np.exp(-rate * np.maximum(x, 0.0)), 0.0), np.nan)
    raise Unanswerable(f"the {kind} law with {len(parameters)} parameters is not interpreted")


# Expectations ----------------------------------------------------------------------------------------


def evaluate_expectation(term: Term, env: Environment) -> Value:
    """The mean of the body over the draws, or over the random variables in it."""
    assert isinstance(term, Expectation)
    families = None if term.draws else outcomes((term.body, *term.given), env)
    if families is not None:
        if term.given:
            raise Unanswerable("a mean over a family under a condition is not interpreted")
        return _over_families(families, term.body, env)
    if not term.draws:
        joint = joint_mean(random_names((term.body, *term.given), env), term.body, term.given, env)
        if joint is not None:
            return joint
    if not any(isinstance(part, Name) for side in (term.body, *term.given) for part in subterms(side)):
        return env.number(term.body)  # E[1] = 1
    draws = in_sequence(term.draws) or implied_draws((term.body, *term.given), env)
    if len(draws) == 1 and isinstance(draws[0].law, StandardLaw) and draws[0].law.kind in NAMED:
        return named_mean(draws[0], term.body, env)
    if term.given:
        return _conditional_mean(term, draws, env)
    inside = interval_probability(draws[0], term.body, env) if len(draws) == 1 else None
    if inside is not None:
        return inside
    closed = affine_mean(draws, term.body, env) if _separate_normals(draws, env) else None
    return mean(draws, term.body, env) if closed is None else closed


def _over_families(families: Outcomes, body: Term, env: Environment) -> Quantity:
    """Average over the families' members, and within that over the single variables, which are independent of them."""
    if not random_names((body,), env):
        return families.mean(body)
    return families.mean(body, lambda inner: mean(implied_draws((body,), inner), body, inner))


def _separate_normals(draws: Sequence[Draw], env: Environment) -> bool:
    """Return whether all draws are from normal laws, none of which mentions another of them."""
    names = {draw.name.symbol for draw in draws}
    normal = all(isinstance(d.law, StandardLaw) and d.law.kind == "normal" for d in draws)
    return normal and not any(names & names_behind(free_symbols(d.law), env.scope.definitions) for d in draws)


def mean(draws: Sequence[Draw], body: Term, env: Environment) -> Quantity:
    """Average the body over the draws, the first outermost."""
    if not draws:
        return env.number(body)
    first, rest = draws[0], draws[1:]
    parts = expanded_mean(draws, body, env)
    if parts is not None:
        return env.number(parts)
    if isinstance(first.law, StandardLaw) and first.law.kind in NAMED:
        return named_mean(first, Expectation(tuple(rest), body) if rest else body, env)
    inner, weights, count = drawn(first, (body, *(draw.law for draw in rest)), env)
    value = mean(rest, body, inner)
    shape = np.broadcast_shapes(lifted(value.array, value.rank, max(value.lead, env.depth + 1)).shape)
    env.meter.allow(shape)
    return reduce.total(value, env.depth, count, weights)


def drawn(draw: Draw, bodies: Sequence[Term], env: Environment) -> tuple[Environment, Floats, int]:
    """Bind a drawn name along the next leading axis; return also its weights and their count.

    bodies: what is averaged, and the laws of what is drawn after it; a continuous law's nodes are chosen for these.
    """
    symbol = draw.name.symbol
    if isinstance(draw.law, StandardLaw) and draw.law.kind != "normal":
        points, weights = _standard_nodes(draw.law, symbol, bodies, env)
        return env.with_value(symbol, Quantity(points), axes=1), weights, weights.shape[-1]
    law = law_object(draw.law, env, (draw.space,))
    if isinstance(law, TableLaw):
        return _drawn_from_table(draw, law, env)
    if isinstance(law, NormalLaw):
        nodes, weights = _normal_nodes(draw, law, bodies, env)
        return env.with_value(symbol, nodes, axes=1), weights, weights.shape[-1]
    return _drawn_by_density(draw, law, bodies, env)


def _drawn_from_table(draw: Draw, law: TableLaw, env: Environment) -> tuple[Environment, Floats, int]:
    if len(law.axes) != 1:
        keys = [a.key for a in law.axes if a.key == draw.name.symbol or a.space == draw.space]
        if not keys:
            raise Unanswerable(f"which place of its law {draw.name.symbol} is drawn from is not clear")
        law = marginal(law, keys[:1])
    points = env.points_axis(law.axes[0].space)
    weights = _at_depth(law.table, env.depth)
    return env.with_value(draw.name.symbol, points, axes=1), weights, weights.shape[-1]


def _at_depth(weights: Floats, depth: int) -> Floats:
    """Put the last axis at leading axis `depth`."""
    return weights.reshape(weights.shape[:-1] + (1,) * (depth - weights.ndim + 1) + weights.shape[-1:])


def _normal_nodes(draw: Draw, law: NormalLaw, bodies: Sequence[Term], env: Environment) -> tuple[Quantity, Floats]:
    space = env.interpretation.spaces.get(draw.space)
    known = space.dimension if isinstance(space, Euclidean) and space.vector else None
    dimension = dimension_of([law], known)
    env.meter.mark_approximate()
    per_axis = _nodes_per_axis(draw.name.symbol, dimension, bodies, env)
    column = law.mean.rank or law.covariance.rank or known is not None
    cut = _cut_normal_nodes(draw, law, bodies, env) if dimension == 1 and not column else None
    if cut is not None:
        return cut
    line, line_weights = quadrature.hermite(per_axis)
    grid = np.stack([g.ravel() for g in np.meshgrid(*[line] * dimension, indexing="ij")], axis=-1)
    weights = np.ones(1)
    for _ in range(dimension):
        weights = np.outer(weights, line_weights).ravel()
    center, root = sampling_root(law, dimension)
    lead = max(center.ndim, root.ndim) - 2
    center, root = (lifted(a, 2, lead) for a in (center, root))
    env.meter.allow((*np.broadcast_shapes(center.shape[:-2], root.shape[:-2]), len(grid), dimension))
    nodes = center[..., None, :, :] + root[..., None, :, :] @ grid[:, :, None]
    nodes = nodes.reshape(nodes.shape[:lead] + (1,) * (env.depth - lead) + nodes.shape[lead:])
    weights = weights.reshape((1,) * env.depth + (-1,))
    return (Quantity(nodes, 2) if column else Quantity(nodes[..., 0, 0])), weights


def _nodes_per_axis(symbol: str, dimension: int, bodies: Sequence[Term], env: Environment) -> int:
    """Return how many Gauss-Hermite nodes an axis gets: n of them are exact for polynomials up to degree 2n - 1."""
    degrees = [degree_in(body, {symbol}, env.scope) for body in bodies]
    known = [degree for degree in degrees if degree is not None]
    if known and len(known) == len(degrees):
        enough = max(known) // 2 + 1 + env.resolution
        if enough**dimension <= MOST_NODES:
            return enough
    if dimension > 3:
        raise Unanswerable(f"a mean over a normal law in {dimension} dimensions cannot be evaluated")
    return {1: quadrature.HERMITE_NODES, 2: quadrature.GRID_NODES, 3: (10, 12)}[dimension][env.resolution]


def _interval_nodes(
    symbol: str, bodies: Sequence[Term], low: Floats, high: Floats, env: Environment
) -> tuple[Floats, Floats]:
    """Nodes and weights along leading axis `env.depth`, cut where a body is not smooth."""
    low, high = (lifted(end, 0, env.depth) for end in (low, high))
    scan, _ = quadrature.interval_nodes(low, high, 0)
    return nodes_between(low, high, kinks(symbol, bodies, scan, env), env.resolution)


def _cut_normal_nodes(
    draw: Draw, law: NormalLaw, bodies: Sequence[Term], env: Environment
) -> tuple[Quantity, Floats] | None:
    """Nodes for a number of a normal law, where the body is not smooth in it; None where it is."""
    center, root = (lifted(a[..., 0, 0], 0, env.depth)[..., None] for a in sampling_root(law, 1))
    cuts = kinks(draw.name.symbol, bodies, center + np.abs(root) * SCAN, env)
    if cuts is None:
        return None
    everywhere = np.full((1,) * env.depth, np.inf)
    nodes, steps = nodes_between(-everywhere, everywhere, (cuts - center) / np.abs(root), env.resolution)
    return Quantity(center + np.abs(root) * nodes), steps * np.exp(-0.5 * nodes**2) / np.sqrt(2 * np.pi)


def _drawn_by_density(
    draw: Draw, law: FormulaLaw, bodies: Sequence[Term], env: Environment
) -> tuple[Environment, Floats, int]:
    space = env.interpretation.spaces.get(draw.space)
    if isinstance(space, FinitePoints):
        return _drawn_by_masses(draw, law, env)
    if isinstance(space, Euclidean) and space.vector and space.dimension > 1:
        return _drawn_in_space(draw, law, space.dimension, env)
    env.meter.mark_approximate()
    low, high = support(draw.name.symbol, env.scope)
    symbol = draw.name.symbol
    uneven = tuple(bodies)
    if isinstance(draw.law, LawReference):
        uneven = (*bodies, Density(draw.law.law, (Slot(draw.space, draw.name),), draw.law.given))
    nodes, steps = _interval_nodes(symbol, uneven, np.array([low]), np.array([high]), env)
    point = Quantity(nodes)
    if isinstance(space, Euclidean) and space.vector:
        point = Quantity(nodes[..., None, None], 2)
    inner = env.with_value(draw.name.symbol, point, axes=1)
    density = law.density(draw.name.symbol, inner)
    array = lifted(density.array, 0, env.depth + 1)
    weights = np.where(np.isnan(array) & (np.abs(nodes) > 1e6), 0.0, array) * steps
    return inner, weights, nodes.shape[-1]


def _drawn_in_space(draw: Draw, law: FormulaLaw, dimension: int, env: Environment) -> tuple[Environment, Floats, int]:
    """Bind the nodes of the plane, with the density times their weights."""
    if dimension > 2:
        raise Unanswerable(f"a mean over a law in {dimension} dimensions cannot be evaluated")
    env.meter.mark_approximate()
    nodes, steps = quadrature.space_nodes(dimension, env.resolution)
    inner = env.with_value(draw.name.symbol, Quantity(nodes.reshape((1,) * env.depth + (*nodes.shape, 1)), 2), axes=1)
    density = lifted(law.density(draw.name.symbol, inner).array, 0, env.depth + 1)
    return inner, density * _at_depth(steps, env.depth), len(steps)


def _drawn_by_masses(draw: Draw, law: FormulaLaw, env: Environment) -> tuple[Environment, Floats, int]:
    """Bind the points of a finite space, with what the formula gives there; undefined where these are no masses."""
    inner = env.with_value(draw.name.symbol, env.points_axis(draw.space), axes=1)
    masses = lifted(law.density(draw.name.symbol, inner).array, 0, env.depth + 1)
    whole = (masses >= -1e-12).all(axis=-1) & (np.abs(masses.sum(axis=-1) - 1) < 1e-9)
    return inner, np.where(whole[..., None], masses, np.nan), env.finite(draw.space).count


def _standard_nodes(law: StandardLaw, symbol: str, bodies: Sequence[Term], env: Environment) -> tuple[Floats, Floats]:
    parameters = [env.number(p) for p in law.parameters]
    if law.kind == "categorical" and len(parameters) == 1 and parameters[0].rank == 2:
        weights = parameters[0].array[..., 0]
        places = np.arange(1.0, weights.shape[-1] + 1).reshape((1,) * env.depth + (-1,))
        return places, _at_depth(weights, env.depth)
    if any(q.rank for q in parameters):
        raise Unanswerable(f"the {law.kind} law with vector parameters is not interpreted")
    arrays = [lifted(q.array, 0, env.depth)[..., None] for q in parameters]
    match law.kind, arrays:
        case "bernoulli", [p]:
            p = np.where((p < 0) | (p > 1), np.nan, p)
            points, weights = np.array([0.0, 1.0]), np.concatenate([1 - p, p], axis=-1)
        case "uniform", [low, high]:
            env.meter.mark_approximate()
            points, weights = _interval_nodes(symbol, bodies, low[..., 0], high[..., 0], env)
            weights = np.where(high > low, weights / np.where(high > low, high - low, 1.0), np.nan)
        case "exponential", [rate]:
            env.meter.mark_approximate()
            zero = np.zeros(rate.shape[:-1])
            points, weights = _interval_nodes(symbol, bodies, zero, zero + np.inf, env)
            weights = np.where(rate > 0, weights * rate * np.exp(-rate * points), np.nan)
        case "discrete", _:
            grown = np.broadcast_arrays(*arrays)
            points, weights = np.concatenate(grown[::2], axis=-1), np.concatenate(grown[1::2], axis=-1)
            whole = (weights >= -1e-12).all(axis=-1) & (np.abs(weights.sum(axis=-1) - 1) < 1e-9)
            weights = np.where(whole[..., None], weights, np.nan)
        case kind, _ if kind in COUNTING:
            points, weights = counting_laws.numbers(kind, arrays, symbol, bodies)
        case _:
            raise Unanswerable(f"the {law.kind} law is not interpreted")
    points = points.reshape((1,) * (weights.ndim - points.ndim) + points.shape)
    return _at_depth(points, env.depth), _at_depth(weights, env.depth)


# Random variables ------------------------------------------------------------------------------------


def implied_draws(terms: Sequence[Term], env: Environment) -> tuple[Draw, ...]:
    """Return draws for the random variables in the terms, or for the free point of the only law."""
    symbols = random_names(terms, env)
    if not symbols:
        raise Unanswerable("an expectation of something that no random variable is declared in")
    draws: list[Draw] = []
    hidden: list[tuple[str, str]] = []
    for symbol in symbols:
        sort = env.scope.sorts[symbol]
        assert isinstance(sort, RandomVariable)
        if sort.law is None:
            hidden.append((symbol, sort.space))
        else:
            draws.append(Draw(Name(symbol), sort.space, sort.law))
    if len(draws) + (1 if hidden else 0) > 1 and not _known_independent(symbols, env):
        raise Unanswerable(f"how {' and '.join(symbols)} depend on each other is not said")
    if len({space for _, space in hidden}) != len(hidden):
        raise Unanswerable("several random variables share one space and their joint law is not said")
    law = env.interpretation.hidden
    seen: list[Slot] = []
    for symbol, space in hidden:
        reference = LawReference(Name(law), (Slot(space, Name(symbol)),), tuple(seen))
        draws.append(Draw(Name(symbol), space, reference))
        seen.append(Slot(space, Name(symbol)))
    return tuple(draws)


def random_names(terms: Sequence[Term], env: Environment) -> tuple[str, ...]:
    """Return the declared random variables that occur in the terms (definitions followed), sorted.

    A mean within a mean is taken anew, E[E[Y | X]]: that the outer one has bound a variable does not matter.
    """
    found: set[str] = set()
    waiting = list(terms)
    followed: set[str] = set()
    while waiting:
        for part in subterms(waiting.pop()):
            if not isinstance(part, Name):
                continue
            definition = env.scope.definitions.get(part.symbol)
            if definition is not None and part.symbol not in followed:
                followed.add(part.symbol)
                waiting.append(definition.body)
            if isinstance(env.scope.sorts.get(part.symbol), RandomVariable):
                found.add(part.symbol)
    return tuple(sorted(found))


def _known_independent(symbols: Sequence[str], env: Environment) -> bool:
    return any(isinstance(f, Independent) and set(symbols) <= set(f.names) for f in env.scope.facts)


def _conditional_mean(term: Expectation, draws: Sequence[Draw], env: Environment) -> Quantity:
    """E[body | X = x, ...]: the mean with the indicator of the conditions, over their probability."""
    inner, weights = env, None
    fixed: dict[str, Term] = {}
    for condition in term.given:
        if isinstance(condition, Comparison) and condition.relation == "=" and isinstance(condition.left, Name):
            fixed[condition.left.symbol] = condition.right
        elif isinstance(condition, Name):
            fixed[condition.symbol] = condition
        else:
            raise Unanswerable("a condition of an expectation is not understood")
    depths: list[tuple[int, int, Floats]] = []
    matches: list[Quantity] = []
    for draw in draws:
        depth = inner.depth
        symbol = draw.name.symbol
        target = env.value(fixed[symbol]) if symbol in fixed else None
        inner, weights, count = drawn(draw, (term.body, *(d.law for d in draws)), inner)
        depths.append((depth, count, weights))
        if target is not None:
            point = inner.value(draw.name)
            if not isinstance(point, PointAt):
                raise Unanswerable("a condition on a variable that is not discrete")
            target = as_point(target, point.space, env)
            lead = inner.depth
            same = _deep(point.index, lead) == _deep(target.index, lead)
            matches.append(Quantity(same.astype(float)))
    value = inner.number(term.body)
    unmatched = set(fixed) - {d.name.symbol for d in draws}
    if unmatched:
        raise Unanswerable(f"an expectation given {', '.join(sorted(unmatched))} is not interpreted")
    top, bottom = value, Quantity(np.ones((1,)))
    for match in matches:
        top, bottom = multiply(match, top, inner), multiply(match, bottom, inner)
    for depth, count, weights in reversed(depths):
        top = reduce.total(top, depth, count, weights)
        bottom = reduce.total(bottom, depth, count, weights)
    inverse = np.where(bottom.array == 0, np.nan, 1.0) / np.where(bottom.array == 0, 1.0, bottom.array)
    return multiply(top, Quantity(inverse), env)


def _deep(index: Integers, lead: int) -> Integers:
    return index.reshape(index.shape + (1,) * (lead - index.ndim))


def evaluate_moment(term: Term, env: Environment) -> Value:
    """Variance or covariance: the mean of the product of the deviations."""
    assert isinstance(term, MomentOf)
    arguments = term.arguments
    if term.moment == "variance" and len(arguments) != 1:
        raise Unanswerable("a variance of several variables")
    families = None if term.draws else outcomes(arguments, env)
    joint = () if term.draws or families else random_names(arguments, env)
    if joint and joint_mean(joint, arguments[0], (), env) is not None:
        return _joint_moment(joint, arguments, env)
    draws = in_sequence(term.draws) or (() if families else implied_draws(arguments, env))
    if len(draws) == 1 and isinstance(draws[0].law, StandardLaw) and draws[0].law.kind in NAMED:
        return named_moment(draws[0], arguments, env, _deviations)
    if families is None and _separate_normals(draws, env):
        closed = affine_covariance(draws, arguments[0], arguments[-1], env)
        if closed is not None:
            return closed

    def averaged(body: Term, here: Environment) -> Quantity:
        over = outcomes(arguments, here) if families else None
        return _over_families(over, body, here) if over else mean(draws, body, here)

    means = [averaged(argument, env) for argument in arguments]
    symbols = [f"mean of argument {n}" for n in range(len(arguments))]
    inner = env
    for symbol, value in zip(symbols, means, strict=True):
        inner = inner.with_value(symbol, value)
    gaps = [Sum((a, Negative(Name(s)))) for a, s in zip(arguments, symbols, strict=True)]
    first, second = gaps[0], gaps[-1]
    if means[0].rank:
        return averaged(Product((first, MatrixOperation("transpose", (second,)))), inner)
    return averaged(Product((first, second)), inner)


def _deviations(arguments: Sequence[Term], means: Sequence[Term], rank: int) -> Term:
    """The product of the deviations of the first and the last argument from their means, of columns the outer one."""
    gaps = [Sum((a, Negative(m))) for a, m in zip(arguments, means, strict=True)]
    return Product((gaps[0], MatrixOperation("transpose", (gaps[-1],)) if rank else gaps[-1]))


def _joint_moment(names: Sequence[str], arguments: Sequence[Term], env: Environment) -> Quantity:
    """The covariance of two functions of variables that have one joint normal law."""
    inner = env
    symbols = [f"mean of argument {n}" for n in range(len(arguments))]
    for symbol, argument in zip(symbols, arguments, strict=True):
        mean_of = joint_mean(names, argument, (), env)
        assert mean_of is not None
        inner = inner.with_value(symbol, mean_of)
    means = [Name(symbol) for symbol in symbols]
    product = _deviations(arguments, means, env.number(arguments[0]).rank)
    value = joint_mean(names, product, (), inner)
    assert value is not None
    return value


def evaluate_law_reference(term: Term, env: Environment) -> Value:
    """A law as a value: its table, where it has one."""
    assert isinstance(term, LawReference)
    found: LawObject = law_object(term, env)
    if isinstance(found, LAW_VALUES):
        return found
    raise Unanswerable("a law stands where a number is needed")
