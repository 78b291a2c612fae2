"""What a claim needs to be interpreted: its free symbols, and how each is used.

A definition, a law's formula, an image law, a size in a sort and an assumption that shares a name all bring
their own symbols along.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from errata.language.integrated_formulas import computes_with, is_formula_of
from errata.language.scope import ImageLaw, Scope
from errata.language.sorts import (
    AbstractSpace,
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
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Comparison,
    Density,
    Derivative,
    Draw,
    Entry,
    Expectation,
    Functional,
    Functions,
    IndexSet,
    Information,
    Interval,
    LawReference,
    Laws,
    MatrixOperation,
    MomentOf,
    Name,
    Number,
    Range,
    Slot,
    Space,
    StandardDensity,
    StandardLaw,
    Term,
    children,
    subterms,
)
from errata.numeric_checks.interpretation import Axis


@dataclass
class Needs:
    """How free symbols are used. Filled by `find_needs` and not changed afterwards."""

    names: set[str] = field(default_factory=set)
    defined: set[str] = field(default_factory=set)
    laws: dict[str, list[Axis]] = field(default_factory=dict)
    functions: dict[str, list[tuple[Term, ...]]] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)
    entry_indices: dict[str, list[tuple[Term, ...]]] = field(default_factory=dict)
    entry_points: dict[str, str] = field(default_factory=dict)
    points: dict[str, str] = field(default_factory=dict)
    range_ends: set[str] = field(default_factory=set)
    spaces: set[str] = field(default_factory=set)
    literals: dict[str, set[Fraction]] = field(default_factory=dict)
    assumptions: list[Comparison] = field(default_factory=list)
    random_variables: set[str] = field(default_factory=set)
    law_parameters: dict[str, set[tuple[Term, ...]]] = field(default_factory=dict)
    moving: set[str] = field(default_factory=set)
    """Names that derivatives and binders move; a law need not depend on parameters that stay put."""
    real: set[str] = field(default_factory=set)
    """Euclidean spaces on which a finite set of points will not do: a standard law, a derivative, arithmetic."""
    ranks: bool = False
    """Whether something tells ranks apart, such as a pseudo-inverse; then singular matrices are drawn too."""
    several_points: bool = False
    """Whether a law takes several points of one space (then its places are told apart by their text)."""

    @property
    def symbols(self) -> frozenset[str]:
        """Every symbol whose interpretation the claim depends on."""
        return frozenset(self.names | self.defined | set(self.laws) | set(self.functions))


def find_needs(terms: Iterable[Term], scope: Scope) -> Needs:
    """Collect what these terms need in this scope."""
    finder = _Finder(scope)
    for term in terms:
        finder.visit(term, frozenset())
    finder.close()
    return finder.needs


def label(term: Term) -> str:
    """A short text that tells points of one space apart."""
    if isinstance(term, Name):
        return term.symbol
    if isinstance(term, Entry):
        return f"{label(term.array)}_{{{','.join(label(i) for i in term.indices)}}}"
    if isinstance(term, Number):
        return str(term.value)
    return repr(term)


def base_name(term: Term) -> str | None:
    """The array's name of an entry of an entry of ..., None where it is no name."""
    while isinstance(term, Entry):
        term = term.array
    return term.symbol if isinstance(term, Name) else None


def _stands_in_slot(symbol: str, term: Term) -> bool:
    """Return whether a name is a point of some law in the term."""
    laws = (part for part in subterms(term) if isinstance(part, Density | LawReference))
    return any(slot.value == Name(symbol) for law in laws for slot in (*law.values, *law.given))


def _names_in(term: Term) -> set[str]:
    return {part.symbol for part in subterms(term) if isinstance(part, Name)}


class _Finder:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.needs = Needs()
        self.by_law: dict[str, list[int]] = {}
        self.ranging: dict[str, str] = {}
        self.continuous: set[str] = set()
        self.over_intervals: set[str] = set()
        for place, definition in enumerate(scope.densities):
            self.by_law.setdefault(definition.law, []).append(place)

    def close(self) -> None:
        """Bring in the assumptions that share a symbol with what is needed, until nothing changes."""
        waiting = list(self.scope.assumptions)
        changed = True
        while changed:
            changed = False
            for assumption in list(waiting):
                alone = find_symbols(assumption, self.scope)
                if alone & self.needs.symbols:
                    waiting.remove(assumption)
                    self.needs.assumptions.append(assumption)
                    self.visit(assumption, frozenset())
                    changed = True
        self.share_places()
        self.place_bare_laws()
        self.share_places()
        self.extend_law_of_variables()
        for symbol in self.continuous:
            sort = self.scope.sorts.get(symbol)
            space = sort.space if isinstance(sort, Point | RandomVariable) else None
            for found in (self.ranging.get(symbol), self.needs.points.get(symbol), space):
                if found is not None:
                    self.needs.real.add(found)

    def share_places(self) -> None:
        """A law that is defined by others (p := q, m := (p + q) / 2) and these have the same places."""
        for _ in range(3):
            for law, axes in sorted(self.needs.laws.items()):
                definition = self.scope.definitions.get(law)
                if definition is None:
                    continue
                for part in subterms(definition.body):
                    if isinstance(part, LawReference) and not part.values:
                        for axis in list(axes):
                            self.axis(part.law.symbol, Slot(axis.space, Name(axis.key)), axis.key)

    def extend_law_of_variables(self) -> None:
        """P(X = x) beside E[X Y] is a margin of the joint law of X and Y: give it places for all of them."""
        spaces = variable_spaces(self.needs, self.scope)
        laws = laws_over(spaces, self.needs)
        if len(laws) == 1 and not self.by_law.get(laws[0]) and laws[0] not in self.scope.definitions:
            for space in spaces:
                self.axis(laws[0], Slot(space, Name(space)), space)

    def place_bare_laws(self) -> None:
        """Give laws that are only ever written bare (KL(p || q)) the one space in use, or one of their own."""
        used = {axis.space for axes in self.needs.laws.values() for axis in axes}
        shared = used.pop() if len(used) == 1 else "x"
        for law, axes in sorted(self.needs.laws.items()):
            if not axes and law not in self.scope.definitions:
                self.axis(law, Slot(shared, Name(shared)), shared)

    def visit(self, term: Term, bound: frozenset[str]) -> None:
        match term:
            case Name(symbol):
                self.name(symbol, bound)
            case Aggregate():
                self.aggregate(term, bound)
            case At(body, variable, value):
                self.needs.moving.add(variable.symbol)
                self.visit(value, bound)
                self.visit(body, bound | {variable.symbol})
            case Expectation(draws, body, given):
                inner = self.draws(draws, bound)
                for part in (body, *given):
                    self.visit(part, inner)
            case MomentOf(_, draws, arguments):
                inner = self.draws(draws, bound)
                for part in arguments:
                    self.visit(part, inner)
            case Density(law, values, given, parameters) | LawReference(law, values, given, parameters):
                self.law_use(law, values, given, parameters, bound)
            case Information(_, law, groups, given):
                self.law(law.symbol, bound)
                for slot in (*(s for group in groups for s in group), *given):
                    self.axis(law.symbol, slot, slot.space)
                    self.slot(slot, bound)
            case StandardDensity(point):
                self.continuous |= _names_in(point)
                for child in children(term):
                    self.visit(child, bound)
            case Functional(_, laws):
                self.functional(laws, bound)
            case Derivative(body, variable):
                self.needs.moving |= _names_in(variable)
                if isinstance(variable, Name | Entry):
                    self.continuous |= _names_in(variable)
                self.visit(variable, bound)
                self.visit(body, bound)
            case Apply(function, arguments, parameters):
                if function.symbol not in bound:
                    self.function(function.symbol, arguments, bound)
                for part in (*arguments, *parameters):
                    self.visit(part, bound)
            case Entry():
                self.entry(term, bound)
            case MatrixOperation("pseudo_inverse" | "rank", (argument,)):
                self.needs.ranks = True
                self.visit(argument, bound)
            case MatrixOperation("identity" | "ones", (Name(symbol),)):
                self.needs.range_ends.add(symbol)
                self.name(symbol, bound)
            case MatrixOperation("basis", (index, Name(symbol))):
                self.needs.range_ends.add(symbol)
                self.name(symbol, bound)
                self.visit(index, bound)
            case _:
                for child in children(term):
                    self.visit(child, bound)

    def name(self, symbol: str, bound: frozenset[str]) -> None:
        if symbol in bound or symbol in self.needs.names or symbol in self.needs.defined:
            return
        definition = self.scope.definitions.get(symbol)
        sort = self.scope.sorts.get(symbol)
        recursion = self.scope.recursions.get(symbol)
        if recursion is not None:
            self.needs.defined.add(symbol)
            self.visit(recursion.body, bound | {recursion.index})
            for _, start in recursion.starts:
                self.visit(start, bound)
            if sort is not None:
                self.sort(sort, bound)
            return
        if definition is not None:
            self.needs.defined.add(symbol)
            self.visit(definition.body, bound | set(definition.parameters))
            return
        if isinstance(sort, Law):
            self.law(symbol, bound)
            return
        if isinstance(sort, Function):
            self.function(symbol, (), bound)
            return
        self.needs.names.add(symbol)
        if sort is not None:
            self.sort(sort, bound)
        if isinstance(sort, RandomVariable):
            self.needs.random_variables.add(symbol)

    def functional(self, laws: tuple[Term, ...], bound: frozenset[str]) -> None:
        for law in laws:
            self.visit(law, bound)
        if any(isinstance(part, StandardLaw) for law in laws for part in subterms(law)):
            for law in laws:
                if isinstance(law, LawReference):
                    self.needs.real |= {slot.space for slot in law.values}
                    self.needs.real |= {axis.space for axis in self.needs.laws.get(law.law.symbol, ())}

    def sort(self, sort: Sort, bound: frozenset[str]) -> None:
        match sort:
            case Point(space):
                self.space(space)
            case RandomVariable(space, law):
                self.space(space)
                if law is not None:
                    self.visit(law, bound)
                if isinstance(law, StandardLaw):
                    self.needs.real.add(space)
            case Vector(size):
                self.visit(size, frozenset())
            case Matrix(rows, columns):
                self.visit(rows, frozenset())
                self.visit(columns, frozenset())
            case Family(sizes, element):
                for one in sizes:
                    if one is not None:
                        self.visit(one, frozenset())
                self.sort(element, bound)
            case Function(arguments, value):
                for part in (*arguments, value):
                    self.sort(part, bound)

    def space(self, name: str) -> None:
        if name in self.needs.spaces:
            return
        self.needs.spaces.add(name)
        kind = self.scope.spaces.get(name)
        if isinstance(kind, FiniteSpace):
            for point in kind.points:
                self.visit(point, frozenset())
        if isinstance(kind, Configurations):
            self.visit(kind.size, frozenset())
        if isinstance(kind, EuclideanSpace) and kind.size is not None:
            self.visit(kind.size, frozenset())

    def aggregate(self, term: Aggregate, bound: frozenset[str]) -> None:
        symbol = term.binder.name.symbol
        self.needs.moving.add(symbol)
        inner = bound | {symbol}
        if isinstance(term.binder.domain, Interval):
            self.over_intervals.add(symbol)
        match term.binder.domain:
            case Range(low, high) | Interval(low, high):
                self.visit(low, bound)
                self.visit(high, bound)
                for end in (low, high):
                    if isinstance(term.binder.domain, Range) and isinstance(end, Name) and end.symbol not in bound:
                        self.needs.range_ends.add(end.symbol)
            case Space(name):
                self.space(name)
                self.ranging[symbol] = name
                kind = self.scope.spaces.get(name)
                is_vector = isinstance(kind, EuclideanSpace) and kind.size is not None
                counted = is_vector or (
                    isinstance(kind, EuclideanSpace) and is_formula_of(symbol, term.body, self.scope)
                )
                if term.operation == "integral" and counted and not _stands_in_slot(symbol, term.body):
                    self.needs.real.add(name)  # no law weighs the points: what is integrated is a formula
            case Laws():
                self.law_sort_only(symbol)
            case Functions():
                sort = self.scope.sorts.get(symbol)
                if sort is not None:
                    self.sort(sort, bound)
            case IndexSet(name):
                if name in self.scope.sorts:
                    self.sort(self.scope.sorts[name], bound)
            case _:
                sort = self.scope.sorts.get(symbol)
                if sort is not None:
                    self.sort(sort, bound)
        self.visit(term.body, inner)

    def law_sort_only(self, symbol: str) -> None:
        sort = self.scope.sorts.get(symbol)
        if isinstance(sort, Law):
            for space in sort.spaces:
                self.space(space)

    def draws(self, draws: tuple[Draw, ...], bound: frozenset[str]) -> frozenset[str]:
        for draw in draws:
            self.visit(draw.law, bound)
            self.ranging[draw.name.symbol] = draw.space
            if any(isinstance(part, StandardLaw) for part in subterms(draw.law)):
                self.needs.real.add(draw.space)
            if isinstance(draw.law, LawReference) and not draw.law.values and draw.law.law.symbol not in bound:
                self.axis(draw.law.law.symbol, Slot(draw.space, draw.name), draw.space)
            self.space(draw.space) if self._is_abstract_law(draw.law) else None
            bound = bound | {draw.name.symbol}
        return bound

    def _is_abstract_law(self, law: Term) -> bool:
        return any(isinstance(part, LawReference) for part in (law, *children(law)))

    def law_use(
        self, law: Name, values: tuple[Slot, ...], given: tuple[Slot, ...], parameters: tuple[Term, ...],
        bound: frozenset[str],
    ) -> None:  # fmt: skip
        slots = (*values, *given)
        counts: dict[str, int] = {}
        for slot in slots:
            counts[slot.space] = counts.get(slot.space, 0) + 1
        if law.symbol not in bound:
            self.law(law.symbol, bound)
        for slot in slots:
            repeated = counts[slot.space] > 1
            self.needs.several_points = self.needs.several_points or repeated
            self.axis(law.symbol, slot, label(slot.value) if repeated else slot.space)
            self.slot(slot, bound)
        if parameters and law.symbol not in bound:
            self.needs.law_parameters.setdefault(law.symbol, set()).add(parameters)
        for part in parameters:
            self.visit(part, bound)

    def axis(self, law: str, slot: Slot, key: str) -> None:
        axes = self.needs.laws.setdefault(law, [])
        self.space(slot.space)
        same = [a for a in axes if a.space == slot.space]
        if any(a.key == key for a in same) or (key == slot.space and same):
            return
        plain = Axis(slot.space, slot.space)
        if plain in axes:
            axes[axes.index(plain)] = Axis(slot.space, key)
        else:
            axes.append(Axis(slot.space, key))

    def slot(self, slot: Slot, bound: frozenset[str]) -> None:
        value = slot.value
        if not isinstance(value, Name | Entry | Apply | Number) or _names_in(value) & self.over_intervals:
            self.needs.real.add(slot.space)
        if isinstance(value, Name) and value.symbol not in bound:
            self.needs.points.setdefault(value.symbol, slot.space)
        base = base_name(value) if isinstance(value, Entry) else None
        if base is not None and base not in bound:
            self.needs.entry_points.setdefault(base, slot.space)
        if isinstance(value, Number):
            self.needs.literals.setdefault(slot.space, set()).add(value.value)
        self.visit(value, bound)

    def law(self, symbol: str, bound: frozenset[str]) -> None:
        if symbol in self.needs.laws or symbol in self.needs.defined:
            return
        definition = self.scope.definitions.get(symbol)
        self.needs.laws.setdefault(symbol, [])
        sort = self.scope.sorts.get(symbol)
        if isinstance(sort, Law):
            for space in sort.spaces:
                key = space
                self.axis(symbol, Slot(space, Name(space)), key)
            for parameter in sort.parameters:
                self.visit(Name(parameter), bound)
        if definition is not None:
            self.needs.defined.add(symbol)
            self.visit(definition.body, bound)
            if any(isinstance(part, StandardLaw) for part in subterms(definition.body)):
                self.needs.real |= {axis.space for axis in self.needs.laws[symbol]}
        for place in self.by_law.get(symbol, ()):
            density = self.scope.densities[place]
            slots = (*density.values, *density.given)
            for space, variable in slots:
                repeated = sum(s == space for s, _ in slots) > 1
                self.axis(symbol, Slot(space, Name(variable)), variable if repeated else space)
                self.ranging[variable] = space
            formula = density.body
            self.needs.real |= {space for space, variable in slots if computes_with(formula, variable, self.scope)}
            self.visit(density.body, frozenset(variable for _, variable in slots))
        for fact in self.scope.facts:
            if isinstance(fact, ImageLaw) and fact.law == symbol:
                self.axis(symbol, Slot(fact.space, Name(fact.space)), fact.space)
                self.function(fact.function, (Name(fact.source_space),), frozenset({fact.source_space}))
                self.law(fact.source, bound)
                self.axis(fact.source, Slot(fact.source_space, Name(fact.source_space)), fact.source_space)

    def function(self, symbol: str, arguments: tuple[Term, ...], bound: frozenset[str]) -> None:
        definition = self.scope.definitions.get(symbol)
        if definition is not None:
            if symbol not in self.needs.defined:
                self.needs.defined.add(symbol)
                self.visit(definition.body, bound | set(definition.parameters))
            return
        first = symbol not in self.needs.functions
        uses = self.needs.functions.setdefault(symbol, [])
        if arguments:
            uses.append(arguments)
        sort = self.scope.sorts.get(symbol)
        if first and sort is not None:
            self.sort(sort, bound)

    def entry(self, term: Entry, bound: frozenset[str]) -> None:
        indices: tuple[Term, ...] = ()
        walk: Term = term
        while isinstance(walk, Entry):
            indices = walk.indices + indices
            walk = walk.array
        if isinstance(walk, Name) and walk.symbol not in bound:
            known = self.needs.entries.get(walk.symbol, 0)
            self.needs.entries[walk.symbol] = max(known, len(indices))
            self.needs.entry_indices.setdefault(walk.symbol, []).append(indices)
        self.visit(walk, bound)
        for index in indices:
            self.visit(index, bound)


def variable_spaces(needs: Needs, scope: Scope) -> tuple[str, ...]:
    """Return the spaces of the random variables that no law is said of, in the order of their symbols."""
    sorts = (scope.sorts.get(symbol) for symbol in sorted(needs.random_variables))
    return tuple(dict.fromkeys(s.space for s in sorts if isinstance(s, RandomVariable) and s.law is None))


def bounded_spaces(needs: Needs, scope: Scope) -> dict[str, Real]:
    """Return the spaces whose points carry values between bounds, told of the points or of a random variable."""
    sorts = (scope.sorts.get(symbol) for symbol in sorted(needs.random_variables))
    told = {s: k.values for s in sorted(needs.spaces) if isinstance(k := scope.spaces.get(s), AbstractSpace)}
    variables = {s.space: s.values for s in sorts if isinstance(s, RandomVariable) and s.values != Real()}
    return {**{s: values for s, values in told.items() if values != Real()}, **variables}


def laws_over(spaces: Sequence[str], needs: Needs) -> list[str]:
    """Return the laws that have a place of one of these spaces, sorted."""
    return [law for law, axes in sorted(needs.laws.items()) if {a.space for a in axes} & set(spaces)]


def find_symbols(term: Term, scope: Scope) -> frozenset[str]:
    """Return the free symbols of a term, definitions followed, assumptions left aside."""
    finder = _Finder(scope)
    finder.visit(term, frozenset())
    return finder.needs.symbols
