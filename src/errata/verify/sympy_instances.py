"""Which exact instances a claim is taken at: sizes of spaces and symbolic sizes, free points and indices.

Every space and every size symbol gets 2 or 3 (different ones different sizes, and the next instance another
choice); free points and free indices run through all patterns, equal ones included, so that nothing is
proved which is true only where two of them differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from errata.language.scope import ImageLaw, Recursion, Scope
from errata.language.sorts import (
    Configurations,
    EuclideanSpace,
    Family,
    FiniteSpace,
    Function,
    Matrix,
    Point,
    RandomVariable,
    Sort,
    Vector,
)
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Density,
    Derivative,
    Domain,
    Entry,
    Expectation,
    IndexSet,
    Name,
    Number,
    Range,
    Slot,
    Space,
    Term,
    subterms,
)
from errata.verify.sympy_terms import CannotEncode, base_of, bound_symbols, free_symbols, subterms_below

MAXIMAL_MAPS = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an instance may be. patterns: of free points, indices and maps. points: of configurations."""

    table: int
    patterns: int
    points: int


SYMBOLS = Limits(table=40, patterns=27, points=0)
"""For instances whose entries are symbols."""
NUMBERS = Limits(table=200, patterns=72, points=8)
"""For instances whose entries are numbers."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A place of a law: its space, and a key that tells places of one space apart (else the space's name)."""

    space: str
    key: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Sizes of one instance. points: free points (a symbol, or an element of a family of points) by number."""

    spaces: Mapping[str, int]
    sizes: Mapping[str, int]
    points: Mapping[tuple[str, tuple[int, ...]], int]
    maps: Mapping[str, tuple[int, ...]]

    @property
    def text(self) -> str:
        """The sizes in words."""
        named = [f"{base_of(name)} = {size}" for name, size in self.sizes.items()]
        spaces = [f"{size} points for {base_of(name)}" for name, size in self.spaces.items()]
        return ", ".join((*spaces, *named))


@dataclass(frozen=True, slots=True)
class Needs:
    """What the lowered sides of a claim need from an instance, in the order of first use."""

    spaces: tuple[str, ...]
    sizes: tuple[str, ...]
    indices: tuple[str, ...]
    points: tuple[tuple[str, str], ...]
    point_families: tuple[tuple[str, str], ...]
    maps: tuple[tuple[str, str, str], ...]
    laws: Mapping[str, tuple[Axis, ...]]
    limits: Mapping[tuple[str, int], tuple[Domain, ...]]
    """What the bound indices on an axis of an array run through: there it has no other elements."""
    index_sets: Mapping[str, str]
    """For every index with an unnamed range the size's name, one for indices that share an axis."""
    differentiated: bool
    """Whether a derivative is taken or a value put in, so that a law's parameters matter."""

    @property
    def abstract(self) -> bool:
        """Whether anything here keeps the claim from being one about scalars in general."""
        return bool(self.spaces or self.laws or self.points or self.indices or self.point_families)

    def moves(self, names: frozenset[str]) -> bool:
        """Tell whether a term of these names may change its value from one pattern to the next."""
        free = (*self.indices, *(name for name, _ in (*self.points, *self.point_families)))
        return bool(self.maps) or not names.isdisjoint(free)


def label(term: Term) -> str:
    """Return a short text that tells points of one space apart."""
    if isinstance(term, Name):
        return base_of(term.symbol)
    if isinstance(term, Entry):
        return f"{label(term.array)}_{','.join(label(index) for index in term.indices)}"
    if isinstance(term, Number):
        return str(term.value)
    return repr(term)


def place_of(slot: Slot, axes: tuple[Axis, ...]) -> int | None:
    """Return which place of a law a slot fills: by its text where several take points of its space."""
    same = [place for place, axis in enumerate(axes) if axis.space == slot.space]
    if len(same) == 1:
        return same[0]
    return next((place for place in same if axes[place].key == label(slot.value)), None)


def base_array(term: Term) -> str | None:
    """Return the array's name of an entry of an entry of ...; None where it is no name."""
    while isinstance(term, Entry):
        term = term.array
    return term.symbol if isinstance(term, Name) else None


class _Collector:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.spaces: dict[str, None] = {}
        self.sizes: dict[str, None] = {}
        self.indices: dict[str, None] = {}
        self.points: dict[str, str] = {}
        self.families: dict[str, str] = {}
        self.alone: dict[str, str] = {}
        """Families of points whose name is given to a function without an index: there it is any point."""
        self.with_index: set[str] = set()
        self.maps: dict[str, tuple[str, str]] = {}
        self.uses: dict[str, list[tuple[Slot, ...]]] = {}
        self.limits: dict[tuple[str, int], list[Domain]] = {}
        self.index_sets: dict[str, str] = {}
        self._running: dict[str, Domain] = {}

    def visit(self, term: Term, bound: frozenset[str]) -> None:
        inner = bound | frozenset(bound_symbols(term))
        match term:
            case Name(symbol) if symbol not in bound:
                self.sort(symbol, self.scope.sorts.get(symbol))
            case Entry(array, indices):
                base = base_array(array)
                if base is not None and base not in bound:
                    self.with_index.add(base)
                    self.sort(base, self.scope.sorts.get(base))
                    self.limit(base, term, bound)
                for index in indices:
                    for symbol in free_symbols(index, bound):
                        self.indices.setdefault(symbol)
            case Aggregate():
                self.domain(term, bound)
            case Density(law, values, given):
                self.uses.setdefault(law.symbol, []).append((*values, *given))
                for slot in (*values, *given):
                    self.space(slot.space)
                    self.slot(slot, bound)
            case Apply(function, arguments):
                if function.symbol not in bound:
                    self.function(function.symbol)
                    self.arguments(function.symbol, arguments, bound)
            case Expectation(draws) if draws:
                kind = self.scope.spaces.get(draws[0].space)
                if isinstance(kind, EuclideanSpace) and kind.size is not None:
                    self.size(kind.size)
        outside = dict(self._running)
        if isinstance(term, Aggregate):
            self._running[term.binder.name.symbol] = term.binder.domain
        head = term.function if isinstance(term, Apply) else term.law if isinstance(term, Density) else None
        for part in subterms_below(term):
            if part is not head:
                self.visit(part, inner)
        self._running = outside

    def domain(self, term: Aggregate, bound: frozenset[str]) -> None:
        domain = term.binder.domain
        if isinstance(domain, Space):
            self.space(domain.name)
        elif isinstance(domain, Range):
            for end in (domain.low, domain.high):
                for symbol in free_symbols(end, bound):
                    self.sizes.setdefault(symbol)

        elif isinstance(domain, IndexSet):
            self.index_sets.setdefault(domain.name, f"{domain.name} range")

    def limit(self, array: str, term: Entry, bound: frozenset[str]) -> None:
        """Note what the bound indices of an entry run through, and which indices share an axis."""
        start = 0
        inner = term.array
        while isinstance(inner, Entry):
            start += len(inner.indices)
            inner = inner.array
        for place, index in enumerate(term.indices, start):
            domain = self._running.get(index.symbol) if isinstance(index, Name) and index.symbol in bound else None
            if domain is None:
                continue
            if isinstance(domain, IndexSet):
                for known in self.limits.get((array, place), ()):
                    if isinstance(known, IndexSet):
                        self.merge(domain.name, known.name)
            self.limits.setdefault((array, place), []).append(domain)

    def merge(self, one: str, other: str) -> None:
        """Give two index sets one size."""
        old, new = self.index_sets[one], self.index_sets[other]
        self.index_sets = {name: new if size == old else size for name, size in self.index_sets.items()}

    def space(self, name: str) -> None:
        self.spaces.setdefault(name)
        kind = self.scope.spaces.get(name)
        if isinstance(kind, EuclideanSpace | Configurations) and kind.size is not None:
            self.size(kind.size)

    def slot(self, slot: Slot, bound: frozenset[str]) -> None:
        value = slot.value
        if isinstance(value, Name) and value.symbol not in bound:
            self.points.setdefault(value.symbol, slot.space)
        base = base_array(value) if isinstance(value, Entry) else None
        if base is not None and base not in bound:
            self.families.setdefault(base, slot.space)

    def arguments(self, function: str, arguments: tuple[Term, ...], bound: frozenset[str]) -> None:
        """Take undeclared names for points where the function's sort says that points stand there."""
        sort = self.scope.sorts.get(function)
        expected: tuple[Sort, ...] = sort.arguments if isinstance(sort, Function) else ()
        if function in self.maps:
            expected = (Point(self.maps[function][0]),)
        for wanted, argument in zip(expected, arguments, strict=False):
            if not isinstance(wanted, Point) or not isinstance(argument, Name) or argument.symbol in bound:
                continue
            known = self.scope.sorts.get(argument.symbol)
            if known is None or (isinstance(known, RandomVariable) and known.space == wanted.space):
                self.space(wanted.space)
                self.points.setdefault(argument.symbol, wanted.space)
            elif isinstance(known, Family) and known.element == wanted:
                self.alone.setdefault(argument.symbol, wanted.space)

    def function(self, symbol: str) -> None:
        for fact in self.scope.facts:
            if isinstance(fact, ImageLaw) and fact.function == symbol:
                self.maps[symbol] = (fact.source_space, fact.space)
                self.space(fact.source_space)
                self.space(fact.space)
                return
        sort = self.scope.sorts.get(symbol)
        if isinstance(sort, Function) and isinstance(sort.value, Point):
            if len(sort.arguments) != 1 or not isinstance(sort.arguments[0], Point):
                raise CannotEncode(f"{symbol} maps to a space from more than one point")
            self.maps[symbol] = (sort.arguments[0].space, sort.value.space)
            self.space(sort.arguments[0].space)
            self.space(sort.value.space)
        elif isinstance(sort, Function):
            self.sort(symbol, sort.value)

    def sort(self, symbol: str, sort: Sort | None) -> None:
        match sort:
            case Point(space):
                self.space(space)
                self.points.setdefault(symbol, space)
            case Vector(size):
                self.size(size)
            case Matrix(rows, columns):
                self.size(rows)
                self.size(columns)
            case Family(sizes, element):
                for known in sizes:
                    if known is not None:
                        self.size(known)
                if isinstance(element, Point):
                    self.space(element.space)
                    self.families.setdefault(symbol, element.space)
                elif isinstance(element, Vector | Matrix):
                    self.sort(symbol, element)

    def size(self, size: Term) -> None:
        for symbol in free_symbols(size):
            self.sizes.setdefault(symbol)


def find_needs(sides: tuple[Term, ...], scope: Scope, recursions: Mapping[str, Recursion] | None = None) -> Needs:
    """Collect what these lowered terms need, and the recursions that they rest on."""
    collector = _Collector(scope)
    for side in sides:
        collector.visit(side, frozenset())
    for recursion in (recursions or {}).values():
        collector.visit(recursion.body, frozenset((recursion.index,)))
        for _, value in recursion.starts:
            collector.visit(value, frozenset())
    for size in collector.index_sets.values():
        collector.sizes.setdefault(size)
    for name, space in collector.alone.items():
        if name not in collector.with_index:
            collector.families.pop(name, None)
            collector.points.setdefault(name, space)
    points = {name: space for name, space in collector.points.items() if name not in collector.families}
    indices = [name for name in collector.indices if name not in points and name not in collector.sizes]
    return Needs(
        tuple(collector.spaces),
        tuple(collector.sizes),
        tuple(indices),
        tuple(points.items()),
        tuple(collector.families.items()),
        tuple((name, source, target) for name, (source, target) in collector.maps.items()),
        {law: _axes(law, uses) for law, uses in collector.uses.items()},
        {axis: tuple(domains) for axis, domains in collector.limits.items()},
        collector.index_sets,
        any(isinstance(part, Derivative | At) for side in sides for part in subterms(side)),
    )


def _axes(law: str, uses: list[tuple[Slot, ...]]) -> tuple[Axis, ...]:
    repeated = {slot.space for use in uses for slot in use if sum(other.space == slot.space for other in use) > 1}
    axes: dict[Axis, None] = {}
    for use in uses:
        for slot in use:
            axes.setdefault(Axis(slot.space, label(slot.value) if slot.space in repeated else slot.space))
    for space in repeated:
        needed = max(sum(slot.space == space for slot in use) for use in uses)
        if sum(axis.space == space for axis in axes) != needed:
            raise CannotEncode(f"the places of {law} that take a point of {space} are not told apart")
    return tuple(axes)


# Assignments -----------------------------------------------------------------------------------------


def assignments(
    needs: Needs, scope: Scope, literals: frozenset[int], choice: int, limits: Limits = SYMBOLS
) -> Iterator[Assignment]:
    """Yield the instances of one choice of sizes (0 to 6): one for every pattern of free points and maps.

    Raises CannotEncode where tables or the number of patterns would be too large.
    """
    sizes = {symbol: _size(place, choice) for place, symbol in enumerate(needs.sizes)}
    spaces = _space_sizes(needs, scope, sizes, choice)
    if limits is NUMBERS:
        spaces.update(_enough_points(needs, scope, sizes))
    for space, count in spaces.items():
        if isinstance(scope.spaces.get(space), Configurations) and count > limits.points:
            raise CannotEncode("a sum over configurations")
    for law, axes in needs.laws.items():
        if prod(spaces[axis.space] for axis in axes) > limits.table:
            raise CannotEncode(f"the joint table of {law} would be too large")
    free = _free_places(needs, scope, spaces, sizes, literals)
    maps = [_surjections(spaces[source], spaces[target]) for _, source, target in needs.maps]
    if prod(len(values) for _, values in free) * prod(len(options) for options in maps) > limits.patterns:
        raise CannotEncode("there are too many patterns of free points and indices")
    for chosen in product(*(values for _, values in free)):
        indices = {place: value for (place, _), value in zip(free, chosen, strict=True)}
        points = {place: value for place, value in indices.items() if place[0] not in needs.indices}
        numbers = {symbol: indices[(symbol, ())] for symbol in needs.indices}
        for images in product(*maps):
            named = {name: image for (name, _, _), image in zip(needs.maps, images, strict=True)}
            yield Assignment(spaces, {**sizes, **numbers}, points, named)


def _size(place: int, choice: int) -> int:
    return _SIZES[choice][place % 3]


_SIZES = ((2, 3, 4), (3, 2, 5), (5, 4, 2), (4, 2, 3), (2, 4, 3), (3, 3, 3), (2, 2, 2))
"""Sizes by choice; the fourth and fifth are for equations between names that the first three may not admit."""


def _space_sizes(needs: Needs, scope: Scope, sizes_of_names: Mapping[str, int], choice: int) -> dict[str, int]:
    sizes: dict[str, int] = {}
    place = 0
    for space in needs.spaces:
        kind = scope.spaces.get(space)
        if isinstance(kind, Configurations):
            sizes[space] = len(kind.points) ** family_size(kind.size, sizes_of_names, (), needs)
        elif isinstance(kind, FiniteSpace):
            sizes[space] = len(kind.points)
        else:
            sizes[space] = 2 + (place + choice) % 2
            place += 1
    for _, source, target in needs.maps:
        if source == target:
            raise CannotEncode("a map from a space into itself")
        sizes[target], sizes[source] = (2, 3) if choice == 0 else (2, 4) if choice == 1 else (3, 4)
    return sizes


def _enough_points(needs: Needs, scope: Scope, sizes: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield for spaces of columns more points than entries, so that a covariance may be positive definite."""
    mapped = {space for _, source, target in needs.maps for space in (source, target)}
    for space in needs.spaces:
        kind = scope.spaces.get(space)
        if isinstance(kind, EuclideanSpace) and kind.size is not None and space not in mapped:
            yield space, family_size(kind.size, sizes, (), needs) + 1


def _surjections(source: int, target: int) -> list[tuple[int, ...]]:
    """Return maps onto the target, so that an image law is positive everywhere, the most uneven first."""
    onto = [image for image in product(range(target), repeat=source) if len(set(image)) == target]
    if not onto:
        raise CannotEncode("a finite space would be mapped onto a larger one")
    step = max(1, len(onto) // MAXIMAL_MAPS)
    return onto[::step][:MAXIMAL_MAPS]


def _free_places(
    needs: Needs, scope: Scope, spaces: Mapping[str, int], sizes: Mapping[str, int], literals: frozenset[int]
) -> list[tuple[tuple[str, tuple[int, ...]], range]]:
    places: list[tuple[tuple[str, tuple[int, ...]], range]] = [
        ((symbol, ()), range(spaces[space])) for symbol, space in needs.points
    ]
    for symbol, space in needs.point_families:
        sort = scope.sorts.get(symbol)
        if not isinstance(sort, Family) or len(sort.sizes) != 1:
            raise CannotEncode(f"{symbol} is not known to be a family of points with one index")
        count = family_size(sort.sizes[0], sizes, needs.limits.get((symbol, 0), ()), needs)
        places.extend(((symbol, (element,)), range(spaces[space])) for element in range(1, count + 1))
    largest = max((*sizes.values(), *literals, 2))
    places.extend(((symbol, ()), range(1, min(largest, 3) + 1)) for symbol in needs.indices)
    return places


def family_size(size: Term | None, sizes: Mapping[str, int], limits: tuple[Domain, ...], needs: Needs) -> int:
    """Return how many elements a family has; where the notes do not say, as many as its indices run through."""
    if size is None:
        ends = [family_size(limit.high, sizes, (), needs) for limit in limits if isinstance(limit, Range)]
        ends += [sizes[needs.index_sets[limit.name]] for limit in limits if isinstance(limit, IndexSet)]
        return max(ends, default=2)
    if isinstance(size, Number) and size.value.denominator == 1:
        return int(size.value)
    if isinstance(size, Name) and size.symbol in sizes:
        return sizes[size.symbol]
    raise CannotEncode("a family whose size is a formula")


def literal_sizes(sides: tuple[Term, ...]) -> frozenset[int]:
    """Return the small positive integers written in these terms."""
    return frozenset(
        int(part.value)
        for side in sides
        for part in subterms(side)
        if isinstance(part, Number) and part.value.denominator == 1 and 1 <= part.value <= 4
    )
