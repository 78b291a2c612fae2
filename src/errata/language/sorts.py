"""Sorts: what kind of thing a name stands for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from errata.language.terms import Term


@dataclass(frozen=True, slots=True)
class Sort:
    """Base of all sorts."""


@dataclass(frozen=True, slots=True)
class Real(Sort):
    """A real number between `low` and `high` (None: unbounded), ends excluded where open.

    complex: any complex number instead; the witnesses meet such names only as pairs of real ones.
    """

    low: float | None = None
    high: float | None = None
    low_open: bool = True
    high_open: bool = True
    integer: bool = False
    nonzero: bool = False
    complex: bool = False

    @property
    def positive(self) -> bool:
        """Whether every value is > 0."""
        return self.low is not None and (self.low > 0 or (self.low == 0 and self.low_open))

    @property
    def nonnegative(self) -> bool:
        """Whether every value is >= 0."""
        return self.low is not None and self.low >= 0

    @property
    def empty(self) -> bool:
        """Whether no number is of this sort: what is said of it contradicts itself."""
        if self.low is None or self.high is None:
            return False
        if self.integer:
            least = math.floor(self.low) + 1 if self.low_open else math.ceil(self.low)
            most = math.ceil(self.high) - 1 if self.high_open else math.floor(self.high)
            return least > most
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))


POSITIVE = Real(low=0.0)
UNIT = Real(low=0.0, high=1.0)
SIZE = Real(low=1.0, low_open=False, integer=True)


@dataclass(frozen=True, slots=True)
class Point(Sort):
    """A point of the space of a base name (see `Scope.spaces` for what the space is)."""

    space: str


@dataclass(frozen=True, slots=True)
class Vector(Sort):
    """A column vector; `size` is a term (a size's name or a number)."""

    size: Term
    entries: Real = Real()
    simplex: bool = False
    """Whether the entries are positive and sum to 1."""
    one_hot: bool = False
    """Whether it is a column of zeros with a single 1, in an unknown place."""


@dataclass(frozen=True, slots=True)
class Matrix(Sort):
    """A matrix.

    properties among "symmetric", "antisymmetric", "positive definite", "positive semidefinite", "orthogonal",
    "diagonal", "lower triangular", "upper triangular", "unit diagonal", "positive diagonal", "invertible",
    "full rank", "idempotent", "involutory", "nilpotent", "square zero", "stochastic" (rows sum to 1),
    "contractive" (spectral norm below 1), "convergent" (spectral radius below 1) and, of complex matrices,
    "hermitian".
    """

    rows: Term
    columns: Term
    properties: frozenset[str] = frozenset()
    entries: Real = Real()


@dataclass(frozen=True, slots=True)
class Family(Sort):
    """An indexed family: x_1, ..., x_N; one size term an index (None where the size is not known)."""

    sizes: tuple[Term | None, ...]
    element: Sort


@dataclass(frozen=True, slots=True)
class Function(Sort):
    """A function between sorts; smooth, and not symmetric, where it takes real arguments.

    No arguments: what it takes was not said ("a positive function"), and is seen from how it is used.
    """

    arguments: tuple[Sort, ...]
    value: Sort
    properties: frozenset[str] = frozenset()
    """Among "convex", "strictly convex", "concave", "increasing", "decreasing", "odd", "even", "entrywise".

    "entrywise": a function of numbers that is taken entry by entry where it is applied to an array.
    """
    on: tuple[str, ...] = ()
    """The variables that it was declared to depend on, X = X(t): where X stands alone it is taken at these."""


@dataclass(frozen=True, slots=True)
class Law(Sort):
    """A distribution over spaces; `parameters` are the symbols it depends on smoothly."""

    spaces: tuple[str, ...]
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RandomVariable(Sort):
    """A random variable with a point's values; `law` is a law term or None where only moments are known."""

    space: str
    law: Term | None = None
    values: Real = Real()
    """The numbers among which its values lie, where no law says so."""


# Spaces ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AbstractSpace:
    """A space that nothing is said about; read as a small finite set whose points carry a real value.

    values: the numbers that these may be, where the points are declared as numbers.
    """

    values: Real = Real()


@dataclass(frozen=True, slots=True)
class FiniteSpace:
    """A finite space whose points are these numbers, such as {0, 1}."""

    points: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Configurations:
    """The columns of `size` entries, each among these numbers: {0, 1}^n."""

    points: tuple[Term, ...]
    size: Term


@dataclass(frozen=True, slots=True)
class EuclideanSpace:
    """The real line (size None) or R^size."""

    size: Term | None = None


SpaceKind = AbstractSpace | FiniteSpace | Configurations | EuclideanSpace


def element_of(sort: Sort | None) -> Sort | None:
    """Return the sort of the members of a family; any other sort is its own."""
    return sort.element if isinstance(sort, Family) else sort


def resized(sort: Sort, told: Mapping[Term, Term]) -> Sort:
    """Return the sort with other sizes in place of some."""
    match sort:
        case Vector(size=size):
            return replace(sort, size=told.get(size, size))
        case Matrix(rows=rows, columns=columns):
            return replace(sort, rows=told.get(rows, rows), columns=told.get(columns, columns))
        case Family(sizes=sizes, element=element):
            counts = tuple(size if size is None else told.get(size, size) for size in sizes)
            return replace(sort, sizes=counts, element=resized(element, told))
    return sort
