"""What the reader of formulas may ask about names: declarations first, then how the notes use them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from errata.language.kernels import KernelPlaces
from errata.language.paired_indices import Second
from errata.language.scope import Scope
from errata.language.sorts import Family, Function, Law, Matrix, Point, Sort, Vector
from errata.language.syntax import Node
from errata.language.terms import Aggregate, Functional, Functions, LawReference, Term


@dataclass(frozen=True, slots=True)
class LawUsage:
    """The spaces that a law is written with: as values, and as conditions.

    kernel: its places, if it is only ever written as a kernel or parts of one, as P(s' | s, a) of p(s', r | s, a).
    """

    values: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    kernel: KernelPlaces | None = None

    @property
    def free(self) -> tuple[str, ...]:
        """The spaces that its conditioning leaves free."""
        return tuple(s for s in self.values if s not in self.given) or self.values

    @property
    def all(self) -> tuple[str, ...]:
        """All its spaces, in the order of first use."""
        return self.values + tuple(s for s in self.given if s not in self.values)


@dataclass(frozen=True, slots=True)
class Usage:
    """How the notes use their names, gathered from the syntax of the whole document.

    laws: by symbol. aliases: a law's capital spelling to its symbol. functions: symbols applied to
    arguments. indices: letters that run over ranges or index families. indexed: bases that carry them.
    ranges: an index letter's range where all its sums agree. arguments: the spaces of a function's arguments, where it
    is applied to plain points of laws. points: the first symbol written for a point of a space, by space.
    averaged: names that stand alone in E[X], Var(X) or Cov(X, Y). range_ends: what the upper ends of all ranges name.
    unnormalised: positive functions that are written as laws, with the spaces of their arguments where these are clear.
    subscripts: the letters that stand below a name. sequences: names that are functions in some places and sequences
    in others. paired: names that are explained with two places below them, G_{t:h}, and what the second one is.
    probabilities: letters of laws that are numbers here, as p in 1 - p. finite: functions of a finite set, r(a).
    log_bases: those of the logarithms, None for the ones without a number below. componentwise: functions of whole
    arrays that are written at one component, \\sigma(z_i), with the letters of the arrays. lists_lie: lists are rows.
    """

    laws: Mapping[str, LawUsage] = field(default_factory=lambda: MappingProxyType({}))
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    functions: frozenset[str] = frozenset()
    indices: frozenset[str] = frozenset()
    indexed: frozenset[str] = frozenset()
    ranges: Mapping[str, tuple[Term, Term]] = field(default_factory=lambda: MappingProxyType({}))
    arguments: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    points: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    averaged: frozenset[str] = frozenset()
    range_ends: frozenset[str] = frozenset()
    unnormalised: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    subscripts: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    sequences: frozenset[str] = frozenset()
    paired: Mapping[str, Second] = field(default_factory=lambda: MappingProxyType({}))
    probabilities: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    log_bases: frozenset[int | None] = frozenset()
    componentwise: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    lists_lie: bool = False

    @property
    def spaces(self) -> frozenset[str]:
        """All spaces of all laws."""
        return frozenset(space for usage in self.laws.values() for space in usage.all)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The oracle of the reader: the scope where a formula stands and the usage of the whole document.

    nearby: how the display at hand uses its laws, which tells best what a bare p stands for there.
    points: the symbol that the display writes for a point of a space, by space.
    divergences: what KL(q || p) stood for where the note wrote it out, by `written_laws`.
    named: symbols of constants and standard functions that sentences speak of as things of the note's own.
    gradient: what all gradients of the display that say it are taken by.
    iterates: families of which a formula gives a member by the one before it.
    other_transport: whether words may make couplings or Lipschitz functions others than the customary ones.
    other_metric: whether words name another metric than the customary one.
    """

    scope: Scope = field(default_factory=Scope)
    usage: Usage = field(default_factory=Usage)
    nearby: Mapping[str, LawUsage] = field(default_factory=lambda: MappingProxyType({}))
    points: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    divergences: Mapping[tuple[str, ...], Term] = field(default_factory=lambda: MappingProxyType({}))
    named: frozenset[str] = frozenset()
    gradient: tuple[Node, ...] = ()
    iterates: frozenset[str] = frozenset()
    other_transport: bool = False
    other_metric: bool = False

    def law(self, symbol: str) -> str | None:
        """Return the canonical symbol of a law, None where the symbol names none."""
        symbol = self.usage.aliases.get(symbol, symbol)
        declared = self.scope.sorts.get(symbol)
        if declared is not None:
            return symbol if isinstance(declared, Law) else None
        return symbol if symbol in self.usage.laws else None

    def is_law(self, symbol: str) -> bool:
        """Return whether the symbol names a law."""
        return self.law(symbol) is not None

    def law_usage(self, symbol: str) -> LawUsage:
        """Return the spaces of a law: as used nearby, else in the document, else as declared."""
        near = self.nearby.get(symbol)
        if near is not None and near.values:
            return near
        used = self.usage.laws.get(symbol, LawUsage())
        declared = self.scope.sorts.get(symbol)
        if isinstance(declared, Law):
            extra = tuple(s for s in declared.spaces if s not in used.all)
            return LawUsage(used.values + extra, used.given, used.kernel)
        return used

    def kernel(self, symbol: str) -> KernelPlaces | None:
        """Return the places of the kernel that a law is: in the whole document, else as used nearby."""
        whole = self.usage.laws.get(symbol, LawUsage()).kernel
        return whole or self.law_usage(symbol).kernel

    def spaces_of(self, symbol: str) -> tuple[str, ...]:
        """Return all spaces that the whole document writes or declares a law over."""
        declared = self.scope.sorts.get(symbol)
        used = self.usage.laws.get(symbol, LawUsage()).all
        return tuple(dict.fromkeys((*used, *(declared.spaces if isinstance(declared, Law) else ()))))

    def is_function(self, symbol: str) -> bool:
        """Return whether the symbol is applied to arguments, not multiplied by a bracket."""
        declared = self.scope.sorts.get(symbol)
        if isinstance(declared, Family) and isinstance(declared.element, Function):
            return True
        if declared is not None and not isinstance(declared, Function):
            return False
        if symbol in self.scope.definitions:
            definition = self.scope.definitions[symbol]
            if definition.parameters or _is_function_value(definition.body):
                return True
        return declared is not None or symbol in self.usage.functions

    def declared(self, symbol: str) -> bool:
        """Return whether a sort or a definition of exactly this symbol is known."""
        return symbol in self.scope.sorts or symbol in self.scope.definitions

    def is_array(self, symbol: str) -> bool:
        """Return whether the symbol is declared a vector, matrix or family."""
        known = isinstance(self.scope.sorts.get(symbol), Vector | Matrix | Family)
        return known or f"{symbol}_{{\\cdot}}" in self.scope.recursions

    def is_linear(self, symbol: str) -> bool:
        """Return whether the symbol is declared a vector or a matrix."""
        sort = self.scope.sorts.get(symbol)
        return isinstance(sort, Vector | Matrix)

    def is_space(self, name: str) -> bool:
        """Return whether some law has a slot of this space."""
        if name in self.usage.spaces or name in self.scope.spaces:
            return True
        return any(name in _spaces_of(sort) for sort in self.scope.sorts.values())


def _spaces_of(sort: Sort) -> tuple[str, ...]:
    """Return the spaces that a declaration names: those of a law, of a point, of a function's arguments."""
    if isinstance(sort, Law):
        return sort.spaces
    if isinstance(sort, Point):
        return (sort.space,)
    return tuple(a.space for a in sort.arguments if isinstance(a, Point)) if isinstance(sort, Function) else ()


def written_laws(functional: Functional) -> tuple[str, ...]:
    """Return how a functional of laws is written: its kind and the bare names of its laws."""
    names = (law.law.symbol if isinstance(law, LawReference) else "" for law in functional.laws)
    return functional.functional, *names


def _is_function_value(body: Term) -> bool:
    """Return whether a definition's body is itself a function: the best of all functions."""
    return (
        isinstance(body, Aggregate)
        and body.operation in ("argmax", "argmin")
        and isinstance(body.binder.domain, Functions)
    )
