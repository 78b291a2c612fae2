"""What is known at a place of a document while it is read: sorts, definitions, facts, and what was not understood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType

from errata.language import symbols
from errata.language.decompositions import Factor
from errata.language.definitions import constant_family, free_symbols, substitute, unfold_entries, used_symbols
from errata.language.entry_definitions import whole_ones
from errata.language.implied_dependence import Implied
from errata.language.matching_sizes import sized
from errata.language.normalisers import normalisers
from errata.language.open_recursions import backward_recursion_of
from errata.language.parameter_domains import domains_of_parameters
from errata.language.prose.harvested import Harvest
from errata.language.prose.refine import is_unknown_size
from errata.language.recursions import settled, start_equation
from errata.language.restricted import InForce
from errata.language.scope import Definition, DensityDefinition, Fact, Layout, Recursion, Scope
from errata.language.setting import Setting
from errata.language.sorts import (
    AbstractSpace,
    Family,
    Function,
    Point,
    RandomVariable,
    Real,
    Sort,
    SpaceKind,
    Vector,
    resized,
)
from errata.language.standard_moments import mean_of_the_first
from errata.language.terms import Apply, Comparison, Density, Name, Term, subterms
from errata.language.told_systems import system_in
from errata.language.told_values import told_by
from errata.language.whole_families import put_together

TOLD_LATER = "a sentence further down tells what its members are"


@dataclass
class State:
    """What is known at the place of reading; see `Scope` for the fields that it shares with it.

    entries: definitions of families entry by entry, unfolded where they are used. customary: what
    members mean that the note does not define, \\bar X_n of a sample. backwards: recursions of a member by
    later ones. jsd_stated: the note has
    said what its JSD is. seen: symbols that a formula before had. determined: symbols that one had on its
    left side. announced: symbols that a sentence declared. sections: how many headings stand
    before the place. defined_in: the section in which a relation defined a symbol.
    restrictions: conditions told in words that name nobody. factors: those of the decompositions told;
    open_factors: the ones whose shapes may still be declared. sizes: what open sizes of declared arrays must equal.
    settings: the numbers that sentences suppose. explaining: what the formulas of definitions have been made of.
    values: those of functions at single places, each with the section that tells it. still: names that
    nothing varies; see `normalisers`. losses: what the formulas before this place tell of quantities that no
    formula gives. as_written: definitions with no families unfolded.
    customs: what names mean that the note uses as is the custom.
    value_places: functions that equations give at a place by their other values, with that place. observed: whether
    words tell that the data of models were observed.
    """

    sorts: dict[str, Sort] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    entries: dict[str, Definition] = field(default_factory=dict)
    customary: dict[str, Definition] = field(default_factory=dict)
    densities: list[DensityDefinition] = field(default_factory=list)
    recursions: dict[str, Recursion] = field(default_factory=dict)
    backwards: dict[str, Recursion] = field(default_factory=dict)
    starts: list[tuple[str, int, Term]] = field(default_factory=list)
    likelihoods: dict[Density, str] = field(default_factory=dict)
    assumptions: list[Comparison] = field(default_factory=list)
    perhaps: list[Comparison] = field(default_factory=list)
    moments: dict[str, frozenset[str]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    spaces: dict[str, SpaceKind] = field(default_factory=dict)
    not_understood: dict[str, str] = field(default_factory=dict)
    notations: dict[str, str] = field(default_factory=dict)
    log_base: Term | None = None
    layout: Layout = field(default_factory=Layout)
    directions: frozenset[str] = frozenset()
    constants: frozenset[str] = frozenset()
    varying: str | None = None
    divergences: dict[tuple[str, ...], Term] = field(default_factory=dict)
    continuous: bool = False
    jsd_factor_half: bool = True
    jsd_stated: bool = False
    seen: set[str] = field(default_factory=set)
    determined: set[str] = field(default_factory=set)
    announced: set[str] = field(default_factory=set)
    sections: int = 0
    defined_in: dict[str, int] = field(default_factory=dict)
    restrictions: list[InForce] = field(default_factory=list)
    factors: dict[str, Factor] = field(default_factory=dict)
    open_factors: set[str] = field(default_factory=set)
    sizes: Mapping[Term, Term] = field(default_factory=dict)
    settings: dict[Term, Setting] = field(default_factory=dict)
    explaining: set[str] = field(default_factory=set)
    values: dict[Term, tuple[int, Term | None]] = field(default_factory=dict)
    still: frozenset[str] = frozenset()
    losses: dict[str, Implied] = field(default_factory=dict)
    as_written: dict[str, Definition] = field(default_factory=dict)
    customs: Mapping[str, Definition] = field(default_factory=dict)
    value_places: dict[str, Term] = field(default_factory=dict)
    observed: bool = False

    def copy(self) -> State:
        """Return a copy that changes by itself."""
        return replace(self, **{f.name: copy(getattr(self, f.name)) for f in fields(self)})

    def scope(self) -> Scope:
        """Return a frozen copy."""
        whole = put_together(self.entries, self.sorts)
        known = Scope(
            sorts=MappingProxyType(dict(self.sorts)),
            spaces=MappingProxyType(dict(self.spaces)),
            definitions=MappingProxyType({**self.customs, **self.normalisers(), **whole, **self.definitions}),
            densities=tuple(self.densities),
            assumptions=(*self.assumptions, *(start_equation(*start) for start in self.starts)),
            perhaps=tuple(self.perhaps),
            facts=tuple(self.facts),
            not_understood=MappingProxyType({**self.in_entries(whole), **self.not_understood}),
            notations=MappingProxyType(dict(self.notations)),
            log_base=self.log_base,
            layout=self.layout,
            directions=self.directions,
            constants=self.constants,
            varying=self.varying,
            continuous=self.continuous,
            jsd_factor_half=self.jsd_factor_half,
            recursions=MappingProxyType(self.written_out()),
            likelihoods=MappingProxyType(dict(self.likelihoods)),
        )
        return settled(known) if self.recursions or self.assumptions else known

    def normalisers(self) -> dict[str, Definition]:
        """Return what the partition functions are of which nothing is said but that a law is divided by them."""
        found = normalisers(self.densities, self.still)
        if not found:
            return {}
        told = {s for a in self.assumptions for s in used_symbols(a)} | self.entries.keys() | self.recursions.keys()
        told |= {s for s in found if not isinstance(self.sorts.get(s), Real | Function | None)}
        return {s: defined for s, defined in found.items() if s not in told and s not in self.definitions}

    def in_entries(self, whole: Collection[str]) -> dict[str, str]:
        """Return the arrays of which formulas tell the entries alone, with words that say so.

        whole: those that could be put together from their entries.
        """
        return whole_ones(self.entries.keys() - set(whole), self.assumptions, self.sorts)

    def written_out(self) -> dict[str, Recursion]:
        """Return the recursions with what is defined entry by entry written out."""
        found = {}
        for symbol, recursion in self.recursions.items():
            body = unfold_entries(recursion.body, {**self.customary, **self.entries})
            found[symbol] = replace(recursion, body=body)
        return found

    def take_sorts(self, found: Harvest) -> None:
        """Add the sorts that a sentence further down gives to names that are still without one, or without a size."""
        told = {d.symbol for d in found.definitions if d.entry_wise}
        for declared in found.declarations:
            known = self.sorts.get(declared.symbol)
            if known is None or tells_a_size(declared.sort, known):
                self.sorts[declared.symbol] = resized(declared.sort, self.sizes)
            if declared.symbol in told:
                self.not_understood.setdefault(declared.symbol, TOLD_LATER)

    def take_definitions(self, found: Harvest) -> None:
        """Add what a "where" sentence after a formula defines."""
        for defined in map(self.with_sizes, self.without_values(found.definitions)):
            if defined.symbol not in self.definitions:
                self.enter(self.unfolded(defined))  # members at once: what was told of them before is past
            if self.not_understood.get(defined.symbol) == TOLD_LATER:
                del self.not_understood[defined.symbol]
        self.densities.extend(d for d in found.densities if not any(same_slots(d, o) for o in self.densities))

    def protect(self, found: Harvest) -> dict[str, str]:
        """Add what a sentence after a formula leaves not understood of names of which no other tells; return it."""
        told = self.announced | self.definitions.keys() | self.not_understood.keys()
        added = {symbol: words for symbol, words in found.not_understood.items() if symbol not in told}
        self.not_understood.update(added)
        return added

    def expose(self, protected: Mapping[str, str]) -> None:
        """Take back what `protect` added."""
        for symbol, words in protected.items():
            if self.not_understood.get(symbol) == words:
                del self.not_understood[symbol]

    def take(self, found: Harvest) -> None:
        """Add what a sentence says. A name that is declared anew loses what was said of it before."""
        for declared in found.declarations:
            if declared.symbol in self.announced or isinstance(declared.sort, Point):
                self.forget(declared.symbol)
            self.announced.add(declared.symbol)
            self.not_understood.pop(declared.symbol, None)
            self.sorts[declared.symbol] = resized(declared.sort, self.sizes)
            if isinstance(declared.sort, Family) and isinstance(declared.sort.element, RandomVariable):
                means = mean_of_the_first(declared.symbol)
                self.customary.setdefault(means.symbol, means)
        known = self.sorts.keys() | self.definitions.keys() | {d.symbol for d in found.definitions}
        self.sorts.update(domains_of_parameters((d.sort for d in found.declarations), known))
        for defined in found.definitions:
            if defined.entry_wise:
                self.enter(self.with_sizes(defined))
        written = tuple(replace(d, body=unfold_entries(d.body, self.entries)) for d in found.densities)
        system = system_in(found.definitions)
        self.assumptions.extend(system)
        together = {name for equation in system for name in free_symbols(equation.left)}
        for defined in self.without_values(found.definitions):
            if not defined.entry_wise and defined.symbol not in together:
                self.enter(self.unfolded(defined))
                self.as_written[defined.symbol] = defined
                self.densities = [d for d in self.densities if d.law != defined.symbol]
        for density in found.densities:
            self.definitions.pop(density.law, None)
        self.densities = [d for d in self.densities if not any(_replaces(n, d) for n in found.densities)]
        self.densities.extend(written)
        for assumption in found.assumptions:
            backward = backward_recursion_of(assumption.left, assumption.right)
            constant = constant_family(assumption.left, assumption.right)
            if constant is not None and assumption.relation == "=":
                self.customary[constant.symbol] = constant
            elif assumption.relation == "=" and backward is not None and backward.symbol not in self.entries:
                self.backwards.setdefault(backward.symbol, backward)
            elif assumption.left != assumption.right:
                self.assumptions.append(assumption)
        self.facts.extend(f for f in found.facts if f not in self.facts)
        for space, kind in found.spaces.items():
            if isinstance(kind, AbstractSpace):
                self.free(space)
        self.spaces.update(found.spaces)
        self.not_understood.update(found.not_understood)
        self.notations.update(found.notations)
        self.log_base = found.log_base or self.log_base
        self.layout = self.layout.joined(found.layout)
        self.constants |= found.constants

    def enter(self, defined: Definition) -> None:
        """Add a definition. What is told entry by entry is told of the formulas before it, too."""
        if not defined.entry_wise:
            self.definitions[defined.symbol] = defined
            self.as_written.pop(defined.symbol, None)
            self.explaining |= used_symbols(defined.body)
            return
        self.entries[defined.symbol] = defined
        if defined.symbol not in self.explaining:
            return
        for symbol, other in list(self.definitions.items()):
            if defined.symbol in used_symbols(other.body):
                body = unfold_entries(other.body, {defined.symbol: defined})
                self.as_written.setdefault(symbol, other)
                self.definitions[symbol] = replace(other, body=body)

    def with_sizes(self, defined: Definition) -> Definition:
        """Return a definition with what open sizes must equal in their place; what stays open is not understood."""
        sizes = {s for t in subterms(defined.body) if isinstance(t, Name) and is_unknown_size(t) for s in (t.symbol,)}
        if not sizes:
            return defined
        known = {size.symbol: to for size, to in self.sizes.items() if isinstance(size, Name) and size.symbol in sizes}
        if sizes - known.keys():
            self.not_understood.setdefault(defined.symbol, "how many there are is not said")
        return replace(defined, body=substitute(defined.body, known))

    def without_values(self, definitions: Iterable[Definition]) -> list[Definition]:
        """Keep the values that are told at single places; return the other definitions."""
        kept = []
        for defined in definitions:
            place = told_by(defined)
            if place is None:
                kept.append(defined)
            else:
                self.tell(place, defined.body)
        return kept

    def tell(self, place: Apply, value: Term) -> None:
        """Keep a value at a single place; where another is told since the last heading, either may be meant."""
        section, before = self.values.get(place, (-1, value))
        known = section != self.sections or before == value
        self.values[place] = self.sections, value if known else None
        if not known:
            self.not_understood.setdefault(place.function.symbol, "its value at a place is told twice")

    def values_here(self) -> dict[Term, Term]:
        """Return the values at single places that are told since the last heading, and told once."""
        told = ((place, value) for place, (section, value) in self.values.items() if section == self.sections)
        return {place: value for place, value in told if value is not None}

    def unfolded(self, defined: Definition) -> Definition:
        """Return a definition with what is defined entry by entry written out."""
        body = unfold_entries(defined.body, self.entries)
        return replace(defined, body=sized((body,), self.scope())[0][0])

    def free(self, space: str) -> None:
        """Drop what was said of the laws over a space that is declared anew as any space."""
        self.densities = [d for d in self.densities if space not in [s for s, _ in d.values]]
        for symbol, sort in list(self.sorts.items()):
            if symbols.base_name(symbol) == space and isinstance(sort, Real | Vector | RandomVariable):
                self.sorts[symbol] = Point(space)

    def forget(self, symbol: str) -> None:
        """Drop definitions, formulas and conditions of a name, and of the laws over its space."""
        self.definitions.pop(symbol, None)
        self.entries.pop(symbol, None)
        space = symbols.base_name(symbol)
        self.spaces.pop(space, None)
        self.densities = [d for d in self.densities if d.law != symbol and space not in [s for s, _ in d.values]]
        self.assumptions = [a for a in self.assumptions if symbol not in used_symbols(a)]
        self.not_understood.pop(symbol, None)


def tells_a_size(new: Sort, known: Sort) -> bool:
    """Return whether a sort says of a vector, alone or as the member of a family, how many entries it has at last."""
    match new, known:
        case Vector(size=size), Vector(size=old):
            return is_unknown_size(old) and not is_unknown_size(size) and replace(known, size=size) == new
        case Family(sizes=counts, element=element), Family(sizes=others, element=member) if counts == others:
            return tells_a_size(element, member)
    return False


def same_slots(one: DensityDefinition, other: DensityDefinition) -> bool:
    return (one.law, [s for s, _ in one.values], [s for s, _ in one.given]) == (
        other.law,
        [s for s, _ in other.values],
        [s for s, _ in other.given],
    )


def follows(new: DensityDefinition, known: Sequence[DensityDefinition]) -> bool:
    """Return whether the law's other formulas fix this margin or conditional: p(z) and p(x | z) tell p(x)."""
    chained = [d for d in known if d.law == new.law]
    valued = {space for d in chained for space, _ in d.values}
    parameters = {space for d in chained for space, _ in d.given} - valued
    covered: set[str] = set()
    for _ in chained:
        ready = [d for d in chained if {s for s, _ in d.given} <= covered | parameters]
        covered |= {space for d in ready for space, _ in d.values}
    return {s for s, _ in new.values} <= covered and {s for s, _ in new.given} <= covered | parameters


def _replaces(new: DensityDefinition, old: DensityDefinition) -> bool:
    """A law given anew over the same variables, under whatever condition, is another law from there on."""
    return new.law == old.law and {s for s, _ in new.values} == {s for s, _ in old.values}
