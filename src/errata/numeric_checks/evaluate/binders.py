"""Big operators over spaces, ranges, intervals and index sets."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from errata.language.sorts import Point, Real
from errata.language.terms import (
    Aggregate,
    Density,
    Draw,
    Entry,
    Functions,
    IndexSet,
    Interval,
    LawReference,
    Laws,
    Name,
    Power,
    Product,
    Range,
    Simplex,
    Space,
    Term,
    Values,
    subterms,
)
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate import quadrature, reduce
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.extrema import optimum
from errata.numeric_checks.evaluate.joined_exponentials import with_joined_exponentials
from errata.numeric_checks.evaluate.kinks import kinks, nodes_between
from errata.numeric_checks.evaluate.names import array_of
from errata.numeric_checks.evaluate.random_families import followed
from errata.numeric_checks.evaluate.supports import support
from errata.numeric_checks.interpretation import Euclidean, FinitePoints, Value
from errata.numeric_checks.quantities import FamilyValue, Floats, PointAt, Quantity, gather, lifted, masked

LONGEST_SUM = 100_000
VANISHING = 0.1
"""What the last terms of a series may be of its largest: those of one that jumps to and fro do not become less."""
AT_ENDS = 1e-3
"""What share of an integral may lie at the outermost nodes."""
SERIES = (64, 128, 256, 512, 1024, 2048)
MATRIX_SERIES, LAST = 300, 20


def evaluate_aggregate(term: Term, env: Environment) -> Value:
    """Dispatch on what the bound name ranges over."""
    assert isinstance(term, Aggregate)
    match term.binder.domain:
        case Space(name):
            return _over_space(term, name, env)
        case Range():
            return _over_range(term, term.binder.domain, env)
        case Interval():
            return _over_interval(term, term.binder.domain, env)
        case IndexSet():
            count = _index_count(term, env)
            return _over_integers(term, np.array([1.0]), np.array([float(count)]), env)
        case Values():
            return _over_values(term, env)
        case Functions() | Laws() | Simplex():
            if term.operation in ("max", "min", "argmax", "argmin"):
                return optimum(term, env)
    raise Unanswerable(f"a {term.operation} over such a domain cannot be evaluated")


def _over_space(term: Aggregate, space: str, env: Environment) -> Value:
    known = env.space(space)
    if isinstance(known, FinitePoints):
        points = env.points_axis(space)
        return _reduced(term, points, known.count, None, env)
    if term.operation in ("sum", "integral"):
        average = _mean_under_density(term, space, env) if known.vector else None
        if average is not None:
            return average
        return integral_over_space(term.binder.name.symbol, known, term.body, env)
    return optimum(term, env)


def _reduced(term: Aggregate, points: Quantity | PointAt, count: int, mask: Floats | None, env: Environment) -> Value:
    """Reduce the body over values of the bound name that lie along the next leading axis."""
    axis = env.depth
    body = env.with_value(term.binder.name.symbol, points, axes=1).number(term.body)
    env.meter.allow(np.broadcast_shapes(lifted(body.array, body.rank, axis + 1).shape[: axis + 1]) + body.shape)
    match term.operation:
        case "sum" | "integral":
            return reduce.total(body, axis, count, mask)
        case "product":
            return reduce.product(body, axis, count, mask)
        case "max" | "min":
            return reduce.extreme(body, axis, largest=term.operation == "max", mask=mask)
        case "argmax" | "argmin":
            return _argument(term, points, body, axis, mask)
    raise Unanswerable(f"the operator {term.operation} is not interpreted")


def _argument(term: Aggregate, points: Quantity | PointAt, body: Quantity, axis: int, mask: Floats | None) -> Value:
    if body.rank:
        raise Unanswerable("an extremum of something that is no number")
    lead = axis + 1
    array = lifted(body.array, 0, lead)
    if array.shape[axis] == 1:
        raise Unanswerable("an extremum of something that does not depend on the variable")
    sign = 1.0 if term.operation == "argmax" else -1.0
    ranked = sign * array
    if mask is not None:
        ranked = np.where(lifted(mask, 0, lead) == 0, -np.inf, ranked)
    bad = np.isnan(ranked).any(axis=axis)
    best = np.where(bad, 0, np.where(np.isnan(ranked), -np.inf, ranked).argmax(axis=axis))
    if isinstance(points, PointAt):
        return PointAt(points.space, np.where(bad, -1, best))
    choices = lifted(points.array, 0, lead)
    found, _ = gather(np.broadcast_to(choices, np.broadcast_shapes(choices.shape, array.shape)), 1, [best], axis, 0)
    return Quantity(np.where(bad, np.nan, found))


def _over_range(term: Aggregate, domain: Range, env: Environment) -> Value:
    low, high = env.number(domain.low), env.number(domain.high)
    if low.rank or high.rank:
        raise Unanswerable("a range with an end that is no number")
    if np.any(np.isposinf(high.array)):
        return _series(term, low.array, env)
    if np.any(np.isneginf(low.array)):
        raise Unanswerable("a sum from minus infinity cannot be evaluated")
    found = _over_integers(term, low.array, high.array, env)
    return found if env.bound else _where_not_reversed(found, low.array, high.array, env)


def _where_not_reversed(found: Value, low: Floats, high: Floats, env: Environment) -> Value:
    """Return the value without those over ranges that end before they begin: nobody means these, save within a sum."""
    reversed_ones = high < low - 1
    if not isinstance(found, Quantity) or not reversed_ones.any():
        return found
    array = lifted(found.array, found.rank, env.depth)
    bad = lifted(reversed_ones.astype(float), 0, env.depth, found.rank) > 0
    return replace(found, array=np.where(bad, np.nan, array), literal=False)


def _over_integers(term: Aggregate, low: Floats, high: Floats, env: Environment) -> Value:
    usable = np.isfinite(low).all() and np.isfinite(high).all()
    if not usable:
        low, high = np.where(np.isfinite(low), low, 1.0), np.where(np.isfinite(high), high, 0.0)
    if np.any(low != np.rint(low)) or np.any(high != np.rint(high)):
        raise Unanswerable("a range with an end that is not an integer")
    first, last = float(low.min()), float(high.max())
    count = int(last - first + 1)
    if count > LONGEST_SUM:
        raise Unanswerable(f"the {term.operation} has {float(count):.3g} terms")
    if count <= 0:
        if term.operation in ("sum", "product"):
            return Quantity(np.array([0.0 if term.operation == "sum" else 1.0]), literal=True)
        raise Unanswerable("an extremum over an empty range")
    places = np.arange(count, dtype=float) + first
    points = Quantity(places.reshape((1,) * env.depth + (count,)))
    mask = None
    if low.size > 1 or high.size > 1:
        lead = env.depth + 1
        inside = (points.array >= lifted(low, 0, lead)) & (points.array <= lifted(high, 0, lead))
        mask = inside.astype(float) if not inside.all() else None
    return _reduced(term, points, count, mask, env)


def _with_zeros_beyond(body: Term, env: Environment, count: int) -> Environment:
    """Let families of numbers go on with zeros: what holds for all sequences holds for those that end so."""
    for part in [t for term in followed([body], env.scope) for t in subterms(term)]:
        if not isinstance(part, Name) or part.symbol in env.scope.recursions:
            continue
        family = env.bound.get(part.symbol) or env.interpretation.values.get(part.symbol)
        if isinstance(family, FamilyValue) and family.space is None and family.indices == 1:
            axis = family.array.ndim - 1 - family.own_rank
            width = [(0, 0)] * family.array.ndim
            width[axis] = (0, max(0, count - family.array.shape[axis]))
            env = env.with_value(part.symbol, replace(family, array=np.pad(family.array, width)))
    return env


def _series(term: Aggregate, low: Floats, env: Environment) -> Value:
    """A series: partial sums, extrapolated in 1/n (Richardson); the last two extrapolations must agree."""
    if term.operation != "sum" or low.size != 1:
        raise Unanswerable("an infinite range that cannot be evaluated")
    if _counts_matrix_powers(term, env.with_value(term.binder.name.symbol, Quantity(low))):
        return _short_series(term, low, env)
    axis = env.depth
    count = SERIES[-1]
    places = np.arange(count, dtype=np.float64) + float(low.flat[0])
    points = Quantity(np.asarray(places, dtype=np.float64).reshape((1,) * axis + (count,)))
    inner = _with_zeros_beyond(term.body, env, count + SERIES[0])
    body = inner.with_value(term.binder.name.symbol, points, axes=1).number(term.body)
    if body.lead <= axis or body.rank:
        raise Unanswerable("an infinite sum that cannot be evaluated")
    terms = np.moveaxis(np.nan_to_num(body.array, nan=0.0, posinf=np.nan, neginf=np.nan), axis, -1)
    if np.isnan(np.take(body.array, range(24), axis=axis)).any():
        raise Unanswerable("an infinite sum with undefined terms")
    sums = np.cumsum(terms, axis=-1)
    last = sums[..., -1]
    size = np.abs(terms).max(axis=-1)
    rest = np.abs(terms[..., -40:]).max(axis=-1)
    settled, vanishing = (rest <= 1e-14 * size) & _told(body.array, axis), rest <= VANISHING * size
    table = [sums[..., n - 1] for n in SERIES]
    previous = table
    for power in range(1, len(SERIES)):
        factor = 2.0**power
        table = [(factor * b - a) / (factor - 1) for a, b in pairwise(table)]
        if len(table) > 1:
            previous = table
    agreeing = np.abs(previous[-1] - table[-1]) <= 1e-9 * np.fmax(np.abs(table[-1]), size)
    result = np.where(settled, last, np.where(agreeing & vanishing, table[-1], np.nan))
    if np.isnan(result).all():
        raise Unanswerable("an infinite sum that does not settle")
    return Quantity(result, 0, np.fmax(np.abs(result), size))


def _told(terms: Floats, axis: int) -> Floats:
    """Return whether every term of a series has a value, but for those after it has vanished: k! overflows there."""
    terms = np.moveaxis(terms, axis, -1)
    finite = np.isfinite(terms)
    sizes = np.where(finite, np.abs(terms), 0.0)
    first = np.expand_dims(np.argmin(finite, axis=-1), -1)
    before = np.take_along_axis(sizes, np.clip(first - 1 - np.arange(LAST), 0, None), axis=-1).max(axis=-1)
    vanished = (first[..., 0] > LAST) & (before <= 1e-14 * sizes.max(axis=-1))
    told: Floats = finite.all(axis=-1) | vanished
    return told


def _counts_matrix_powers(term: Aggregate, env: Environment) -> bool:
    """Whether the terms of a series hold powers of a matrix that run with it."""
    index = term.binder.name
    powers = [p.base for p in subterms(term.body) if isinstance(p, Power) and index in subterms(p.exponent)]
    inner = {part.binder.name for part in subterms(term.body) if isinstance(part, Aggregate)}
    return any(not inner & set(subterms(base)) and env.number(base).rank for base in powers)


def _short_series(term: Aggregate, low: Floats, env: Environment) -> Quantity:
    """A series in the powers of a matrix: it must have settled long before its end, as powers of a contraction do."""
    axis = env.depth
    places = np.arange(MATRIX_SERIES, dtype=np.float64) + float(low.flat[0])
    points = Quantity(places.reshape((1,) * axis + (MATRIX_SERIES,)))
    body = env.with_value(term.binder.name.symbol, points, axes=1).number(term.body)
    if body.lead <= axis:
        raise Unanswerable("an infinite sum that cannot be evaluated")
    sizes = np.abs(body.array).max(axis=tuple(range(-body.rank, 0))) if body.rank else np.abs(body.array)
    largest = np.nan_to_num(sizes, posinf=0.0).max(axis=axis)
    gone = np.logical_or.accumulate(sizes <= 1e-14 * np.expand_dims(largest, axis), axis=axis)
    told = np.isfinite(sizes) | gone  # k! overflows, but only after t^k/k! has vanished
    rest = np.take(np.nan_to_num(sizes), range(MATRIX_SERIES - LAST, MATRIX_SERIES), axis=axis).max(axis=axis)
    settled = told.all(axis=axis) & (rest <= 1e-14 * largest)
    if not settled.any():
        raise Unanswerable("an infinite sum that does not settle")
    whole = reduce.total(replace(body, array=np.nan_to_num(body.array)), axis, MATRIX_SERIES)
    return replace(whole, array=masked(whole.array, settled, body.rank))


def _over_interval(term: Aggregate, domain: Interval, env: Environment) -> Value:
    if term.operation not in ("sum", "integral"):
        return optimum(term, env)
    low, high = env.number(domain.low), env.number(domain.high)
    lead = max(low.lead, high.lead)
    a, b = np.broadcast_arrays(lifted(low.array, 0, lead), lifted(high.array, 0, lead))
    sign = np.where(a > b, -1.0, 1.0)
    return integral(term.binder.name.symbol, np.fmin(a, b), np.fmax(a, b), sign, term.body, env)


def integral(symbol: str, low: Floats, high: Floats, sign: Floats, body: Term, env: Environment) -> Quantity:
    """Integrate the body over an interval."""
    env.meter.mark_approximate()
    body = with_joined_exponentials(body)
    scan = _deepened(quadrature.interval_nodes(low, high, 0)[0], env.depth)
    cuts = kinks(symbol, (body,), scan, env)
    nodes, weights = nodes_between(low, high, cuts, env.resolution)
    nodes, weights = _deepened(nodes, env.depth), _deepened(weights, env.depth)
    weights = weights * lifted(sign, 0, env.depth)[..., None]
    value = env.with_value(symbol, Quantity(nodes), axes=1).number(body)
    array = lifted(value.array, value.rank, max(value.lead, env.depth + 1))
    negligible = weights < 1e-280
    far = np.abs(nodes) > 1e12
    quiet = negligible | far
    mask = quiet.reshape(quiet.shape + (1,) * (array.ndim - quiet.ndim))
    array = np.where(np.isnan(array) & mask, 0.0, array)
    env.meter.allow(array.shape)
    array = np.where(_runs_off(array, weights, env.depth), np.nan, array)
    return reduce.total(Quantity(array, value.rank), env.depth, nodes.shape[env.depth], weights)


def _runs_off(array: Floats, weights: Floats, depth: int) -> NDArray[np.bool_]:
    """Return where an integrand has not died down at its ends: what is equal on both sides would only cancel."""
    shares = np.abs(array * weights.reshape(weights.shape + (1,) * (array.ndim - weights.ndim)))
    ends = np.fmax(np.take(shares, [0], axis=depth), np.take(shares, [-1], axis=depth))
    return np.asarray(ends > AT_ENDS * np.nansum(shares, axis=depth, keepdims=True))


def _deepened(array: Floats, depth: int) -> Floats:
    """Move the last axis to leading axis `depth`."""
    return array.reshape(array.shape[:-1] + (1,) * (depth - (array.ndim - 1)) + array.shape[-1:])


def _mean_under_density(term: Aggregate, space: str, env: Environment) -> Quantity | None:
    """Read the integral of q(x) f(x) as the mean of f under q, where q is a Gaussian or a mixture by formula."""
    from errata.numeric_checks.evaluate.laws import NormalLaw, law_object
    from errata.numeric_checks.evaluate.probability import mean

    if term.operation != "integral" or not isinstance(term.body, Product):
        return None
    name = term.binder.name
    for place, factor in enumerate(term.body.factors):
        if isinstance(factor, Density) and [s.value for s in factor.values] == [name]:
            law = LawReference(factor.law, factor.values, factor.given, factor.parameters)
            rest = Product((*term.body.factors[:place], *term.body.factors[place + 1 :]))
            if isinstance(law_object(law, env), NormalLaw):
                return mean((Draw(name, space, law),), rest, env)
    return None


def integral_over_space(symbol: str, space: Euclidean, body: Term, env: Environment) -> Quantity:
    """Integrate over the line, the part of it that the name is declared in, or the plane."""
    if not space.vector:
        low, high = support(symbol, env.scope)
        return integral(symbol, np.array([low]), np.array([high]), np.ones(1), body, env)
    if space.dimension > 2:
        raise Unanswerable(f"an integral over {space.dimension} dimensions cannot be evaluated")
    env.meter.mark_approximate()
    flat, weights = quadrature.space_nodes(space.dimension, env.resolution)
    shape = (1,) * env.depth
    points = Quantity(flat.reshape((*shape, *flat.shape, 1)), 2)
    value = env.with_value(symbol, points, axes=1).number(body)
    return reduce.total(value, env.depth, len(weights), weights.reshape((*shape, -1)))


def _index_count(term: Aggregate, env: Environment) -> int:
    """Return the range of an index: that of the arrays of the body which it indexes."""
    index = term.binder.name
    counts = set()
    inside = {part.binder.name for part in subterms(term.body) if isinstance(part, Aggregate)}
    for part in subterms(term.body):
        if isinstance(part, Entry):
            array, indices = array_of(part)
            if index in indices and inside.isdisjoint(subterms(array)):
                place = indices.index(index)
                value = env.value(array)
                counts |= _axis_length(env.carried(value) if isinstance(value, PointAt) else value, place)
    if len(counts) > 1:
        raise Unanswerable(f"the index {index.symbol} has ranges that do not agree")
    if counts:
        return counts.pop()
    sort = env.scope.sorts.get(index.symbol)
    if isinstance(sort, Real) and sort.high is not None:
        return int(sort.high)
    raise Unanswerable(f"the range of the index {index.symbol} is not known")


def _axis_length(value: Value, place: int) -> set[int]:
    if isinstance(value, FamilyValue):
        lead = value.array.ndim - value.indices - value.own_rank
        if place < value.indices:
            return {value.array.shape[lead + place] - 2 * value.offset}
        return {value.array.shape[lead + place]}
    if isinstance(value, Quantity) and value.rank == 2:
        if place == 0 and value.shape[0] == 1:
            return {value.shape[1]}
        return {value.shape[place]} if place < 2 else set()
    return set()


def _over_values(term: Aggregate, env: Environment) -> Value:
    sort = env.scope.sorts.get(term.binder.name.symbol)
    if isinstance(sort, Point) and isinstance(env.interpretation.spaces.get(sort.space), FinitePoints):
        points = env.points_axis(sort.space)
        return _reduced(term, points, env.finite(sort.space).count, None, env)
    if term.operation in ("max", "min", "argmax", "argmin"):
        return optimum(term, env)
    if isinstance(sort, Real) and not sort.integer:
        low = -np.inf if sort.low is None else sort.low
        high = np.inf if sort.high is None else sort.high
        return integral(term.binder.name.symbol, np.array([low]), np.array([high]), np.ones(1), term.body, env)
    raise Unanswerable(f"a {term.operation} over all values of {term.binder.name.symbol} cannot be evaluated")
