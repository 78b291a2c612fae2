"""Random interpretations: values of mixed magnitude and sign inside the declared domain, laws of full support."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from errata.language.kernels import is_kernel, kernel_values
from errata.language.scope import ImageLaw, Independent, Scope
from errata.language.sorts import (
    Configurations,
    EuclideanSpace,
    Family,
    FiniteSpace,
    Function,
    Law,
    Matrix,
    Point,
    RandomVariable,
    Real,
    Sort,
    Vector,
)
from errata.language.symbols import base_name
from errata.language.terms import Array, Name, Term, subterms
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.draw_matrices import draw_matrix
from errata.numeric_checks.factorised import factorised, factors_of
from errata.numeric_checks.functions import MATRIX_PROPERTIES, FunctionValue, SmoothFunction, TableFunction
from errata.numeric_checks.interpretation import (
    Axis,
    Euclidean,
    FinitePoints,
    GaussianMixtureLaw,
    Interpretation,
    LawValue,
    RandomLaw,
    SpaceValue,
    TableLaw,
    Value,
)
from errata.numeric_checks.needs import Needs, bounded_spaces, laws_over, variable_spaces
from errata.numeric_checks.quantities import FamilyValue, Floats, PointAt, Quantity
from errata.numeric_checks.sizes import choose_sizes, counted_from, is_upper_bound, length, rational
from errata.numeric_checks.told_ranges import told_range

PADDING = 2
MOST_CONFIGURATIONS = 64
MIXED, POSITIVE_ONLY, UNIT_ONLY = 0, 1, 2


@dataclass(frozen=True)
class Drawing:
    """What is fixed before values are drawn. style: per interpretation, which part of the reals to favour."""

    needs: Needs
    scope: Scope
    sizes: Mapping[str, int]
    spaces: Mapping[str, SpaceValue]
    count: int
    seed: int
    style: Floats

    def rng(self, symbol: str) -> np.random.Generator:
        """A generator of its own for every symbol, so that the order of drawing does not matter."""
        return np.random.default_rng([self.seed, zlib.crc32(symbol.encode())])


def draw(
    needs: Needs, scope: Scope, *, seed: int, attempt: int, count: int, symbols: tuple[str, ...],
    sizes: Mapping[str, int] | None = None, space_sizes: Mapping[str, int] | None = None,
) -> Interpretation:  # fmt: skip
    """Draw `count` interpretations of everything the claim needs, all with the same sizes.

    symbols: those that stand for sizes; their values are chosen unless `sizes` gives them.
    """
    rng = np.random.default_rng([seed, attempt, 7])
    chosen = dict(sizes) if sizes is not None else choose_sizes(symbols, scope, seed, attempt)
    spaces = draw_spaces(needs, scope, chosen, rng, attempt, count, space_sizes)
    drawing = Drawing(needs, scope, chosen, spaces, count, seed * 1009 + attempt, _styles(count))
    values: dict[str, Value] = {s: Quantity(np.full((1,), float(v))) for s, v in chosen.items()}
    for symbol in sorted(needs.names - set(chosen)):
        values[symbol] = draw_name(symbol, drawing)
    for symbol in sorted(needs.functions):
        values[symbol] = draw_function(symbol, drawing)
    for symbol in sorted(needs.laws):
        values[symbol] = draw_law(symbol, tuple(needs.laws[symbol]), drawing)
    hidden = _hidden_law(drawing, values)
    return Interpretation(count, chosen, spaces, values, hidden, seed=drawing.seed)


@cache
def _styles(count: int) -> Floats:
    """Which part of the reals each interpretation favours; the array is shared, and not to be changed."""
    cycle = [MIXED, MIXED, POSITIVE_ONLY, MIXED, UNIT_ONLY, MIXED, POSITIVE_ONLY, MIXED]
    styles = np.resize(cycle, count).astype(float)
    styles.flags.writeable = False
    return styles


def draw_spaces(
    needs: Needs, scope: Scope, sizes: Mapping[str, int], rng: np.random.Generator, attempt: int, count: int,
    space_sizes: Mapping[str, int] | None,
) -> dict[str, SpaceValue]:  # fmt: skip
    """Interpret every space: abstract ones as 2 to 4 points, other counts for other spaces where possible."""
    spaces: dict[str, SpaceValue] = {}
    names = sorted(needs.spaces)
    counts = [2, 3, 4] if len(names) <= 4 else [2, 3]
    if max((len(axes) for axes in needs.laws.values()), default=0) > 6:
        counts = [2]
    start = attempt + 1  # not drawn: two attempts in a row shall not meet the same count
    order = {name: counts[(start + place) % len(counts)] for place, name in enumerate(names)}
    for fact in scope.facts:
        if isinstance(fact, ImageLaw) and fact.space in order and fact.source_space in order:
            order[fact.source_space] = max(order[fact.source_space], order[fact.space] + 1)
    bounded = bounded_spaces(needs, scope)
    for name in names:
        kind = scope.spaces.get(name)
        if isinstance(kind, EuclideanSpace) and name not in needs.real:
            points = order[name]
            if kind.size is not None and name in _averaged_spaces(needs, scope):
                points = max(points, length(kind.size, sizes) + 2)  # a covariance matrix of full rank
            if kind.size is None and name in bounded:
                spaces[name] = _within(bounded[name], rng, count, points)
            else:
                spaces[name] = _points_of(kind, sizes, rng, count, points)
        elif isinstance(kind, EuclideanSpace):
            spaces[name] = Euclidean(length(kind.size, sizes), True) if kind.size is not None else Euclidean()
        elif isinstance(kind, FiniteSpace):
            spaces[name] = _declared_points(kind.points, sizes)
        elif isinstance(kind, Configurations):
            spaces[name] = _configurations(kind, sizes)
        else:
            wanted = space_sizes[name] if space_sizes and name in space_sizes else order[name]
            forced = sorted(float(v) for v in needs.literals.get(name, ()))
            if name in bounded and not forced:
                spaces[name] = _within(bounded[name], rng, count, wanted)
                continue
            spaces[name] = FinitePoints(_distinct(rng, count, max(wanted, len(forced)), forced))
    return spaces


def _within(bounds: Real, rng: np.random.Generator, count: int, points: int) -> FinitePoints:
    return FinitePoints(draw_real(bounds, rng, (count, points), np.zeros(count)))


def _averaged_spaces(needs: Needs, scope: Scope) -> set[str]:
    sorts = (scope.sorts.get(symbol) for symbol in needs.random_variables)
    return {sort.space for sort in sorts if isinstance(sort, RandomVariable) and sort.law is None}


def _points_of(
    kind: EuclideanSpace, sizes: Mapping[str, int], rng: np.random.Generator, count: int, points: int
) -> FinitePoints:
    """A Euclidean space by finitely many of its points.

    A law that has a density constant on unit cells is a table, and so is every integral of it: what holds for
    all densities holds for tables, and a table that breaks a claim gives a density that does.
    """
    if kind.size is None:
        return FinitePoints(_distinct(rng, count, points, []))
    return FinitePoints(rng.normal(0.0, 1.2, (count, points, length(kind.size, sizes), 1)), 2)


def _distinct(rng: np.random.Generator, count: int, points: int, forced: list[float]) -> Floats:
    gaps = rng.uniform(0.3, 1.3, (count, points))
    values = np.cumsum(gaps, axis=1) - rng.uniform(0.0, 0.8 * points, (count, 1))
    values = rng.permuted(values, axis=1)
    for place, value in enumerate(forced):
        values[:, place] = value
    return values


def _declared_points(points: tuple[Term, ...], sizes: Mapping[str, int]) -> FinitePoints:
    if not points:
        raise Unanswerable("a finite space has no points")
    if all(isinstance(p, Array) for p in points):
        tables = [[[float(rational(e, sizes)) for e in row] for row in p.rows] for p in points if isinstance(p, Array)]
        return FinitePoints(np.array(tables)[None], 2)
    return FinitePoints(np.array([[float(rational(p, sizes)) for p in points]]))


def _configurations(kind: Configurations, sizes: Mapping[str, int]) -> FinitePoints:
    """All columns of the numbers, in lexicographic order."""
    values = [float(rational(point, sizes)) for point in kind.points]
    size = length(kind.size, sizes)
    if len(values) ** size > MOST_CONFIGURATIONS:
        raise Unanswerable(f"there are {len(values)}^{size} configurations")
    columns = np.array(list(product(values, repeat=size))).reshape(-1, size, 1)
    return FinitePoints(columns[None], 2)


def draw_name(symbol: str, drawing: Drawing) -> Value:
    """Draw the value of a name by its sort (Real where there is none)."""
    needs = drawing.needs
    sort = drawing.scope.sorts.get(symbol)
    rng = drawing.rng(symbol)
    if sort is None and symbol in needs.entries:
        element: Sort = Real()
        if symbol in needs.entry_points:
            element = Point(needs.entry_points[symbol])
        sort = Family((None,) * needs.entries[symbol], element)
    space = needs.points.get(symbol)
    finite = space is not None and isinstance(drawing.spaces.get(space), FinitePoints)
    if space is not None and (sort is None or (finite and not isinstance(sort, Family))):
        sort = Point(space)
    if sort is None or isinstance(sort, Real):
        index_limit = _index_limit(symbol, drawing)
        if index_limit is not None:
            low = max(1, int(sort.low)) if isinstance(sort, Real) and sort.low is not None else 1
            least, most = told_range(symbol, needs.assumptions, drawing.sizes)
            if least is not None and low < least <= index_limit:
                low = least
            if most is not None and low <= most < index_limit:
                index_limit = most
            return Quantity(rng.integers(low, max(index_limit, low) + 1, drawing.count).astype(float))
        return Quantity(draw_real(sort or Real(), rng, (drawing.count,), drawing.style))
    return draw_sort(sort, drawing, rng, symbol)


def _index_limit(symbol: str, drawing: Drawing) -> int | None:
    limit: int | None = None
    for array, uses in drawing.needs.entry_indices.items():
        shape = family_shape(array, drawing)
        for use in uses:
            for place, index in enumerate(use):
                if place >= len(shape) or not any(part == Name(symbol) for part in subterms(index)):
                    continue
                counted = counted_from(index)
                most = shape[place]
                if counted is not None and counted[1] > PADDING:
                    most = max(1, most + PADDING - counted[1])
                limit = most if limit is None else min(limit, most)
    for condition in drawing.needs.assumptions:
        if is_upper_bound(condition) and condition.left == Name(symbol) and isinstance(condition.right, Name):
            size = drawing.sizes.get(condition.right.symbol)
            limit = size if size is not None and (limit is None or size < limit) else limit
    return limit


def family_shape(symbol: str, drawing: Drawing) -> tuple[int, ...]:
    """Return the index ranges of a family, vector or matrix."""
    sort = drawing.scope.sorts.get(symbol)
    generic = max([*drawing.sizes.values(), 2]) + 1
    sizes = drawing.sizes
    match sort:
        case Family(lengths, element):
            outer = tuple(generic if n is None else length(n, sizes) for n in lengths)
            inner = (length(element.size, sizes),) if isinstance(element, Vector) else ()
            return outer + inner
        case Vector(size):
            return (length(size, sizes),)
        case Matrix(rows, columns):
            return (length(rows, sizes), length(columns, sizes))
    return (generic,) * drawing.needs.entries.get(symbol, 0)


def draw_sort(sort: Sort, drawing: Drawing, rng: np.random.Generator, symbol: str) -> Value:
    """Draw a value of a sort."""
    count, sizes = drawing.count, drawing.sizes
    match sort:
        case Real():
            return Quantity(draw_real(sort, rng, (count,), drawing.style))
        case Point(space) | RandomVariable(space):
            return _draw_point(drawing.spaces.get(space), space, rng, (count,))
        case Vector(size):
            return Quantity(_vector(sort, rng, (count, length(size, sizes), 1), drawing.style), 2)
        case Matrix(rows, columns):
            return Quantity(_matrix(sort, drawing, rng, (count, length(rows, sizes), length(columns, sizes))), 2)
        case Family(_, element):
            return _draw_family(symbol, sort, element, drawing, rng)
    raise Unanswerable(f"{symbol} is of a kind that is not interpreted ({type(sort).__name__.lower()})")


def _draw_point(
    space: SpaceValue | None, name: str, rng: np.random.Generator, shape: tuple[int, ...]
) -> PointAt | Quantity:
    if isinstance(space, FinitePoints):
        return PointAt(name, rng.integers(0, space.count, shape))
    if isinstance(space, Euclidean) and space.vector:
        return Quantity(rng.normal(0.0, 1.1, (*shape, space.dimension, 1)), 2)
    return Quantity(rng.normal(0.0, 1.1, shape))


def _draw_family(symbol: str, sort: Family, element: Sort, drawing: Drawing, rng: np.random.Generator) -> FamilyValue:
    full = family_shape(symbol, drawing)
    outer = full[: len(sort.sizes)]
    padded = tuple(n + 2 * PADDING for n in outer)
    shape = (drawing.count, *padded)
    style = drawing.style
    home = drawing.needs.entry_points.get(symbol)
    if home is not None and isinstance(drawing.spaces.get(home), FinitePoints):
        element = Point(home)
    match element:
        case Real():
            return FamilyValue(draw_real(element, rng, shape, style), len(outer), PADDING)
        case Point(space) | RandomVariable(space):
            point = _draw_point(drawing.spaces.get(space), space, rng, shape)
            if isinstance(point, PointAt):
                return FamilyValue(point.index.astype(float), len(outer), PADDING, space)
            return FamilyValue(point.array, len(outer), PADDING, own_rank=point.rank)
        case Vector(size):
            array = _vector(element, rng, (*shape, length(size, drawing.sizes), 1), style)
            return FamilyValue(array, len(outer), PADDING, own_rank=2)
        case Matrix(rows, columns):
            own = (length(rows, drawing.sizes), length(columns, drawing.sizes))
            array = _matrix(element, drawing, rng, shape + own)
            return FamilyValue(array, len(outer), PADDING, own_rank=2)
    raise Unanswerable(f"{symbol} is a family of a kind that is not interpreted")


def _vector(sort: Vector, rng: np.random.Generator, shape: tuple[int, ...], style: Floats) -> Floats:
    """Draw columns: points of the simplex, columns of the identity where they are one-hot, or free entries."""
    if sort.one_hot and not sort.simplex:
        places = rng.integers(0, shape[-2], (*shape[:-2], 1, 1))
        return np.asarray(np.arange(shape[-2])[:, None] == places, dtype=float)
    if sort.simplex:
        weights = np.exp(rng.normal(0.0, 1.0, shape))
        return np.asarray(weights / weights.sum(axis=-2, keepdims=True))
    return draw_real(sort.entries, rng, shape, style)


def draw_real(sort: Real, rng: np.random.Generator, shape: tuple[int, ...], style: Floats) -> Floats:
    """Draw numbers of the sort; the first axis counts interpretations and follows the style."""
    if sort.complex:
        raise Unanswerable("complex numbers are met by their real and imaginary parts alone")
    if sort.empty:
        raise Unanswerable("what is said of a number leaves no value for it")
    low, high = sort.low, sort.high
    if sort.integer:
        least = int(np.ceil(low)) + int(sort.low_open and float(low).is_integer()) if low is not None else None
        most = int(np.floor(high)) - int(sort.high_open and float(high).is_integer()) if high is not None else None
        first = least if least is not None else (min(-4, most - 8) if most is not None else -4)
        last = most if most is not None and most < first + 12 else first + (8 if least is not None else 9)
        values = rng.integers(first, max(first, last) + 1, shape).astype(float)
        return np.where((values == 0) & sort.nonzero, float(max(1, first)), values)
    if low is not None and high is not None:
        return low + (high - low) * rng.uniform(0.04, 0.96, shape)
    spread = np.exp(rng.normal(0.0, 0.8, shape))
    if low is not None:
        return low + spread
    if high is not None:
        return high - spread
    wide = rng.normal(0.0, 1.4, shape)
    unit = rng.uniform(0.05, 0.95, shape)
    kinds = style.reshape((-1,) + (1,) * (len(shape) - 1))
    chance = rng.uniform(0.0, 1.0, (shape[0],) + (1,) * (len(shape) - 1))
    mixed = np.where(chance < 0.55, wide, np.where(chance < 0.8, spread, unit))
    return np.where(kinds == POSITIVE_ONLY, spread, np.where(kinds == UNIT_ONLY, unit, mixed))


def _matrix(sort: Matrix, drawing: Drawing, rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Draw matrices of the sort; the last two axes are the matrix's."""
    plain = draw_real(sort.entries, rng, shape, drawing.style)
    return draw_matrix(sort.properties, sort.entries, plain, rng, singular=drawing.needs.ranks)


def draw_function(symbol: str, drawing: Drawing) -> FunctionValue:
    """Draw a function: a table where all its arguments are points of finite spaces, else a smooth one."""
    sort = drawing.scope.sorts.get(symbol)
    rng = drawing.rng(symbol)
    spaces = _argument_spaces(symbol, sort, drawing)
    value: Sort = sort.value if isinstance(sort, Function) else Real()
    properties = sort.properties - {"entrywise"} if isinstance(sort, Function) else frozenset()
    count = drawing.count
    if spaces is not None:
        counts = tuple(_points(drawing, s) for s in spaces)
        if isinstance(value, Point) and isinstance(drawing.spaces.get(value.space), FinitePoints):
            table = _random_map(rng, count, counts, _points(drawing, value.space))
            return TableFunction(table, spaces, 0, value.space)
        if is_kernel(symbol):
            weights = np.exp(rng.normal(0.0, 0.9, (count, *counts)))
            own = tuple(range(1, 1 + kernel_values(symbol)))
            return TableFunction(weights / weights.sum(axis=own, keepdims=True), spaces, chances=len(own))
        if isinstance(value, Real):
            return TableFunction(draw_real(value, rng, (count, *counts), drawing.style), spaces)
        if isinstance(value, Vector | Matrix):
            own = family_shape_of(value, drawing)
            flat = value if isinstance(value, Vector) else Vector(value.rows)
            return TableFunction(_vector(flat, rng, (count, *counts, *own), drawing.style), spaces, 2)
    if is_kernel(symbol):
        raise Unanswerable(f"the spaces of {symbol} are not finite")
    seed = int(rng.integers(2**31))
    if isinstance(value, Real):
        return SmoothFunction(seed, count, (), value.low, value.high, properties, value.integer)
    if isinstance(value, Vector) and not (value.simplex or value.one_hot):
        own = family_shape_of(value, drawing)
        return SmoothFunction(seed, count, own, value.entries.low, value.entries.high)
    if isinstance(value, Point):
        space = drawing.spaces.get(value.space)
        if isinstance(space, Euclidean):
            return SmoothFunction(seed, count, (space.dimension, 1) if space.vector else ())
    if isinstance(value, Matrix) and value.properties <= MATRIX_PROPERTIES:
        own = family_shape_of(value, drawing)
        if value.properties and own[0] != own[1]:
            raise Unanswerable(f"shapes do not agree: a {' '.join(sorted(value.properties))} matrix must be square")
        entries = value.entries
        return SmoothFunction(seed, count, own, entries.low, entries.high, matrix=value.properties)
    raise Unanswerable(f"the function {symbol} has values of a kind that is not interpreted")


def family_shape_of(sort: Vector | Matrix, drawing: Drawing) -> tuple[int, int]:
    """Return the own shape of a vector (a column) or a matrix."""
    if isinstance(sort, Vector):
        return (length(sort.size, drawing.sizes), 1)
    return (length(sort.rows, drawing.sizes), length(sort.columns, drawing.sizes))


def _random_map(rng: np.random.Generator, count: int, counts: tuple[int, ...], targets: int) -> Floats:
    """Return places in the target space, onto it wherever there are points enough."""
    total = int(np.prod(counts, dtype=int))
    rows = np.concatenate(
        [np.tile(np.arange(targets), (count, 1)), rng.integers(0, targets, (count, total))], axis=1
    )[:, :total] if total >= targets else rng.integers(0, targets, (count, total))  # fmt: skip
    return np.asarray(rng.permuted(rows, axis=1).reshape(count, *counts).astype(float))


def _points(drawing: Drawing, space: str) -> int:
    value = drawing.spaces.get(space)
    if not isinstance(value, FinitePoints):
        raise Unanswerable(f"the space of {space} is not finite")
    return value.count


def _argument_spaces(symbol: str, sort: Sort | None, drawing: Drawing) -> tuple[str, ...] | None:
    """Return the finite spaces of the arguments, None where some argument is no point of a finite space."""
    found: list[str] = []
    if isinstance(sort, Function):
        for argument in sort.arguments:
            if not isinstance(argument, Point | RandomVariable):
                return None
            found.append(argument.space)
    else:
        uses = drawing.needs.functions.get(symbol, [])
        seen = {tuple(_space_of(argument, drawing) for argument in use) for use in uses}
        if len(seen) != 1:
            return None
        for space in seen.pop():
            if space is None:
                return None
            found.append(space)
    if all(isinstance(drawing.spaces.get(space), FinitePoints) for space in found):
        return tuple(found) or None
    return None


def _space_of(argument: Term, drawing: Drawing) -> str | None:
    if not isinstance(argument, Name):
        return None
    sort = drawing.scope.sorts.get(argument.symbol)
    if isinstance(sort, Point | RandomVariable):
        return sort.space
    if sort is None:
        found = drawing.needs.points.get(argument.symbol)
        if found is None and argument.symbol in drawing.needs.spaces:
            found = argument.symbol
        return found
    return None


def draw_law(symbol: str, axes: tuple[Axis, ...], drawing: Drawing) -> LawValue:
    """Draw a joint law of full support over its places; smooth in its declared parameters."""
    rng = drawing.rng(symbol)
    sort = drawing.scope.sorts.get(symbol)
    parameters = _moving_parameters(symbol, sort, drawing)
    values = [drawing.spaces.get(axis.space) for axis in axes]
    if not all(isinstance(v, FinitePoints) for v in values):
        return _mixture_law(axes, rng, drawing)
    shape = tuple(_points(drawing, axis.space) for axis in axes)
    if np.prod(shape, dtype=float) * drawing.count > 4_000_000:
        raise Unanswerable(f"the law {symbol} has too many places")
    logits = rng.normal(0.0, 0.9, (drawing.count, *shape))
    independent = _independent_groups(symbol, axes, drawing)
    if parameters:
        return RandomLaw(axes, logits, parameters, int(rng.integers(2**31)))
    table = _normalised(np.exp(logits), len(shape))
    factors = factors_of(symbol, axes, drawing.needs.assumptions)
    return TableLaw(axes, factorised(_decoupled(table, independent), factors))


def _moving_parameters(symbol: str, sort: Sort | None, drawing: Drawing) -> tuple[str, ...]:
    """Return the parameters that the law must depend on: none where nothing moves or replaces them."""
    needs = drawing.needs
    declared = sort.parameters if isinstance(sort, Law) else ()
    uses = needs.law_parameters.get(symbol, set())
    written = [tuple(p.symbol for p in use if isinstance(p, Name)) for use in uses]
    if not declared:
        declared = min((w for w, use in zip(written, uses, strict=True) if len(w) == len(use)), default=())
        if uses and not declared:
            raise Unanswerable(f"the parameters of the law {symbol} are not declared")
    if not declared:
        return ()
    still = not (set(declared) & needs.moving) and not any(p in drawing.scope.definitions for p in declared)
    return () if still and all(w == declared for w in written) else declared


def _normalised(table: Floats, places: int) -> Floats:
    own = tuple(range(table.ndim - places, table.ndim))
    return np.asarray(table / table.sum(axis=own, keepdims=True))


def _independent_groups(symbol: str, axes: tuple[Axis, ...], drawing: Drawing) -> list[int]:
    """Return the places that a fact declares independent of each other."""
    for fact in drawing.scope.facts:
        if isinstance(fact, Independent) and fact.law in (None, symbol):
            wanted = set()
            for name in fact.names:
                sort = drawing.scope.sorts.get(name)
                wanted.add(sort.space if isinstance(sort, RandomVariable | Point) else base_name(name))
            places = [n for n, axis in enumerate(axes) if axis.space in wanted or axis.key in fact.names]
            if len(places) > 1:
                return places
    return []


def _decoupled(table: Floats, places: list[int]) -> Floats:
    """Make the places independent: product of their margins times the others given them."""
    if not places:
        return table
    others = tuple(n + 1 for n in range(table.ndim - 1) if n not in places)
    joint = table.sum(axis=others, keepdims=True) if others else table
    margins = np.ones_like(joint)
    for place in places:
        rest = tuple(n + 1 for n in range(table.ndim - 1) if n != place)
        margins = margins * table.sum(axis=rest, keepdims=True)
    return np.asarray(table / joint * margins)


def _mixture_law(axes: tuple[Axis, ...], rng: np.random.Generator, drawing: Drawing) -> GaussianMixtureLaw:
    finite, dimension = [], 0
    for axis in axes:
        space = drawing.spaces.get(axis.space)
        if isinstance(space, FinitePoints):
            finite.append(space.count)
        elif isinstance(space, Euclidean):
            dimension += space.dimension
    shape = (drawing.count, *finite, 2)
    weights = _normalised(np.exp(rng.normal(0.0, 0.6, shape)), len(finite) + 1)
    means = rng.normal(0.0, 0.9, (*shape, dimension))
    root = rng.normal(0.0, 0.6, (*shape, dimension, dimension))
    covariances = root @ np.swapaxes(root, -1, -2) + 0.5 * np.eye(dimension)
    return GaussianMixtureLaw(axes, weights, means, covariances)


def _hidden_law(drawing: Drawing, values: dict[str, Value]) -> str:
    """Give the random variables without a law of their own one joint law, a known one if it covers them."""
    spaces = variable_spaces(drawing.needs, drawing.scope)
    if not spaces:
        return ""
    related = laws_over(spaces, drawing.needs)
    covering = [s for s in related if set(spaces) <= {axis.space for axis in drawing.needs.laws[s]}]
    if len(related) == 1 and covering:
        return covering[0]
    if related:
        raise Unanswerable(f"under which law the mean is taken is not said ({' or '.join(related)})")
    axes = tuple(Axis(space, space) for space in spaces)
    values["\\Pr"] = draw_law("\\Pr", axes, drawing)
    return "\\Pr"
