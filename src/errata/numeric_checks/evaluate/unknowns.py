"""What an extremum is sought over, as a map from free real coordinates: numbers, columns, functions, laws.

A closed end is reached at finite coordinates, as by a + u^2, so that what is attained there is a stationary point of
the coordinates; an open end lies at infinity. Conditions are met by Newton's method: the coordinates are moved onto the
nearest place, roughly, where all of them hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from errata.language.definitions import free_symbols
from errata.language.sorts import Family, Function, Law, Point, Real, Vector
from errata.language.terms import (
    Aggregate,
    Comparison,
    Conjunction,
    Density,
    Functional,
    Interval,
    LawReference,
    Laws,
    MatrixOperation,
    Name,
    Number,
    Power,
    Product,
    Simplex,
    Term,
    Where,
    children,
    subterms,
)
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import law_axes
from errata.numeric_checks.functions import TableFunction
from errata.numeric_checks.interpretation import Axis, FinitePoints, TableLaw, Value
from errata.numeric_checks.quantities import FamilyValue, Floats, Quantity, lifted
from errata.numeric_checks.sizes import length

NEWTON_STEPS = 40
MET, KEPT = 1e-13, 1e-9
"""How far a condition may stay from being met for Newton's method to stop, and for a place to count."""
STEP = 1e-6
EDGE = 1e-6
AT_END = 1e-4
_HALF_LINE = 1e6
"""Of a half line the coordinate 0 alone is the end, and of this no other multiple is near."""


@dataclass(frozen=True, eq=False)
class Unknown:
    """coordinates: how many free reals; places: what they stand for, as numbers; wrap: these numbers as a value.

    open: what is sought may lie at infinity, where it is not attained. quarter: coordinates next to a multiple of
    this stand for a closed end (None: there is none).
    """

    coordinates: int
    places: Callable[[Floats], Floats]
    wrap: Callable[[Floats], Value]
    open: bool = False
    quarter: float | None = None

    def at_ends(self, u: Floats) -> Floats:
        """Return the coordinates, those next to a closed end moved there."""
        if self.quarter is None:
            return u
        end = np.rint(u / self.quarter) * self.quarter
        return np.where(np.abs(u - end) < AT_END, end, u)

    def build(self, u: Floats) -> Value:
        """Return the value at these coordinates (leading axes..., coordinates)."""
        return self.wrap(self.places(u))


@dataclass(frozen=True, eq=False)
class Search:
    """unknowns: what is sought, by symbol. body: what is to be greatest. conditions: what must hold of them.

    flat: where the conditions are linear equations, a place that meets them and the directions along which they stay
    met (leading axes..., coordinates; leading axes..., coordinates, directions).
    """

    unknowns: Mapping[str, Unknown]
    body: Term
    conditions: tuple[Comparison, ...] = ()
    flat: tuple[Floats, Floats] | None = None

    @property
    def coordinates(self) -> int:
        """How many free reals there are in all."""
        return self.raw if self.flat is None else self.flat[1].shape[-1]

    @property
    def raw(self) -> int:
        """How many reals the unknowns are built of."""
        return sum(unknown.coordinates for unknown in self.unknowns.values())

    @property
    def open(self) -> bool:
        """Whether what is sought may lie at infinity."""
        return any(unknown.open for unknown in self.unknowns.values())

    def bound(self, u: Floats, env: Environment, axes: int) -> Environment:
        """Bind the unknowns to what the coordinates (leading axes..., coordinates) stand for."""
        start = 0
        for place, (symbol, unknown) in enumerate(self.unknowns.items()):
            part = u[..., start : start + unknown.coordinates]
            env = env.with_value(symbol, unknown.build(part), axes=0 if place else axes)
            start += unknown.coordinates
        return env

    def at_ends(self, u: Floats) -> Floats:
        """Return the coordinates, those next to a closed end moved there."""
        if self.flat is not None:
            return u
        parts, start = [], 0
        for unknown in self.unknowns.values():
            parts.append(unknown.at_ends(u[..., start : start + unknown.coordinates]))
            start += unknown.coordinates
        return np.concatenate(parts, axis=-1)

    def places(self, u: Floats) -> Floats:
        """Return all numbers that the coordinates stand for, one after the other."""
        parts, start = [], 0
        for unknown in self.unknowns.values():
            part = unknown.places(u[..., start : start + unknown.coordinates])
            parts.append(part.reshape((*part.shape[: u.ndim - 1], -1)))
            start += unknown.coordinates
        return np.concatenate(parts, axis=-1)


def search_of(term: Aggregate, env: Environment) -> Search:
    """Return what an extremum asks for; those nested in it under one condition are sought together."""
    innermost: Term = term
    nested: list[Aggregate] = []
    while isinstance(innermost, Aggregate) and innermost.operation == term.operation:
        nested.append(innermost)
        innermost = innermost.body
    if not isinstance(innermost, Where):
        return Search({term.binder.name.symbol: unknown_of(term, env)}, term.body)
    unknowns = {each.binder.name.symbol: unknown_of(each, env) for each in nested}
    condition = innermost.condition
    parts = condition.conditions if isinstance(condition, Conjunction) else (condition,)
    if len(nested) == len(parts) == 1 and isinstance(parts[0], Comparison):
        ((symbol, unknown),) = unknowns.items()
        round_one = within_norm(symbol, unknown, env.scope.sorts.get(symbol), parts[0], env)
        if round_one is not None:
            return Search({symbol: round_one}, innermost.body)
    known = tuple(part for part in parts if isinstance(part, Comparison) and part.relation in _SIGNS)
    if len(known) < len(parts):
        raise Unanswerable("an extremum under a condition that is no equation or inequality")
    search = Search(unknowns, innermost.body, known)
    return replace(search, flat=_flat(search, env))


_Map = Callable[[Floats, Floats], Floats]


def within_norm(symbol: str, plain: Unknown, sort: object, condition: Comparison, env: Environment) -> Unknown | None:
    """Return the sphere or ball that a bound on a norm tells, the name's own sort given; None for other conditions."""
    known = _bounded_norm(symbol, condition)
    entries = sort.entries if isinstance(sort, Vector) and not sort.simplex else None
    if known is None or entries != Real() or condition.relation not in ("=", "<=", ">="):
        return None
    kind, squared, bound = known
    onto = _NORMS.get((kind, condition.relation == "="))
    radius = env.number(bound)
    if onto is None or radius.rank:
        return None
    size = lifted(radius.array, 0, env.depth)
    with np.errstate(invalid="ignore"):
        size = np.where(size < 0, np.nan, np.sqrt(size) if squared else size)

    def places(u: Floats) -> Floats:
        return onto(u, lifted(size, 0, u.ndim - 1)[..., None])

    doubled = 2 if kind == "1" else 1
    quarter = {"1": _HALF_LINE, "\\infty": np.pi / 2}.get(kind)
    return Unknown(doubled * plain.coordinates, places, plain.wrap, quarter=quarter)


def _bounded_norm(symbol: str, condition: Comparison) -> tuple[str, bool, Term] | None:
    """Return the norm's kind, whether it stands squared, and its bound; None where this is no bound on a norm alone."""
    measured, bound = condition.left, condition.right
    if condition.relation == ">=":
        measured, bound = bound, measured
    if symbol in free_symbols(bound):
        return None
    match measured:
        case MatrixOperation("norm" | "squared_norm" as operation, (Name(name),), kind) if name == symbol:
            return ("" if kind == "2" else kind), operation == "squared_norm", bound
        case Power(MatrixOperation("norm", (Name(name),), kind), Number(value)) if name == symbol and value == 2:
            return ("" if kind == "2" else kind), True, bound
        case Product((MatrixOperation("transpose", (Name(one),)), Name(other))) if one == other == symbol:
            return "", True, bound
        case MatrixOperation("dot", (Name(one), Name(other))) if one == other == symbol:
            return "", True, bound
    return None


def _sphere(u: Floats, radius: Floats) -> Floats:
    return np.asarray(radius * u / np.sqrt((u * u).sum(axis=-1, keepdims=True)))


def _ball(u: Floats, radius: Floats) -> Floats:
    return np.asarray(radius * 2 * u / (1 + (u * u).sum(axis=-1, keepdims=True)))


def _cross_polytope(u: Floats, radius: Floats) -> Floats:
    """Columns of moduli that add up to the radius; a difference of two parts, so that each sign can be had."""
    half = u.shape[-1] // 2
    squares = u * u / (u * u).sum(axis=-1, keepdims=True)
    return np.asarray(radius * (squares[..., :half] - squares[..., half:]))


def _cube(u: Floats, radius: Floats) -> Floats:
    return np.asarray(radius * np.sin(u))


_NORMS: Mapping[tuple[str, bool], _Map] = {
    ("", True): _sphere,
    ("", False): _ball,
    ("1", False): _cross_polytope,
    ("\\infty", False): _cube,
}


# Conditions ------------------------------------------------------------------------------------------

_SIGNS = {"=": 0.0, "<=": 1.0, "<": 1.0, ">=": -1.0, ">": -1.0}


def projected(search: Search, u: Floats, env: Environment) -> Floats:
    """Move coordinates (leading axes..., coordinates) to where the conditions hold; NaN where that fails."""
    if not search.conditions:
        return u
    lead = u.ndim - 1
    if search.flat is not None:
        place, directions = (lifted(part, rank, lead) for rank, part in zip((1, 2), search.flat, strict=True))
        return place + (directions @ u[..., None])[..., 0]
    for _ in range(NEWTON_STEPS):
        env.meter.allow_search()
        amount = _residuals(search, u, env, lead)
        if not np.any(np.abs(amount) > MET):
            break
        slopes = np.where(amount[..., None, :] == 0.0, 0.0, _slopes(search, u, env))
        gram = np.swapaxes(slopes, -1, -2) @ slopes
        size = np.trace(gram, axis1=-2, axis2=-1)[..., None, None]
        gram = gram + (1e-12 * size + 1e-30) * np.eye(gram.shape[-1])
        step = (slopes @ np.linalg.solve(gram, np.nan_to_num(amount)[..., None]))[..., 0]
        longest = np.abs(step).max(axis=-1, keepdims=True)
        u = u - step * np.minimum(1.0, 3.0 / np.maximum(longest, 1e-30))
    left = np.abs(_residuals(search, u, env, lead)).max(axis=-1)
    return np.where((left <= KEPT)[..., None], u, np.nan)


def _slopes(search: Search, u: Floats, env: Environment) -> Floats:
    """Return how the conditions change with the coordinates, at the middle of a stencil for all of it."""
    count, lead = u.shape[-1], u.ndim - 1
    offsets = STEP * np.concatenate([np.eye(count), -np.eye(count)])
    middle = u.mean(axis=-2, keepdims=True)[..., None, :] + offsets
    values = _gaps(search, middle, env, lead + 1)
    return np.nan_to_num((values[..., :count, :] - values[..., count:, :]) / (2 * STEP))


def _flat(search: Search, env: Environment) -> tuple[Floats, Floats] | None:
    """Return a place and the directions of the solutions of linear equations; None where the conditions are others."""
    count = search.raw
    free = all(unknown.open and unknown.quarter is None for unknown in search.unknowns.values())
    if not free or count > MOST_RAW or any(condition.relation != "=" for condition in search.conditions):
        return None
    tried = np.concatenate([np.zeros((1, count)), np.eye(count), FAR_POINTS[:, :count]])
    values = _gaps(search, tried.reshape((1,) * env.depth + (1, *tried.shape)), env, env.depth + 2)[..., 0, :, :]
    start, rows = values[..., 0, :], values[..., 1 : count + 1, :] - values[..., :1, :]
    told = start[..., None, :] + FAR_POINTS[:, :count] @ rows
    equations = start.shape[-1]
    size = np.abs(values).max(axis=(-1, -2), keepdims=True)
    if equations >= count or not (np.abs(told - values[..., count + 1 :, :]) <= 1e-9 * (1 + size)).all():
        return None
    matrix = np.swapaxes(rows, -1, -2)
    place = -(np.linalg.pinv(matrix) @ start[..., None])[..., 0]
    met = np.abs((matrix @ place[..., None])[..., 0] + start).max(axis=-1) <= KEPT * (1 + np.abs(start).max(axis=-1))
    directions = np.swapaxes(np.linalg.svd(matrix)[2], -1, -2)[..., equations:]
    return np.where(met[..., None], place, np.nan), directions


MOST_RAW = 12
FAR_POINTS = np.random.default_rng(7).normal(0.0, 2.0, (3, MOST_RAW))


def at_strict_edge(search: Search, u: Floats, env: Environment) -> Floats:
    """Return 1 where a strict inequality holds only just: there the extremum is not attained."""
    inner = search.bound(u, env, u.ndim - env.depth - 1)
    edge = np.zeros(u.shape[:-1])
    for condition in search.conditions:
        if condition.relation in ("<", ">"):
            gap = _gap(condition, inner, u.ndim - 1)
            edge = np.fmax(edge, (np.abs(gap) < EDGE).any(axis=-1))
    return edge


def _residuals(search: Search, u: Floats, env: Environment, lead: int) -> Floats:
    """By how much each condition fails, 0 where it holds; shape (leading axes..., conditions)."""
    inner = search.bound(u, env, lead - env.depth)
    gaps = [(_SIGNS[condition.relation], _gap(condition, inner, lead)) for condition in search.conditions]
    return _side_by_side([gap if sign == 0.0 else sign * np.maximum(sign * gap, 0.0) for sign, gap in gaps], u)


def _gaps(search: Search, u: Floats, env: Environment, lead: int) -> Floats:
    """The difference of the sides of each condition; shape (leading axes..., conditions)."""
    inner = search.bound(u, env, lead - env.depth)
    return _side_by_side([_gap(condition, inner, lead) for condition in search.conditions], u)


def _side_by_side(parts: list[Floats], u: Floats) -> Floats:
    wide = np.broadcast_shapes(*(part.shape[:-1] for part in parts), u.shape[:-1])
    return np.concatenate([np.broadcast_to(part, (*wide, part.shape[-1])) for part in parts], axis=-1)


def _gap(condition: Comparison, env: Environment, lead: int) -> Floats:
    left, right = env.number(condition.left), env.number(condition.right)
    rank = max(left.rank, right.rank)
    ends = [lifted(side.array, side.rank, lead, rank) for side in (left, right)]
    gap = ends[0] - ends[1]
    return gap.reshape((*gap.shape[:lead], -1))


# Unknowns --------------------------------------------------------------------------------------------


def into_interval(u: Floats, sort: Real) -> Floats:
    """Map free reals into the inside of the sort's interval."""
    if sort.low is not None and sort.high is not None:
        return sort.low + (sort.high - sort.low) / (1.0 + np.exp(-u))
    if sort.low is not None:
        return sort.low + np.exp(np.minimum(u, 500.0))
    if sort.high is not None:
        return sort.high - np.exp(np.minimum(-u, 500.0))
    return u


def onto_interval(u: Floats, low: Floats, high: Floats, closed: tuple[bool, bool]) -> Floats:
    """Map free reals onto the interval; a closed end is reached, an open one only approached."""
    if np.isfinite(low).all() and np.isfinite(high).all():
        share = {
            (True, True): lambda: (1.0 + np.sin(u)) / 2,
            (True, False): lambda: u * u / (1.0 + u * u),
            (False, True): lambda: 1.0 / (1.0 + u * u),
            (False, False): lambda: 1.0 / (1.0 + np.exp(-np.clip(u, -700.0, 700.0))),
        }[closed]()
        return low + (high - low) * share
    beyond = u * u if closed[0 if np.isfinite(low).all() else 1] else np.exp(np.minimum(u, 500.0))
    if np.isfinite(low).all():
        return low + beyond
    return high - beyond if np.isfinite(high).all() else u


def unknown_of(term: Aggregate, env: Environment) -> Unknown:
    """Return what one bound name of an extremum ranges over."""
    symbol = term.binder.name.symbol
    sort = env.scope.sorts.get(symbol)
    domain = term.binder.domain
    if isinstance(domain, Interval):
        return _in_interval(domain, env)
    if isinstance(domain, Laws) or isinstance(sort, Law):
        return _law_unknown(symbol, sort, term.body, env)
    if isinstance(sort, Function):
        return _function_unknown(symbol, sort, env)
    if isinstance(sort, Vector):
        return _column_unknown(sort, isinstance(domain, Simplex) or sort.simplex, env)
    if isinstance(sort, Family) and len(sort.sizes) == 1 and sort.sizes[0] is not None:
        return _members_unknown(sort, isinstance(domain, Simplex), env)
    if (sort is None or (isinstance(sort, Real) and not sort.integer)) and not isinstance(domain, Simplex):
        return _number_unknown(sort or Real())
    raise Unanswerable(f"an extremum over all values of {symbol} cannot be searched")


def _number_unknown(sort: Real) -> Unknown:
    low = np.array(-np.inf if sort.low is None else sort.low)
    high = np.array(np.inf if sort.high is None else sort.high)
    closed = (sort.low is not None and not sort.low_open, sort.high is not None and not sort.high_open)
    return Unknown(
        1, lambda u: onto_interval(u[..., 0], low, high, closed), lambda x: Quantity(x),
        open=closed != (True, True), quarter=_quarter(closed),
    )  # fmt: skip


def _quarter(closed: tuple[bool, bool]) -> float | None:
    if closed == (True, True):
        return np.pi / 2
    return _HALF_LINE if any(closed) else None


def _column_unknown(sort: Vector, simplex: bool, env: Environment) -> Unknown:
    size = length(sort.size, env.interpretation.sizes)
    if simplex:
        return Unknown(size, _onto_simplex, lambda x: Quantity(x[..., None], 2), quarter=_HALF_LINE)
    entry = _number_unknown(sort.entries)
    return Unknown(size, lambda u: entry.places(u[..., None]), lambda x: Quantity(x[..., None], 2), open=entry.open)


def _members_unknown(sort: Family, simplex: bool, env: Environment) -> Unknown:
    if not isinstance(sort.element, Real) or sort.element.integer or sort.sizes[0] is None:
        raise Unanswerable("an extremum over families of other things than numbers")
    column = _column_unknown(Vector(sort.sizes[0], sort.element), simplex, env)
    return replace(column, wrap=lambda x: FamilyValue(x, 1))


def _in_interval(domain: Interval, env: Environment) -> Unknown:
    low, high = env.number(domain.low), env.number(domain.high)
    if low.rank or high.rank:
        raise Unanswerable("an extremum over an interval whose ends are no numbers")
    ends = [lifted(end.array, 0, env.depth) for end in (low, high)]
    if any(np.isfinite(end).any() != np.isfinite(end).all() for end in ends):
        raise Unanswerable("an extremum over an interval whose ends vary")
    finite = [bool(np.isfinite(end).all()) for end in ends]
    closed = (finite[0] and not domain.low_open, finite[1] and not domain.high_open)

    def places(u: Floats) -> Floats:
        a, b = (lifted(end, 0, u.ndim - 1) for end in ends)
        return np.where(a > b, np.nan, onto_interval(u[..., 0], a, b, closed))

    return Unknown(1, places, lambda x: Quantity(x), open=closed != (True, True), quarter=_quarter(closed))


def _onto_simplex(u: Floats) -> Floats:
    squares = u * u
    return np.asarray(squares / squares.sum(axis=-1, keepdims=True))


def _inside_simplex(u: Floats) -> Floats:
    full = np.concatenate([u, np.zeros((*u.shape[:-1], 1))], axis=-1)
    weights = np.exp(full - full.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def _law_unknown(symbol: str, sort: object, body: Term, env: Environment) -> Unknown:
    declared = tuple(Axis(space, space) for space in sort.spaces) if isinstance(sort, Law) else ()
    axes = declared or law_axes(_law_beside(symbol, body), env)
    counts = tuple(env.finite(axis.space).count for axis in axes)
    total = int(np.prod(counts, dtype=int))
    return Unknown(total - 1, _inside_simplex, lambda x: TableLaw(axes, x.reshape(x.shape[:-1] + counts)))


def _law_beside(symbol: str, body: Term) -> str:
    """Return the law that a law stands beside in a divergence, where it stands nowhere else: it has the same spaces."""
    uses = [part for part in subterms(body) if isinstance(part, LawReference | Density) and part.law.symbol == symbol]
    for part in subterms(body):
        laws = part.laws if isinstance(part, Functional) else ()
        others = [law.law.symbol for law in laws if isinstance(law, LawReference)]
        if len(uses) == 1 and not children(uses[0])[1:] and symbol in others and len(set(others)) == 2:
            return next(other for other in others if other != symbol)
    return symbol


def _function_unknown(symbol: str, sort: Function, env: Environment) -> Unknown:
    spaces: list[str] = []
    for argument in sort.arguments:
        if not isinstance(argument, Point) or not isinstance(env.space(argument.space), FinitePoints):
            raise Unanswerable(f"an extremum over functions {symbol} on a space that is not finite")
        spaces.append(argument.space)
    if not isinstance(sort.value, Real) or sort.value.integer:
        raise Unanswerable(f"an extremum over functions {symbol} whose values are no real numbers")
    counts = tuple(env.finite(space).count for space in spaces)
    value = sort.value
    return Unknown(
        int(np.prod(counts, dtype=int)),
        lambda u: into_interval(u, value),
        lambda x: TableFunction(x.reshape(x.shape[:-1] + counts), tuple(spaces)),
    )
