"""What has been gathered while one sentence is read, and the primitive entries into it."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from errata.language.prose.harvested import Declared, Harvest, Reader
from errata.language.prose.parts import Subject
from errata.language.prose.refine import (
    Attribute,
    ElementOf,
    FunctionOf,
    Kind,
    LawOver,
    Random,
    Within,
    inside_bounds,
    intersection,
    refine,
    unknown_size,
)
from errata.language.prose.sets import ElementSet, points_of
from errata.language.scope import Definition, DensityDefinition, Fact, Scope
from errata.language.sorts import (
    SIZE,
    AbstractSpace,
    EuclideanSpace,
    Family,
    Function,
    Law,
    Matrix,
    Point,
    RandomVariable,
    Real,
    Sort,
    SpaceKind,
    Vector,
    element_of,
)
from errata.language.symbols import base_name
from errata.language.terms import Array, Comparison, Name, Relation, Term, subterms

_MEMBER = re.compile(r"(.+)_\{(?:\d+|[a-zA-Z])\}")
"""An entry or member: x_{1}, x_{n}; a longer label is a part of the name."""


class Notebook:
    """Collects one sentence's harvest; local to the reading of that sentence."""

    def __init__(self, read: Reader, scope: Scope) -> None:
        self.read = read
        self.scope = scope
        self.sorts: dict[str, Sort] = {}
        self.spaces: dict[str, SpaceKind] = {}
        self.definitions: list[Definition] = []
        self.densities: list[DensityDefinition] = []
        self.assumptions: list[Comparison] = []
        self.facts: list[Fact] = []
        self.blocked: dict[str, list[str]] = {}
        self.consumed: set[int] = set()
        self.constants: set[str] = set()
        self.placed: set[str] = set()
        self.notations: dict[str, str] = {}
        self.ranges: dict[str, Term] = {}
        """By index symbol, the last value of an index that runs from 1."""
        self.counts: dict[str, Term] = {}
        """By symbol, how many members of a family a formula spells out: d_1, ..., d_n."""

    # Looking up --------------------------------------------------------------------------------------

    def sort_of(self, symbol: str) -> Sort | None:
        """Return what is known of a symbol, this sentence included."""
        return self.sorts.get(symbol) or self.scope.sorts.get(symbol)

    def is_defined(self, symbol: str) -> bool:
        """Return whether the symbol has a definition, here or before."""
        return symbol in self.scope.definitions or any(d.symbol == symbol for d in self.definitions)

    def is_law(self, symbol: str) -> bool:
        """Return whether the symbol is known to be a law."""
        return isinstance(self.sort_of(symbol), Law)

    def argument_sort(self, symbol: str) -> Sort:
        """Return the sort of a name that stands as an argument; a point of its space where nothing is known."""
        known = self.sort_of(symbol)
        if isinstance(known, Family):
            known = known.element
        if isinstance(known, Function) and known.on:
            known = known.value
        return known if known is not None and not isinstance(known, RandomVariable) else Point(base_name(symbol))

    # Entering ----------------------------------------------------------------------------------------

    def block(self, symbol: str, words: str) -> None:
        """Say that these words about the symbol were not understood; what is said of an entry is said of its array."""
        member = _MEMBER.fullmatch(symbol)
        array = member.group(1) if member is not None else None
        of_array = array is not None and isinstance(self.sort_of(array), Vector | Matrix | Family | None)
        for told in (symbol, array) if array is not None and of_array else (symbol,):
            said = self.blocked.setdefault(told, [])
            if words and words not in said:
                said.append(words)

    def block_all(self, symbols: tuple[str, ...] | list[str], words: str) -> None:
        """Say so of several symbols."""
        for symbol in symbols:
            self.block(symbol, words)

    def assume(self, comparison: Comparison) -> None:
        """Add a condition that every interpretation must satisfy."""
        if comparison not in self.assumptions:
            self.assumptions.append(comparison)

    def member(self, subject: Subject, elements: ElementSet) -> None:
        """Enter `subject in elements`; this is a new declaration, and forgets what the name was before."""
        sort = elements.sort
        base = base_name(subject.symbol)
        if isinstance(sort, Point) and (elements.points or not self._is_space(sort.space)):
            sort = Point(base)
        if elements.points:
            self.spaces[base] = points_of(elements)
        if subject.arguments is not None:
            self.function(subject, sort)
            return
        for relation, bound in elements.conditions:
            self.assume(Comparison(relation, Name(subject.symbol), bound))
        known = self.sort_of(subject.symbol)
        told_here = subject.symbol in self.sorts or not isinstance(sort, Matrix)
        if isinstance(known, RandomVariable) and told_here and not self._indexed(subject):
            if elements.points:
                self.spaces[base] = points_of(elements)
            else:
                self.values_in(subject, sort)
            return
        if self._indexed(subject):
            if isinstance(sort, Real) and self._entries(subject, Within(sort)):
                return
            self.sorts[subject.symbol] = Family(self.family_sizes(subject), sort)
            return
        prior = self.sorts.get(subject.symbol)
        same = refine(prior, ElementOf(elements), subject.symbol) if prior is not None else None
        self.sorts[subject.symbol] = (same.sort if same else None) or sort

    def _is_space(self, space: str) -> bool:
        """Return whether something else is known to live on this space; a data set D is none."""
        used = {s for sort in (*self.scope.sorts.values(), *self.sorts.values()) for s in _spaces_of(sort)}
        return space in used or space in self.scope.spaces or space in self.spaces

    def function(self, subject: Subject, value: Sort) -> None:
        """Enter f(x) in a set, as a function of the arguments written."""
        arguments = tuple(self.argument_sort(a) for a in (subject.arguments or ()))
        sort: Sort = Function(arguments, value, on=_variables(subject, arguments))
        if self._indexed(subject):
            sort = Family(self.family_sizes(subject), sort)
        self.sorts[subject.symbol] = sort

    def give(self, subject: Subject, attribute: Attribute) -> bool:
        """Enter that the subject has the attribute; False where it does not fit what the subject is."""
        known = self.sort_of(subject.symbol)
        if attribute == Kind("constant"):
            self.constants.add(subject.symbol)
        if subject.arguments is not None:
            return self._give_call(subject, attribute, known)
        if self._indexed(subject):
            if self._entries(subject, attribute):
                return True
            if not isinstance(known, Family):
                known = None
            element = known.element if isinstance(known, Family) else None
            refined = refine(element, attribute, subject.symbol)
            if refined is None:
                return False
            if refined.sort is not None:
                self.sorts[subject.symbol] = Family(self.family_sizes(subject), refined.sort)
            return True
        refined = refine(known, attribute, subject.symbol)
        if refined is None:
            return False
        if refined.sort is not None and (refined.sort != known or subject.symbol not in self.sorts):
            self.sorts[subject.symbol] = refined.sort
        self._space(subject.symbol, known, attribute)
        return True

    def _give_call(self, subject: Subject, attribute: Attribute, known: Sort | None) -> bool:
        values = (subject.arguments or ()) + subject.given
        if isinstance(attribute, LawOver):
            spaces = tuple(base_name(v) for v in values)
            refined = refine(known, LawOver(attribute.spaces or spaces), subject.symbol)
        elif isinstance(known, Law):
            refined = refine(known, attribute, subject.symbol)
        elif subject.given:
            return False
        else:
            arguments = tuple(self.argument_sort(a) for a in subject.arguments or ())
            on = _variables(subject, arguments)
            shaped: Sort = known if isinstance(known, Function | Family) else Function(arguments, Real(), on=on)
            if self._indexed(subject) and not isinstance(known, Function | Family):
                shaped = Family(self.family_sizes(subject), shaped)
            refined = refine(shaped, attribute, subject.symbol)
        if refined is None or refined.sort is None:
            return False
        self.sorts[subject.symbol] = refined.sort
        return True

    def _space(self, symbol: str, known: Sort | None, attribute: Attribute) -> None:
        """Note the space of a random variable whose values were or are now given."""
        if isinstance(attribute, Random) and isinstance(known, Real | Vector) and not _is_finite(known):
            self.spaces.setdefault(base_name(symbol), space_of(known))
        elif isinstance(attribute, Random) and isinstance(known, RandomVariable) and known.values != Real():
            self.spaces.setdefault(known.space, EuclideanSpace())
        elif isinstance(attribute, ElementOf) and isinstance(known, RandomVariable):
            self.values_in(Subject(symbol), attribute.elements.sort)

    def values_in(self, subject: Subject, sort: Sort) -> bool:
        """Enter where the values of a random variable lie; of a random matrix nothing is known by chance."""
        known, symbol = self.sort_of(subject.symbol), subject.symbol
        element = element_of(known)
        if not isinstance(element, RandomVariable):
            return False
        if isinstance(sort, Matrix):
            self.sorts[symbol] = replace(known, element=sort) if isinstance(known, Family) else sort
            self.block(symbol, "random matrix")
            return True
        if isinstance(sort, Real) and sort != Real():
            bounded = replace(element, values=sort)
            self.sorts[symbol] = replace(known, element=bounded) if isinstance(known, Family) else bounded
        elif inside_bounds(sort):
            return False
        self.spaces[element.space] = space_of(sort)
        return True

    def _indexed(self, subject: Subject) -> bool:
        return bool(subject.indices or subject.sizes)

    def _entries(self, subject: Subject, attribute: Attribute) -> bool:
        """Enter bounds of the entries of an array: x_i > 0 where x is a vector."""
        known = self.sort_of(subject.symbol)
        count = len(subject.indices or subject.sizes)
        if not isinstance(attribute, Within):
            return False
        if isinstance(known, Vector) and count == 1:
            refined = refine(known, attribute, subject.symbol)
            if refined is not None and refined.sort is not None:
                self.sorts[subject.symbol] = refined.sort
                return True
        if isinstance(known, Matrix) and count == 2:
            entries = refine(known.entries, attribute, subject.symbol)
            if entries is not None and isinstance(entries.sort, Real):
                self.sorts[subject.symbol] = replace(known, entries=entries.sort)
                return True
        return False

    def family_sizes(self, subject: Subject) -> tuple[Term | None, ...]:
        """Return the sizes of a family: as written out, as its indices run, or as known before."""
        if subject.sizes:
            return subject.sizes
        sizes = tuple(self.ranges.get(i) for i in subject.indices)
        if sizes == (None,):
            sizes = (self.counts.get(subject.symbol),)
        known = self.sort_of(subject.symbol)
        if isinstance(known, Family) and len(known.sizes) == len(sizes):
            return tuple(new if new is not None else old for new, old in zip(sizes, known.sizes, strict=True))
        return sizes

    def function_of(self, subject: Subject, on: tuple[str, ...], value: Sort | None = None) -> bool:
        """Enter that the subject is a function of these names; an unknown one is a real number."""
        for symbol in on:
            if self.sort_of(symbol) is None and not self.is_defined(symbol):
                self.sorts[symbol] = Real()
        arguments = tuple(Real() if self.is_defined(a) else self.argument_sort(a) for a in on)
        return self.give(subject, FunctionOf(arguments, value, on))

    def narrow(self, subject: Subject, relation: Relation, bound: float) -> bool:
        """Enter subject < bound and its like."""
        match relation:
            case "<" | "<=":
                return self.give(subject, Within(Real(high=bound, high_open=relation == "<")))
            case ">" | ">=":
                return self.give(subject, Within(Real(low=bound, low_open=relation == ">")))
            case "!=" if bound == 0:
                sort = self.sort_of(subject.symbol)
                is_array = isinstance(sort, Vector | Matrix) and not self._indexed(subject)
                return not is_array and self.give(subject, Within(Real(nonzero=True)))
        return False

    def _sizes(self) -> None:
        """Make whole numbers of the bounded names that are sizes: "let L >= 2 and x in R^L"."""
        for symbol in [s for sort in (*self.scope.sorts.values(), *self.sorts.values()) for s in _size_names(sort)]:
            known = self.sort_of(symbol)
            if isinstance(known, Real) and not known.integer:
                self.sorts[symbol] = intersection(known, SIZE)

    def harvest(self, words: str) -> Harvest:
        """Return what was gathered; `words` is the sentence, kept with every declaration."""
        self._sizes()
        return Harvest(
            declarations=tuple(Declared(symbol, self._at_arrays(sort), words) for symbol, sort in self.sorts.items()),
            definitions=tuple(d for d in self.definitions if not _by_its_entries(d) or self._has_blocks(d)),
            densities=tuple(self.densities),
            assumptions=tuple(self.assumptions),
            facts=tuple(dict.fromkeys(self.facts)),
            not_understood=MappingProxyType({s: " ... ".join(said) for s, said in self.blocked.items()}),
            is_declaring=True,
            spaces=MappingProxyType(dict(self.spaces)),
            consumed=frozenset(self.consumed),
            constants=frozenset(self.constants),
            placed=frozenset(self.placed),
            notations=MappingProxyType(dict(self.notations)),
        )

    def _at_arrays(self, sort: Sort) -> Sort:
        """Return a function's sort with the arguments that the sentence went on to declare as arrays."""
        if not isinstance(sort, Function):
            return sort
        told = (self.sorts.get(a.space) if isinstance(a, Point) else None for a in sort.arguments)
        arguments = zip(sort.arguments, told, strict=True)
        return replace(sort, arguments=tuple(t if isinstance(t, Vector | Matrix) else a for a, t in arguments))

    def _has_blocks(self, definition: Definition) -> bool:
        """Return whether the entries are declared to be matrices themselves."""
        names = [part.symbol for part in subterms(definition.body) if isinstance(part, Name)]
        return any(self.is_defined(name) or isinstance(self.sort_of(name), Matrix | Vector) for name in names)


def _by_its_entries(definition: Definition) -> bool:
    """Return whether a matrix is only written out by its own entries: A = (A_{11} & A_{12} ...)."""
    if not isinstance(definition.body, Array) or definition.parameters:
        return False
    return all(
        cell == Name(f"{definition.symbol}_{{{i}{j}}}") or cell == Name(f"{definition.symbol}_{{{i},{j}}}")
        for i, row in enumerate(definition.body.rows, start=1)
        for j, cell in enumerate(row, start=1)
    )


def _variables(subject: Subject, arguments: tuple[Sort, ...]) -> tuple[str, ...]:
    """Return the names of a function's arguments, none where one is a point of a space that laws have."""
    return () if any(isinstance(sort, Point) for sort in arguments) else subject.arguments or ()


def _size_names(sort: Sort) -> list[str]:
    match sort:
        case Vector(size=size):
            terms: tuple[Term | None, ...] = (size,)
        case Matrix(rows=rows, columns=columns):
            terms = (rows, columns)
        case Family(sizes=sizes, element=element):
            return [t.symbol for t in sizes if isinstance(t, Name)] + _size_names(element)
        case _:
            terms = ()
    return [t.symbol for t in terms if isinstance(t, Name)]


def _spaces_of(sort: Sort) -> tuple[str, ...]:
    match sort:
        case Law(spaces=spaces):
            return spaces
        case Function(arguments=arguments, value=value):
            return tuple(part.space for part in (*arguments, value) if isinstance(part, Point))
        case Point(space=space) | RandomVariable(space=space):
            return (space,)
    return ()


def _is_finite(sort: Sort) -> bool:
    return isinstance(sort, Real) and sort.integer and sort.low is not None and sort.high is not None


def space_of(sort: Sort | None) -> EuclideanSpace | AbstractSpace:
    """Return the space that something of this sort lies in: abstract for a point of an unnamed set."""
    if isinstance(sort, Point):
        return AbstractSpace()
    if isinstance(sort, Vector):
        return EuclideanSpace(sort.size)
    return EuclideanSpace(None)


def unknown_euclidean(symbol: str) -> EuclideanSpace:
    """Return R^n of a size that is not said."""
    return EuclideanSpace(unknown_size(symbol))
