"""Where an integrand is not smooth: |x - m|, max(0, x), 1[x > t] and cases change there.

A quadrature of high order converges fast on what is smooth only, so an integral is cut at these places. To cut
it elsewhere too does no harm; a place that is missed costs accuracy, which the second resolution notices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from errata.language.definitions import free_symbols, names_behind, substitute
from errata.language.scope import Scope
from errata.language.sorts import RandomVariable
from errata.language.terms import (
    Apply,
    Cases,
    Comparison,
    Conjunction,
    Density,
    Elementary,
    Indicator,
    Name,
    Negative,
    Sum,
    Term,
    subterms,
)
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate import quadrature
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.quantities import Floats, Quantity, lifted

MOST = 4
"""More cuts than this are not made: what oscillates is no integrand with kinks."""
LAYERS = 3
"""How deep definitions are looked through."""
STEPS = 60


def kinks(symbol: str, bodies: Sequence[Term], nodes: Floats, env: Environment) -> Floats | None:
    """Return where one of the bodies is not smooth in a number, between the first and the last of increasing nodes.

    nodes: along the last axis, which is leading axis `env.depth`. The answer has the places there, increasing; where
    there are fewer than elsewhere, the middle node stands for them. None where there is none, or too many.
    """
    found: list[Floats] = []
    for switch in dict.fromkeys(s for body in bodies for s in _switches(symbol, body, env.scope, LAYERS)):
        if _waits_for_others(switch, symbol, env):
            continue
        places = _zeros(symbol, switch, nodes, env)
        if places is not None:
            found.append(places)
    if not found or sum(p.shape[-1] for p in found) > MOST:
        return None
    shape = np.broadcast_shapes(*(p.shape[:-1] for p in found), nodes.shape[:-1])
    together = np.concatenate([np.broadcast_to(p, (*shape, p.shape[-1])) for p in found], axis=-1)
    middle = nodes[..., nodes.shape[-1] // 2, None]
    return np.sort(np.where(np.isnan(together), middle, together), axis=-1)


def nodes_between(low: Floats, high: Floats, cuts: Floats | None, resolution: int) -> tuple[Floats, Floats]:
    """Return nodes and weights along the last axis for an integral from low to high, cut at the places given.

    low, high: without that axis, or with the axes of the cuts.
    """
    if cuts is None:
        return quadrature.interval_nodes(low, high, resolution)
    shape = cuts.shape[:-1]
    ends = [np.broadcast_to(lifted(end, 0, len(shape))[..., None], (*shape, 1)) for end in (low, high)]
    edges = np.concatenate([ends[0], np.clip(cuts, *ends), ends[1]], axis=-1)
    nodes, weights = quadrature.interval_nodes(edges[..., :-1], edges[..., 1:], resolution)
    return nodes.reshape((*shape, -1)), weights.reshape((*shape, -1))


def _switches(symbol: str, body: Term, scope: Scope, layers: int) -> Iterator[Term]:
    """Yield terms at whose zeros the body may have a kink or a jump."""
    for part in subterms(body):
        for switch in _own_switches(part):
            if symbol in names_behind(free_symbols(switch), scope.definitions):
                yield switch
        inside = _looked_through(part, scope) if layers else None
        if inside is not None:
            yield from _switches(symbol, inside, scope, layers - 1)


def _waits_for_others(switch: Term, symbol: str, env: Environment) -> bool:
    """Return whether variables that are still to be averaged over move the place: on average it is smooth there."""
    names = names_behind(free_symbols(switch), env.scope.definitions) - {symbol} - env.bound.keys()
    return any(isinstance(env.scope.sorts.get(name), RandomVariable) for name in names)


def _own_switches(part: Term) -> Iterator[Term]:
    match part:
        case Elementary("abs" | "relu" | "sign", (argument,)):
            yield argument
        case Elementary("max" | "min", (first, *others)):
            yield from (_difference(first, other) for other in others)
        case Indicator(condition):
            yield from _borders(condition)
        case Cases(branches):
            for _, condition in branches:
                yield from _borders(condition)


def _borders(condition: Term) -> Iterator[Term]:
    if isinstance(condition, Conjunction):
        for part in condition.conditions:
            yield from _borders(part)
    elif isinstance(condition, Comparison):
        for left in _alternatives(condition.left):
            yield from (_difference(left, right) for right in _alternatives(condition.right))


def _alternatives(side: Term) -> tuple[Term, ...]:
    """Return a side, and of a largest or smallest also all that it may be: min(x, y) > t has a border at x = t."""
    match side:
        case Elementary("max" | "min", arguments):
            return side, *arguments
    return (side,)


def _difference(left: Term, right: Term) -> Term:
    return Sum((left, Negative(right)))


def _looked_through(part: Term, scope: Scope) -> Term | None:
    """Return what a defined name, function or density is at this place."""
    match part:
        case Name(symbol) if symbol in scope.definitions and not scope.definitions[symbol].parameters:
            return scope.definitions[symbol].body
        case Apply(Name(symbol), arguments) if symbol in scope.definitions:
            defined = scope.definitions[symbol]
            if len(defined.parameters) == len(arguments):
                return substitute(defined.body, dict(zip(defined.parameters, arguments, strict=True)))
        case Density(Name(law), (slot,), given):
            bodies = [d for d in scope.densities if d.law == law and len(d.values) == 1 and len(d.given) == len(given)]
            if len(bodies) == 1:
                conditions = {name: g.value for (_, name), g in zip(bodies[0].given, given, strict=True)}
                return substitute(bodies[0].body, {**conditions, bodies[0].values[0][1]: slot.value})
    return None


def _zeros(symbol: str, switch: Term, nodes: Floats, env: Environment) -> Floats | None:
    """Return the places between nodes where the sign of a term changes; NaN where others have more of them."""
    try:
        values = _along(symbol, switch, nodes, env)
        negative = values < 0
        known = ~np.isnan(values)
        change = (negative[..., 1:] != negative[..., :-1]) & known[..., 1:] & known[..., :-1]
        count = int(change.sum(axis=-1).max(initial=0))
        if not 0 < count <= MOST:
            return None
        before = np.sort(np.where(change, np.arange(change.shape[-1]), change.shape[-1]), axis=-1)[..., :count]
        missing = before == change.shape[-1]
        before = np.where(missing, 0, before)
        grid = np.broadcast_to(nodes, values.shape)
        low, high = (np.take_along_axis(grid, before + k, axis=-1) for k in (0, 1))
        sign = np.take_along_axis(negative, before, axis=-1)
        for _ in range(STEPS):
            middle = 0.5 * (low + high)
            same = (_along(symbol, switch, middle, env) < 0) == sign
            low, high = np.where(same, middle, low), np.where(same, high, middle)
    except Unanswerable:
        return None
    return np.where(missing, np.nan, 0.5 * (low + high))


def _along(symbol: str, term: Term, places: Floats, env: Environment) -> Floats:
    value = env.with_value(symbol, Quantity(places), axes=1).number(term)
    if value.rank:
        raise Unanswerable("an array has no sign")
    array = lifted(value.array, 0, env.depth + 1)
    return np.broadcast_to(array, np.broadcast_shapes(array.shape, places.shape))
