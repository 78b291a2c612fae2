"""Means over families of random variables X_1, ..., X_n: finitely many outcomes for all members together.

Families that nothing is said of share one joint law with any dependence between all members. A family that is
said to be independent of others has outcomes of its own; where its members are independent of each other too,
every member has its own few values, and the outcomes are all combinations. Said means and variances are met by
moving and scaling each member's values. Single variables that are independent of the families are averaged within.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from errata.language.definitions import free_symbols
from errata.language.scope import IdenticallyDistributed, Independent, IndependentMembers, Scope, UncorrelatedMembers
from errata.language.sorts import EuclideanSpace, Family, RandomVariable, Real
from errata.language.terms import Aggregate, Entry, Name, StandardLaw, Term, subterms
from errata.numeric_checks.budget import NO_POLYNOMIAL, Unanswerable
from errata.numeric_checks.evaluate import reduce
from errata.numeric_checks.evaluate.covariances import with_covariances
from errata.numeric_checks.evaluate.degrees import degree_in
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.gauss_rules import EXACT_DEGREE, gauss_rule, has_rule
from errata.numeric_checks.family_moments import family_moment, is_random_family, says_more
from errata.numeric_checks.quantities import FamilyValue, Floats, Integers, Quantity, gather
from errata.numeric_checks.sizes import length

JOINT_OUTCOMES = 14
"""Outcomes of families that depend on each other in any way."""
MOST_OUTCOMES = 4096
BEYOND = 2
"""Members past the largest size of a family whose size is not said."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """An environment in which every member has its values, and the leading axes that carry them."""

    env: Environment
    axes: tuple[tuple[int, int, Floats], ...]
    by_rule: frozenset[str] = frozenset()
    """Families whose values stand for a law of more values: means of polynomials alone are exact."""

    def mean(self, body: Term, within: Callable[[Environment], Quantity] | None = None) -> Quantity:
        """Average the body over all outcomes; `within` gives its value in each, where more than these is random."""
        degree = degree_in(body, self.by_rule, self.env.scope) if self.by_rule else 0
        if degree is None or degree > EXACT_DEGREE:
            raise Unanswerable(NO_POLYNOMIAL)
        value = within(self.env) if within else self.env.number(body)
        for depth, count, weights in reversed(self.axes):
            value = reduce.total(value, depth, count, weights)
        return value


@dataclass(frozen=True, eq=False)
class _Members:
    """Values of the members of one family: leading axes, outcomes, one axis an index, then the member's own."""

    values: Floats
    weights: Floats
    indices: int
    own_rank: int = 0

    def family(self, depth: int) -> FamilyValue:
        """Return the family with its outcomes at leading axis `depth`."""
        shape = self.values.shape
        lead = len(shape) - self.indices - self.own_rank
        array = self.values.reshape(shape[: lead - 1] + (1,) * (depth + 1 - lead) + shape[lead - 1 :])
        return FamilyValue(array, self.indices, 0, None, self.own_rank)


def random_families(terms: Sequence[Term], env: Environment) -> tuple[str, ...]:
    """Return the families of random variables that occur in the terms, definitions followed, sorted."""
    found: set[str] = set()
    for term in followed(terms, env.scope):
        for part in subterms(term):
            if isinstance(part, Name) and is_random_family(part.symbol, env.scope):
                found.add(part.symbol)
    return tuple(sorted(found))


def followed(terms: Sequence[Term], scope: Scope) -> list[Term]:
    """Return the terms and the bodies of all definitions that they rest on."""
    found: list[Term] = []
    waiting, seen = list(terms), set[str]()
    while waiting:
        term = waiting.pop()
        found.append(term)
        for symbol in sorted({t.symbol for t in subterms(term) if isinstance(t, Name)} - seen):
            seen.add(symbol)
            if symbol in scope.definitions:
                waiting.append(scope.definitions[symbol].body)
    return found


def outcomes(terms: Sequence[Term], env: Environment) -> Outcomes | None:
    """Return the outcomes of the random families in the terms, None where there are none."""
    families = random_families(terms, env)
    if not families:
        return None
    bodies = followed(terms, env.scope)
    if not _beside(families, bodies, env.scope):
        raise Unanswerable("how a variable and a family depend on each other is not said")
    apart = _apart(families, env.scope)
    inner = env
    axes: list[tuple[int, int, Floats]] = []
    together = [f for f in families if f not in apart]
    if together:
        depth = inner.depth
        for symbol in together:
            members = _joint(symbol, env)
            inner = inner.with_value(symbol, members.family(depth))
            weights = members.weights
        inner = inner.deeper()
        axes.append((depth, JOINT_OUTCOMES, _deep(weights, depth)))
    for symbol in apart:
        depth = inner.depth
        members = _independent(symbol, bodies, env) if _members_independent(symbol, env.scope) else _joint(symbol, env)
        count = members.weights.shape[-1]
        env.meter.allow((members.values.shape[0], *(c for _, c, _ in axes), count))
        inner = inner.with_value(symbol, members.family(depth), axes=1)
        axes.append((depth, count, _deep(members.weights, depth)))
    return Outcomes(inner, tuple(axes), frozenset(f for f in apart if _by_rule(f, env.scope)))


# What the scope says ---------------------------------------------------------------------------------


def _beside(families: Sequence[str], bodies: Sequence[Term], scope: Scope) -> bool:
    """Whether every single random variable of the bodies is said to be independent of every family."""
    names = {t.symbol for body in bodies for t in subterms(body) if isinstance(t, Name)}
    single = [n for n in names if isinstance(scope.sorts.get(n), RandomVariable) and n not in scope.definitions]
    facts = [set(f.names) for f in scope.facts if isinstance(f, Independent) and f.law is None]
    return all(any({name, family} <= fact for fact in facts) for name in single for family in families)


def _between_families(scope: Scope) -> list[Independent]:
    """Return what is said of how families depend on each other, and their members."""
    told = [f for f in scope.facts if isinstance(f, Independent) and f.law is None]
    return [f for f in told if f.members or sum(is_random_family(name, scope) for name in f.names) > 1]


def _apart(families: Sequence[str], scope: Scope) -> list[str]:
    """Return the families that have outcomes of their own; all others share theirs."""
    for fact in scope.facts:
        if isinstance(fact, IndependentMembers) and set(fact.names) <= set(families):
            raise Unanswerable(f"how members of {' and '.join(fact.names)} depend on each other is not said")
    facts = _between_families(scope)
    named = [f for f in families if any(f in fact.names for fact in facts)]
    for symbol in named:
        for other in families:
            if other != symbol and not any({symbol, other} <= set(fact.names) for fact in facts):
                raise Unanswerable(f"how {symbol} and {other} depend on each other is not said")
    return named


def _members_independent(symbol: str, scope: Scope) -> bool:
    return any(isinstance(f, Independent) and symbol in f.members for f in scope.facts)


def _by_rule(symbol: str, scope: Scope) -> bool:
    sort = scope.sorts[symbol]
    element = sort.element if isinstance(sort, Family) else None
    return isinstance(element, RandomVariable) and isinstance(element.law, StandardLaw) and has_rule(element.law.kind)


def _identical(symbol: str, scope: Scope) -> bool:
    return any(isinstance(f, IdenticallyDistributed) and symbol in f.names for f in scope.facts)


def _said(symbol: str, kind: str, shape: tuple[int, ...], env: Environment) -> Floats | None:
    """Return the mean or variance that is said of the members, (interpretations or 1, members...)."""
    for condition in env.scope.assumptions:
        found = family_moment(condition, env.scope)
        if found is None or found[0] != symbol or found[2] != kind:
            continue
        rows = []
        for places in np.ndindex(shape):
            here = env
            for name, place in zip(found[1], places, strict=True):
                here = here.with_value(name, Quantity(np.full((1,), float(place + 1))))
            q = here.number(found[3])
            if q.rank or q.lead > 1:
                raise Unanswerable(f"what is said of the {kind} of {symbol} is not interpreted")
            rows.append(q.array)
        table = np.stack(np.broadcast_arrays(*rows), axis=-1)
        return table.reshape(table.shape[:1] + shape)
    return None


def _shape(symbol: str, env: Environment) -> tuple[int, ...]:
    sort = env.scope.sorts[symbol]
    assert isinstance(sort, Family)
    sizes = env.interpretation.sizes
    generic = max([*sizes.values(), 2]) + 1 + BEYOND
    return tuple(generic if n is None else length(n, sizes) for n in sort.sizes)


def _element(symbol: str, env: Environment) -> RandomVariable:
    sort = env.scope.sorts[symbol]
    assert isinstance(sort, Family) and isinstance(sort.element, RandomVariable)
    return sort.element


# Values ----------------------------------------------------------------------------------------------


def _rng(symbol: str, env: Environment) -> np.random.Generator:
    return np.random.default_rng([env.interpretation.seed, zlib.crc32(symbol.encode()), 3])


def _joint(symbol: str, env: Environment) -> _Members:
    """Draw the members' values in every outcome freely."""
    shape, element = _shape(symbol, env), _element(symbol, env)
    kind = env.scope.spaces.get(element.space)
    own = (length(kind.size, env.interpretation.sizes), 1) if _is_vector(kind) else ()  # type: ignore[union-attr, arg-type]
    if element.law is not None:
        raise Unanswerable(f"how the members of {symbol} depend on each other is not said")
    _refuse_more(symbol, env.scope)
    count = env.interpretation.count
    shared = symbol if any(symbol in f.names for f in _between_families(env.scope)) else ""
    weights = np.exp(_rng(shared + "weights", env).normal(0.0, 0.6, (count, JOINT_OUTCOMES)))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    values = _numbers(element.values, _rng(symbol, env), (count, JOINT_OUTCOMES, *shape, *own))
    if any(isinstance(f, UncorrelatedMembers) and f.family == symbol for f in env.scope.facts):
        if own or len(shape) > 1:
            raise Unanswerable(f"what is said of the covariances of {symbol} is not interpreted")
        values = _uncorrelated(values, weights)
    mean, variance = _said(symbol, "mean", shape, env), _said(symbol, "variance", shape, env)
    products, covariances = (_said(symbol, kind, (*shape, *shape), env) for kind in ("product", "covariance"))
    said = [moment is not None for moment in (mean, variance, products, covariances)]
    if not any(said):
        return _Members(values, weights, len(shape), len(own))
    if own or len(shape) > 1 or sum(said[1:]) > 1:
        raise Unanswerable(f"what is said of the moments of {symbol} is not interpreted")
    if products is not None or covariances is not None:
        return _Members(with_covariances(values, weights, mean, products, covariances), weights, 1)
    return _Members(_with_moments(values, weights[..., None], 1, mean, variance), weights, 1)


def _independent(symbol: str, bodies: Sequence[Term], env: Environment) -> _Members:
    """Draw a few values for each member, and combine them in all ways.

    An index that is the same at every place of the body, and not bound there, picks its members beforehand.
    """
    shape, element = _shape(symbol, env), _element(symbol, env)
    _refuse_more(symbol, env.scope)
    if any(_said(symbol, kind, (*shape, *shape), env) is not None for kind in ("product", "covariance")):
        raise Unanswerable(f"what is said of the products of members of {symbol}, which are independent")
    points, weights = _marginals(symbol, element, shape, env)
    fixed = _fixed_indices(symbol, bodies, len(shape))
    lead = 1
    for axis, index in reversed(list(enumerate(fixed))):
        if index is None:
            continue
        place = _place(index, env)
        lead = max(lead, place.ndim)
        points, weights = (_picked(a, place, axis, len(shape) + 1) for a in (points, weights))
    free = tuple(1 if index is not None else n for n, index in zip(shape, fixed, strict=True))
    points, weights = (a.reshape((*a.shape[: a.ndim - len(shape) - 1], -1, a.shape[-1])) for a in (points, weights))
    members, values = points.shape[-2:]
    if values**members > MOST_OUTCOMES:
        raise Unanswerable(f"{members} independent members are too many to combine")
    choice = np.indices((values,) * members).reshape(members, -1)
    rows = np.arange(members)[:, None]
    chosen = points[..., rows, choice]
    chance = weights[..., rows, choice].prod(axis=-2)
    chosen = np.moveaxis(chosen, -1, -2)
    chosen = chosen.reshape((*chosen.shape[:-1], *free))
    whole = (*chosen.shape[: chosen.ndim - len(shape)], *shape)
    return _Members(np.broadcast_to(chosen, whole), chance, len(shape))


def _refuse_more(symbol: str, scope: Scope) -> None:
    if any(says_more(condition, symbol, scope) for condition in scope.assumptions):
        raise Unanswerable(f"what is said of the moments of {symbol} is not interpreted")


def _marginals(symbol: str, element: RandomVariable, shape: tuple[int, ...], env: Environment) -> tuple[Floats, Floats]:
    """Return each member's values and their weights: (interpretations, members..., values)."""
    count = env.interpretation.count
    if _is_vector(env.scope.spaces.get(element.space)):
        raise Unanswerable("independent random vectors in a family are not interpreted")
    rng = _rng(symbol, env)
    if isinstance(element.law, StandardLaw):
        return _standard_marginals(element.law, shape, env)
    if element.law is not None:
        raise Unanswerable(f"the law of the members of {symbol} is not interpreted")
    values = 3 if int(np.prod(shape)) <= 5 else 2
    own = (1,) * len(shape) if _identical(symbol, env.scope) else shape
    points = _numbers(element.values, rng, (count, *own, values))
    weights = np.exp(rng.normal(0.0, 0.6, (count, *own, values)))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    points, weights = (np.broadcast_to(a, (count, *shape, values)) for a in (points, weights))
    mean, variance = _said(symbol, "mean", shape, env), _said(symbol, "variance", shape, env)
    if mean is None and variance is None:
        return points, weights
    return _with_moments(points, weights, -1, mean, variance), weights


def _standard_marginals(law: StandardLaw, shape: tuple[int, ...], env: Environment) -> tuple[Floats, Floats]:
    parameters = [env.number(p) for p in law.parameters]
    if any(q.rank or q.lead > 1 for q in parameters):
        raise Unanswerable(f"the {law.kind} law of a family is not interpreted")
    arrays = [np.broadcast_to(q.array, (env.interpretation.count,))[:, None] for q in parameters]
    match law.kind, arrays:
        case "bernoulli", [p]:
            p = np.where((p < 0) | (p > 1), np.nan, p)
            weights = np.concatenate([1 - p, p], axis=-1)
            points = np.broadcast_to(np.array([0.0, 1.0]), weights.shape)
        case "discrete", _:
            points, weights = (np.concatenate(arrays[place::2], axis=-1) for place in (0, 1))
            whole = (weights >= 0).all(axis=-1) & (np.abs(weights.sum(axis=-1) - 1) < 1e-9)
            weights = np.where(whole[..., None], weights, np.nan)
        case kind, _ if has_rule(kind):
            points, weights = gauss_rule(kind, [a[:, 0] for a in arrays])
        case _:
            raise Unanswerable(f"the {law.kind} law of a family is not interpreted")
    whole = (weights.shape[0], *shape, weights.shape[-1])
    middle = (slice(None), *(None,) * len(shape), slice(None))
    return np.broadcast_to(points[middle], whole), np.broadcast_to(weights[middle], whole)


def _numbers(values: Real, rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    from errata.numeric_checks.draw import draw_real

    return draw_real(values, rng, shape, np.zeros(shape[0]))


def _uncorrelated(values: Floats, weights: Floats) -> Floats:
    """Mix the members' values (interpretations, outcomes, members) until no two have a covariance."""
    if values.shape[-1] >= values.shape[-2]:
        raise Unanswerable(f"{values.shape[-1]} uncorrelated members are too many for so few outcomes")
    share = weights[..., None] / weights[..., None].sum(axis=-2, keepdims=True)
    center = (share * values).sum(axis=-2, keepdims=True)
    gaps = values - center
    covariance = np.swapaxes(share * gaps, -1, -2) @ gaps
    spread = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))[..., None, :]
    root = np.linalg.cholesky(covariance)
    return np.asarray(center + np.swapaxes(np.linalg.solve(root, np.swapaxes(gaps, -1, -2)), -1, -2) * spread)


def _with_moments(values: Floats, weights: Floats, axis: int, mean: Floats | None, variance: Floats | None) -> Floats:
    """Move and scale each member's values along an axis of outcomes to the mean and variance said."""
    share = weights / weights.sum(axis=axis, keepdims=True)
    center = (share * values).sum(axis=axis, keepdims=True)
    gaps = values - center
    if variance is not None:
        now = (share * gaps**2).sum(axis=axis, keepdims=True)
        wanted = np.expand_dims(variance, axis)
        gaps = gaps * np.sqrt(np.where(wanted >= 0, wanted, np.nan) / now)
    return np.asarray(gaps + (center if mean is None else np.expand_dims(mean, axis)))


def _is_vector(kind: object) -> bool:
    return isinstance(kind, EuclideanSpace) and kind.size is not None


# Indices ---------------------------------------------------------------------------------------------


def _fixed_indices(symbol: str, bodies: Sequence[Term], count: int) -> list[Term | None]:
    """Return, for each place of an index, the one term that stands there everywhere and rests on nothing bound."""
    bound = {t.binder.name.symbol for b in bodies for t in subterms(b) if isinstance(t, Aggregate)}
    uses = [t.indices for b in bodies for t in subterms(b) if isinstance(t, Entry) and t.array == Name(symbol)]
    names = sum(t == Name(symbol) for b in bodies for t in subterms(b))
    if names != len(uses) or any(len(use) != count for use in uses):
        return [None] * count
    found: list[Term | None] = []
    for place in range(count):
        terms = {use[place] for use in uses}
        term = terms.pop() if len(terms) == 1 else None
        found.append(None if term is None or free_symbols(term) & bound else term)
    return found


def _place(index: Term, env: Environment) -> Integers:
    q = env.number(index)
    if q.rank:
        raise Unanswerable("an index is a vector")
    return np.rint(q.array).astype(np.int64) - 1


def _picked(array: Floats, place: Integers, axis: int, own: int) -> Floats:
    """Take one member along an index axis; the axis stays, of length 1."""
    lead = max(array.ndim - own, place.ndim)
    first = np.moveaxis(array, array.ndim - own + axis, array.ndim - own)
    found, inside = gather(first, 1, [place], lead, own - 1)
    mask = inside.reshape(inside.shape + (1,) * (own - 1))
    found = np.where(mask, found, np.nan)
    return np.moveaxis(np.expand_dims(found, lead), lead, lead + axis)


# Leading axes ----------------------------------------------------------------------------------------


def _deep(weights: Floats, depth: int) -> Floats:
    """Put the last axis, of outcomes, at leading axis `depth`."""
    return weights.reshape(weights.shape[:-1] + (1,) * (depth + 1 - weights.ndim) + weights.shape[-1:])
