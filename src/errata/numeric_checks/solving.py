"""Conditions that an interpretation must satisfy: equations are solved, inequalities select.

An equation with a name alone on one side becomes a definition of that name. Any other equation is solved for
one number of the interpretation (a name, a shift or a scaling of an array or table) by bracketing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from errata.language.scope import Definition, DensityDefinition, Scope
from errata.language.sorts import Family, Law, Matrix, RandomVariable, Real, Sort, Vector
from errata.language.terms import (
    Apply,
    Comparison,
    Conjunction,
    Density,
    Derivative,
    LawReference,
    Name,
    Term,
    subterms,
)
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.chances import with_chances
from errata.numeric_checks.evaluate.conditions import compare
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.names import as_point
from errata.numeric_checks.family_moments import family_moment
from errata.numeric_checks.functions import TableFunction
from errata.numeric_checks.interpretation import Value
from errata.numeric_checks.margins import with_margins
from errata.numeric_checks.moments import with_moments
from errata.numeric_checks.needs import Needs, find_symbols
from errata.numeric_checks.projection import moves_arrays, project
from errata.numeric_checks.quantities import FamilyValue, Floats, Quantity, agree, aligned, lifted
from errata.numeric_checks.simultaneous import solve_together
from errata.numeric_checks.uncorrelated import with_uncorrelated

GRID = 240
HALVINGS = 60
SOLVED = 1e-7
FADED = 1e-120
"""What is smaller than this beside zeros is on its way to be one of them: e^{-x} for large x is 0 nowhere."""
ENOUGH = 0.3
"""The part of the interpretations that must satisfy equations solved together; the others are not counted."""


# Equations as definitions ----------------------------------------------------------------------------


def with_substitutions(
    assumptions: Sequence[Comparison], scope: Scope, sizes: Sequence[str]
) -> tuple[Scope, tuple[Comparison, ...]]:
    """Turn assumed equations into definitions where one side is a fresh head; return what is left."""
    left: list[Comparison] = []
    for assumption in assumptions:
        grown = None
        if assumption.relation == "=" and family_moment(assumption, scope) is None:
            grown = _as_definition(assumption.left, assumption.right, scope, sizes)
            if grown is None:
                grown = _as_definition(assumption.right, assumption.left, scope, sizes)
        if grown is None:
            left.append(assumption)
        else:
            scope = grown
    return scope, tuple(left)


def _as_definition(head: Term, body: Term, scope: Scope, sizes: Sequence[str]) -> Scope | None:
    match head:
        case Name(symbol) if symbol not in sizes:
            if isinstance(scope.sorts.get(symbol), RandomVariable) or not _fresh(symbol, body, scope):
                return None
            return _defined(scope, Definition(symbol, (), body))
        case Apply(function, arguments, parameters) if not head.order:
            names = [a.symbol for a in (*arguments, *parameters) if isinstance(a, Name)]
            distinct = len(set(names)) == len(arguments) + len(parameters)
            if not distinct or not _fresh(function.symbol, body, scope):
                return None
            return _defined(scope, Definition(function.symbol, tuple(names), body))
        case LawReference(law) | Density(law):
            return _law_definition(law.symbol, head, body, scope)
    return None


def _law_definition(symbol: str, head: LawReference | Density, body: Term, scope: Scope) -> Scope | None:
    if not _fresh(symbol, body, scope) or any(f.law == symbol for f in scope.densities):
        return None
    slots = (*head.values, *head.given)
    if isinstance(body, LawReference) and not head.given and not body.given:
        return _defined(scope, Definition(symbol, (), body))
    variables = [slot.value.symbol for slot in slots if isinstance(slot.value, Name)]
    if isinstance(head, LawReference) or len(set(variables)) != len(slots):
        return None
    if isinstance(body, Density) and not head.given and not body.given and body.values == head.values:
        return _defined(scope, Definition(symbol, (), LawReference(body.law, body.values, (), body.parameters)))
    pairs = [(slot.space, variable) for slot, variable in zip(slots, variables, strict=True)]
    split = len(head.values)
    formula = DensityDefinition(symbol, tuple(pairs[:split]), tuple(pairs[split:]), body)
    return replace(scope, densities=(*scope.densities, formula))


def _fresh(symbol: str, body: Term, scope: Scope) -> bool:
    return symbol not in scope.definitions and symbol not in find_symbols(body, scope)


def _defined(scope: Scope, definition: Definition) -> Scope:
    return replace(scope, definitions={**scope.definitions, definition.symbol: definition})


# Knobs -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Knob:
    """One real number of an interpretation that an equation can be solved for.

    apply: environment and a value (any leading axes, `axes` more than the environment has) to the changed
    environment. neutral: the values now. low, high: the open domain.
    """

    symbol: str
    neutral: Floats
    low: float
    high: float
    apply: Callable[[Environment, Floats, int], Environment]


def knobs(term: Term, env: Environment, needs: Needs, preferred: Sequence[str]) -> Iterator[Knob]:
    """Yield what the equation may be solved for: names, function values, then shifts and scalings."""
    symbols = sorted(find_symbols(term, env.scope) & needs.symbols)
    ordered = [s for s in preferred if s in symbols] + [s for s in symbols if s not in preferred]
    for part in subterms(term):
        if isinstance(part, Apply) and not part.order:
            knob = _entry_knob(part, env)
            if knob is not None and knob.symbol in preferred:
                yield knob
    for symbol in ordered:
        value = env.bound.get(symbol) or env.interpretation.values.get(symbol)
        if symbol in env.interpretation.sizes or symbol in env.scope.definitions:
            continue
        if isinstance(value, Quantity) and value.rank == 0:
            sort = env.scope.sorts.get(symbol)
            bounds = sort if isinstance(sort, Real) else Real()
            if not bounds.integer:
                yield _name_knob(symbol, value, bounds)
    for symbol in ordered:
        value = env.bound.get(symbol) or env.interpretation.values.get(symbol)
        if symbol in env.scope.definitions or isinstance(env.scope.sorts.get(symbol), Law):
            continue
        yield from _array_knobs(symbol, value, env.scope.sorts.get(symbol))


def _name_knob(symbol: str, value: Quantity, bounds: Real) -> Knob:
    low = -np.inf if bounds.low is None else bounds.low
    high = np.inf if bounds.high is None else bounds.high
    return Knob(symbol, value.array, low, high, lambda env, v, axes: env.with_value(symbol, Quantity(v), axes=axes))


def _entry_knob(term: Apply, env: Environment) -> Knob | None:
    """The value of a function's table at one point."""
    symbol = term.function.symbol
    function = env.bound.get(symbol) or env.interpretation.values.get(symbol)
    if not isinstance(function, TableFunction) or symbol in env.scope.definitions or function.rank:
        return None
    if len(term.arguments) != 1:
        return None
    free = [p.symbol for p in subterms(term.arguments[0]) if isinstance(p, Name)]
    if any(f not in env.interpretation.values and f not in env.bound for f in free):
        return None
    point = as_point(env.value(term.arguments[0]), function.spaces[0], env)
    sort = env.scope.sorts.get(symbol)
    bounds = getattr(sort, "value", None)
    bounds = bounds if isinstance(bounds, Real) else Real()
    table = function.table

    def apply(inner: Environment, values: Floats, axes: int) -> Environment:
        lead = inner.depth + axes
        hit = point.index.reshape(point.index.shape + (1,) * (lead + 1 - point.index.ndim)) == np.arange(
            table.shape[-1]
        )
        base = table.reshape(table.shape[:-1] + (1,) * (lead + 1 - table.ndim) + table.shape[-1:])
        moved = np.where(hit, values.reshape(values.shape + (1,) * (lead + 1 - values.ndim)), base)
        return inner.with_value(symbol, TableFunction(moved, function.spaces), axes=axes)

    low = -np.inf if bounds.low is None else bounds.low
    high = np.inf if bounds.high is None else bounds.high
    return Knob(symbol, env.number(term).array, low, high, apply)


def _array_knobs(symbol: str, value: Value | None, sort: Sort | None) -> Iterator[Knob]:
    """Scale, then shift, everything that a symbol stands for, as far as it stays what it was declared to be."""
    array, own = _own_array(value)
    if value is None or array is None:
        return
    neutral = ((np.multiply, 1.0, 0.0), (np.add, 0.0, -np.inf))
    for combine, start, low in neutral[: _movements(sort)]:
        yield Knob(symbol, np.full((1,), start), low, np.inf, _moving(symbol, value, array, own, combine))


def _movements(sort: Sort | None) -> int:
    """Return how an array may be moved: 0 not at all, 1 scaled by positive numbers, 2 shifted too."""
    match sort:
        case Family(element=element):
            return _movements(element)
        case Matrix(properties=properties) if properties:
            return 2 if properties <= {"symmetric"} else int(properties <= _SCALED)
        case Vector(simplex=simplex, one_hot=one_hot) if simplex or one_hot:
            return 0
        case Vector(entries=entries) | Matrix(entries=entries) if entries != Real():
            return int(not entries.integer and entries.high is None and entries.low in (None, 0.0))
    return 2


_SCALED = frozenset(
    ("symmetric", "antisymmetric", "positive definite", "positive semidefinite", "diagonal", "invertible", "full rank")
)


def _own_array(value: Value | None) -> tuple[Floats | None, int]:
    """The numbers that a value is made of and how many own axes they have."""
    match value:
        case Quantity(array, rank) if rank:
            return array, rank
        case FamilyValue(array, indices) if value.space is None:
            return array, indices + value.own_rank
        case TableFunction(table, spaces, rank) if value.target is None and not value.chances:
            return table, len(spaces) + rank
    return None, 0


def _moving(
    symbol: str, value: Value, array: Floats, own: int, combine: Callable[[Floats, Floats], Floats]
) -> Callable[[Environment, Floats, int], Environment]:
    def apply(env: Environment, numbers: Floats, axes: int) -> Environment:
        base = lifted(array, own, max(numbers.ndim, array.ndim - own))
        moved = combine(base, numbers.reshape(numbers.shape + (1,) * own))
        return env.with_value(symbol, _with_array(value, moved), axes=axes)

    return apply


def _with_array(value: Value, array: Floats) -> Value:
    match value:
        case Quantity():
            return Quantity(array, value.rank)
        case FamilyValue():
            return replace(value, array=array)
        case TableFunction():
            return replace(value, table=array)
    return value


# Root finding ----------------------------------------------------------------------------------------


def residual(equation: Comparison, env: Environment) -> tuple[Floats, Floats]:
    """Left minus right, and the scale of the terms; for arrays the entry that is furthest off."""
    left, right = agree([env.number(equation.left), env.number(equation.right)])
    (a, b), (s, t), rank = aligned([left, right])
    gap, scale = a - b, np.fmax(s, t)
    if rank:
        own = tuple(range(-rank, 0))
        gap, scale = np.abs(gap).max(axis=own), scale.max(axis=own)
    return gap, scale


def grid_for(knob: Knob) -> Floats:
    """Trial values over the knob's whole domain, dense near 0 and near finite ends."""
    t = np.linspace(-1.0, 1.0, GRID) * 0.9999
    if np.isfinite(knob.low) and np.isfinite(knob.high):
        return np.asarray(knob.low + (knob.high - knob.low) * (np.tanh(4.0 * t) / np.tanh(4.0) + 1) / 2)
    spread = np.exp(9.0 * t + 0.013)
    if np.isfinite(knob.low):
        return knob.low + spread
    if np.isfinite(knob.high):
        return knob.high - spread[::-1]
    return np.asarray(np.sinh(6.0 * t + 0.0137) * 0.3)


def roots(equation: Comparison, knob: Knob, env: Environment) -> tuple[Floats, bool]:
    """Return all roots found, shape (interpretations, roots) with NaN for none, and whether it holds always."""
    grid = grid_for(knob)
    depth = env.depth
    trial = grid.reshape((1,) * depth + (-1,))

    def gap_at(values: Floats, axes: int) -> Floats:
        gap, scale = residual(equation, knob.apply(env, values, axes))
        gap = np.where(np.abs(gap) <= 1e-13 * scale, 0.0, gap)
        return np.broadcast_to(lifted(gap, 0, depth + axes), np.broadcast_shapes(
            lifted(gap, 0, depth + axes).shape, values.shape))  # fmt: skip

    gaps = gap_at(trial, 1)
    count = env.interpretation.count
    gaps = np.broadcast_to(gaps, (count, *gaps.shape[1:]))
    usable = np.isfinite(gaps) & ~_underflown(gaps)
    always = bool(usable.any() and np.all(np.abs(gaps[usable]) < 1e-12))
    change = (np.sign(gaps[..., :-1]) * np.sign(gaps[..., 1:]) <= 0) & usable[..., :-1] & usable[..., 1:]
    change &= ~((gaps[..., 1:] == 0) & (gaps[..., :-1] != 0))
    most = int(change.sum(axis=-1).max()) if change.size else 0
    if most == 0 or always or depth != 1:
        return np.full((count, 1), np.nan), always
    most = min(most, 8)
    order = np.argsort(~change, axis=-1, kind="stable")[..., :most]
    real = np.take_along_axis(change, order, axis=-1)
    low, high = grid[order], grid[np.minimum(order + 1, GRID - 1)]
    sign_low = np.sign(np.take_along_axis(gaps, order, axis=-1))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        sign = np.sign(gap_at(middle, 1))
        left = sign == sign_low
        exact = sign == 0
        low = np.where(exact | left, middle, low)
        high = np.where(exact | ~left, middle, high)
    middle = (low + high) / 2
    check, scale = residual(equation, knob.apply(env, middle, 1))
    good = real & (np.abs(lifted(check, 0, 2)) <= SOLVED * np.fmax(lifted(scale, 0, 2), 1e-300))
    return np.where(good, middle, np.nan), False


def _underflown(gaps: Floats) -> NDArray[np.bool_]:
    """Return where a gap is 0 only because it is too small for a number: it fades away beside these places."""
    size = np.abs(gaps)
    faded = (size > 0) & (size < FADED)
    while True:
        beside = np.zeros_like(faded)
        beside[..., 1:] |= faded[..., :-1]
        beside[..., :-1] |= faded[..., 1:]
        grown = faded | (beside & ((size == 0) | np.isnan(size)))
        if (grown == faded).all():
            return np.asarray(faded)
        faded = grown


def _varied(equation: Comparison) -> tuple[str, ...]:
    """Return the names by which something is differentiated: a stationary point is one of theirs."""
    variables = [t.variable for t in subterms(equation) if isinstance(t, Derivative)]
    return tuple(dict.fromkeys(p.symbol for v in variables for p in subterms(v) if isinstance(p, Name)))


def solve(equation: Comparison, env: Environment, needs: Needs, avoid: Sequence[str]) -> tuple[Environment, str]:
    """Change the environment so that the equation holds wherever it can; return it and the solved symbol."""
    best: tuple[int, Environment, str] | None = None
    for tried, knob in enumerate(knobs(equation, env, needs, _varied(equation))):
        if knob.symbol in avoid:
            continue
        if tried > 12 or env.meter.out_of_time():
            break
        found, always = roots(equation, knob, env)
        if always:
            return env, ""
        neutral = knob.neutral.reshape(knob.neutral.shape + (1,) * (2 - knob.neutral.ndim))
        distance = np.where(np.isnan(found), np.inf, np.abs(found - neutral))
        nearest = np.take_along_axis(found, distance.argmin(axis=1)[:, None], axis=1)[:, 0]
        solved = int(np.isfinite(nearest).sum())
        if best is None or solved > best[0]:
            best = (solved, knob.apply(env, nearest, 0), knob.symbol)
        if solved >= 0.75 * len(nearest):
            break
    if best is None or not best[0]:
        return env, ""
    return best[1], best[2]


def satisfy(conditions: Sequence[Term], env: Environment, needs: Needs) -> tuple[Environment, Floats]:
    """Solve the equations and return, for every interpretation, whether all conditions hold (1 or 0)."""
    if not conditions:
        return env, np.ones(env.interpretation.count)
    used: list[str] = []
    flat = list(_flattened(conditions))
    env = with_chances(flat, with_margins(flat, env))
    env = with_moments(flat, with_uncorrelated(flat, env), needs.random_variables)
    equations = [condition for condition in flat if condition.relation == "="]
    moved = not all(_holds(e, env) for e in equations) and moves_arrays(equations, env)
    if moved:
        env = project(equations, env)
    if sum(not _holds(e, env) for e in equations) > 1 and not moved:
        together = _together(equations, env, needs)
        moved, env = together is not env, together
    for condition in equations:
        if not _holds(condition, env, most=ENOUGH if moved else 1.0):
            env, symbol = solve(condition, env, needs, used)
            used.append(symbol)
    holds = np.ones(env.interpretation.count)
    for condition in flat:
        holds = holds * truths(condition, env)
    return env, holds


def _together(equations: Sequence[Comparison], env: Environment, needs: Needs) -> Environment:
    """Solve all the equations at once where that gets further than one after the other could."""
    try:
        solved = solve_together(equations, env, needs)
    except Unanswerable:
        return env
    return solved if all(_holds(e, solved, most=ENOUGH) for e in equations) else env


def _holds(equation: Comparison, env: Environment, most: float = 1.0) -> bool:
    """Return whether the equation holds in this part of the interpretations at least."""
    gap, scale = residual(equation, env)
    return bool(np.mean(np.abs(gap) <= SOLVED * np.fmax(scale, 1e-300)) >= most)


def _flattened(conditions: Sequence[Term]) -> Iterator[Comparison]:
    for condition in conditions:
        if isinstance(condition, Conjunction):
            yield from _flattened(condition.conditions)
        elif isinstance(condition, Comparison):
            yield condition


def truths(condition: Comparison, env: Environment) -> Floats:
    """Return 1 where the condition holds and 0 elsewhere, one number an interpretation."""
    left, right = agree([env.number(condition.left), env.number(condition.right)])
    (a, b), (s, t), rank = aligned([left, right])
    scale = np.fmax(s, t)
    if rank:
        scale = scale.max(axis=tuple(range(-rank, 0)), keepdims=True)
    slack = (SOLVED if condition.relation == "=" else 1e-12) * scale
    result = np.nan_to_num(compare(condition.relation, a, b, slack))
    if result.ndim > 1:
        result = result.min(axis=tuple(range(1, result.ndim)))
    return np.broadcast_to(result, (env.interpretation.count,))


def in_their_sorts(symbols: Sequence[str], env: Environment) -> Floats:
    """Return 1 where every defined number lies in its declared interval."""
    holds = np.ones(env.interpretation.count)
    for symbol in symbols:
        sort = env.scope.sorts.get(symbol)
        if not isinstance(sort, Real) or sort == Real():
            continue
        q = env.number(Name(symbol))
        if q.rank or q.lead > 1:
            continue
        x = q.array
        good = np.isfinite(x)
        if sort.low is not None:
            good &= (x > sort.low) if sort.low_open else (x >= sort.low)
        if sort.high is not None:
            good &= (x < sort.high) if sort.high_open else (x <= sort.high)
        if sort.integer:
            good &= np.abs(x - np.rint(x)) < 1e-9
        if sort.nonzero:
            good &= x != 0
        holds = holds * np.broadcast_to(good, holds.shape)
    return holds
