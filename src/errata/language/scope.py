"""Scope: what is known where a statement stands. Frozen; a document is a sequence of scopes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeVar

from errata.language.sorts import Sort, SpaceKind
from errata.language.terms import Comparison, Density, StandardLaw, Term

V = TypeVar("V")


def _nothing() -> Mapping[str, V]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Definition:
    """symbol(parameters) := body; without parameters, symbol := body.

    A definition of a law as a mixture or copy of others (p_mix = (p + q)/2, q = N(0, 1)) has a law term as
    body and no parameters. A definition is re-evaluated where it is used ("call by name").
    """

    symbol: str
    parameters: tuple[str, ...]
    body: Term
    entry_wise: bool = False
    """Whether the parameters are indices: a_j := body. The reader unfolds such a definition where it is used."""


@dataclass(frozen=True, slots=True)
class Recursion:
    """symbol_index := body, which mentions earlier members; `starts` are the first ones, by their place."""

    symbol: str
    index: str
    body: Term
    starts: tuple[tuple[int, Term], ...] = ()


@dataclass(frozen=True, slots=True)
class DensityDefinition:
    """law(values | given) := body, where values and given are (space, variable symbol) pairs."""

    law: str
    values: tuple[tuple[str, str], ...]
    given: tuple[tuple[str, str], ...]
    body: Term


@dataclass(frozen=True, slots=True)
class ImageLaw:
    """`law`, over `space`, is the law of function(z) where z is drawn from `source` over `source_space`."""

    law: str
    space: str
    function: str
    source: str
    source_space: str


@dataclass(frozen=True, slots=True)
class Independent:
    """These random variables (or slots of `law`) are independent; of `members` (families) so are all members."""

    names: tuple[str, ...]
    law: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndependentMembers:
    """Members of one index of these families are independent, U_i of V_i; of other members nothing is said."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UncorrelatedMembers:
    """The members of this family of random variables have no covariances."""

    family: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names that this is about."""
        return (self.family,)


@dataclass(frozen=True, slots=True)
class IdenticallyDistributed:
    """The members of each of these families have one law."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Follows:
    """A name follows a law with a name of its own; it keeps the sort of the values that this law has."""

    name: str
    law: StandardLaw


@dataclass(frozen=True, slots=True)
class Subgaussian:
    """E[exp(s X)] <= exp(s^2 proxy/2) for all numbers s; of a family for the member at these indices.

    shifted: the note says it of X without its mean, which may be any number then.
    """

    variable: str
    proxy: Term
    indices: tuple[str, ...] = ()
    shifted: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names that this is about."""
        return (self.variable,)


@dataclass(frozen=True, slots=True)
class UpToFactor:
    """The density of the law at the variable is the body, up to a factor that makes its integral 1, if there is one.

    everywhere: it is said that the variable is any real number.
    """

    law: str
    variable: str
    body: Term
    everywhere: bool = False


Fact = (
    ImageLaw
    | Independent
    | IndependentMembers
    | UncorrelatedMembers
    | IdenticallyDistributed
    | Follows
    | Subgaussian
    | UpToFactor
)


LayoutName = Literal["", "denominator", "numerator"]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the note arranges derivatives by vectors and matrices; "" where it does not say.

    numbers: of numbers (denominator: as the variable is; numerator: transposed, a row). vectors: of columns by
    columns (denominator: entry (i, j) is dy_j/dx_i; numerator: the Jacobian). symmetric: by a symmetric matrix
    both entries of a pair move. wirtinger: by a complex variable z, half of d/d Re z - i d/d Im z is meant.
    """

    numbers: LayoutName = ""
    vectors: LayoutName = ""
    symmetric: bool = False
    wirtinger: bool = False

    def joined(self, later: Layout) -> Layout:
        """Return this layout with what is said later."""
        numbers, vectors = later.numbers or self.numbers, later.vectors or self.vectors
        return Layout(numbers, vectors, later.symmetric or self.symmetric, later.wirtinger or self.wirtinger)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything a claim may rest on.

    sorts: by symbol. spaces: by base name. definitions: by symbol. densities: the laws given by formula.
    directions: names whose differentials the note speaks of. constants: names that are said to be constant.
    recursions: families that are given by their own earlier members, by symbol. likelihoods: the names of densities
    of whole families, which definitions explain.
    assumptions: conditions that every interpretation must satisfy (equations are solved for a name).
    perhaps: relations that the note may have set rather than claimed; no refutation may rest on their failing.
    facts: image laws and independence. earlier: claims judged right before this one, which it may use.
    not_understood: words of a declaring sentence that no rule consumed, by symbol; a refutation that rests
    on such a symbol is undecided, quoting the words. log_base: None where the note does not say (natural).
    notations: by sign or command, what the note says it means ("\\\\otimes": "kronecker", "\\\\exp": "series").
    inferred: sentences that say what was inferred ("d is a positive integer"), by symbol. numbers_perhaps: names
    taken for vectors or matrices by the case of their letters alone. varying: the variable, if words tell one, in
    which sides that are equal up to a constant vary.
    """

    sorts: Mapping[str, Sort] = field(default_factory=_nothing)
    spaces: Mapping[str, SpaceKind] = field(default_factory=_nothing)
    definitions: Mapping[str, Definition] = field(default_factory=_nothing)
    densities: tuple[DensityDefinition, ...] = ()
    recursions: Mapping[str, Recursion] = field(default_factory=_nothing)
    likelihoods: Mapping[Density, str] = field(default_factory=lambda: MappingProxyType({}))
    assumptions: tuple[Comparison, ...] = ()
    perhaps: tuple[Comparison, ...] = ()
    facts: tuple[Fact, ...] = ()
    earlier: tuple[Comparison, ...] = ()
    not_understood: Mapping[str, str] = field(default_factory=_nothing)
    inferred: Mapping[str, str] = field(default_factory=_nothing)
    notations: Mapping[str, str] = field(default_factory=_nothing)
    numbers_perhaps: frozenset[str] = frozenset()
    log_base: Term | None = None
    layout: Layout = field(default_factory=Layout)
    directions: frozenset[str] = frozenset()
    constants: frozenset[str] = frozenset()
    varying: str | None = None
    continuous: bool = False
    """Whether the note speaks of densities or of continuous variables."""
    jsd_factor_half: bool = True
    """False where the note defines JSD without the usual factor 1/2."""
