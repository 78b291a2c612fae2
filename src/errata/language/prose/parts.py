"""What an inline formula of a declaration can say; one formula may say several things, cut at its commas."""

from __future__ import annotations

from dataclasses import dataclass

from errata.language.prose.sets import ElementSet
from errata.language.terms import Relation, Term


@dataclass(frozen=True, slots=True)
class Subject:
    """A name that something is said about.

    indices: index symbols of a member that stands for its family (x_i), sizes: of a family written out
    (x_1, ..., x_N). arguments and given: of a name written as a call, f(x) or p(x | z); None otherwise.
    """

    symbol: str
    indices: tuple[str, ...] = ()
    sizes: tuple[Term | None, ...] = ()
    arguments: tuple[str, ...] | None = None
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Base of what a formula says; `latex` is this part as written, `subjects` whom it is about."""

    latex: str
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Names(Part):
    """Only names."""


@dataclass(frozen=True, slots=True)
class Membership(Part):
    """subjects in a set. in_passing: it is said of a name wherever it stands, by a shape below it."""

    elements: ElementSet | None = None
    in_passing: bool = False


@dataclass(frozen=True, slots=True)
class MapsTo(Part):
    """f : A x B -> C."""

    arguments: tuple[ElementSet, ...] = ()
    value: ElementSet | None = None


@dataclass(frozen=True, slots=True)
class Drawn(Part):
    """subjects ~ law; `independently` where iid stands over the relation.

    stacked: the column that has the law, where it is written out. given: Y of X | Y ~ law.
    """

    law: str = ""
    independently: bool = False
    stacked: str = ""
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Depends(Part):
    """X = X(t)."""

    on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexRange(Part):
    """i = 1, ..., n: the subjects run over the integers low to high."""

    low: Term | None = None
    high: Term | None = None


@dataclass(frozen=True, slots=True)
class Inequality(Part):
    """A chain of < <= > >= and != ; a side is a subject where it is a name.

    The subjects stand on the first side; where there are several, the formula lists them (a, b > 0).
    """

    sides: tuple[Subject | Term | None, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Equation(Part):
    """An equation or mixed chain, for the parser of formulas to read."""


@dataclass(frozen=True, slots=True)
class PositiveDefinite(Part):
    """A > 0 in the order of matrices."""


@dataclass(frozen=True, slots=True)
class Vanishing(Part):
    """The subjects tend to 0."""


@dataclass(frozen=True, slots=True)
class Perpendicular(Part):
    """x and y are independent."""


@dataclass(frozen=True, slots=True)
class Shape(Part):
    """m x n standing alone, as in "a real m x n matrix"."""

    rows: Term | None = None
    columns: Term | None = None


@dataclass(frozen=True, slots=True)
class BareSet(Part):
    """A set standing alone, as in "vectors in R^n"."""

    elements: ElementSet | None = None


@dataclass(frozen=True, slots=True)
class Other(Part):
    """Anything else."""
