"""What a search for the right line works with: the written side, the side it must equal, and what is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, permutations

import numpy as np
from numpy.typing import NDArray

from errata.language.definitions import free_symbols
from errata.language.scope import Scope
from errata.language.sorts import Family, Law, Matrix, Point, Real, Sort, Vector
from errata.language.terms import (
    Aggregate,
    Apply,
    Density,
    Derivative,
    Draw,
    Elementary,
    Entry,
    Expectation,
    IndexSet,
    LawReference,
    MatrixOperation,
    Name,
    Range,
    Slot,
    Term,
    subterms,
)
from errata.numeric_checks.quantities import Floats
from errata.numeric_checks.target import Target
from errata.verify.diagnosis.arrays import is_array
from errata.verify.diagnosis.trees import tidy

STEADY = 1e-9
MOST_NAMES, MOST_INDICES, MOST_ENTRIES, MOST_PARTS = 14, 4, 24, 8
MOST_POINTS = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A side that might be meant in place of the written one, and how far from it. single: it is one edit away."""

    term: Term
    cost: float
    single: bool = False


@dataclass(frozen=True)
class Bench:
    """One side of a wrong step as written, the other side as its target, and the scope they stand in.

    near: what stands in the other lines of its chain. before: the lines before its other side. composed: the other
    side is what the chain begins with, not the line before, which is wrong.
    """

    written: Term
    target: Target
    scope: Scope
    side: str = "right"
    near: tuple[Term, ...] = ()
    before: tuple[Term, ...] = ()
    composed: bool = False

    @cached_property
    def other(self) -> Term:
        """The side that is taken as right."""
        return self.target.term

    @cached_property
    def is_tidy(self) -> bool:
        """Whether nothing that is written cancels, or could be left out."""
        return tidy(self.written) == self.written

    @cached_property
    def defined(self) -> tuple[NDArray[np.bool_], ...]:
        """Where the written side has a value, a row an interpretation."""
        values = self.target.values(self.written)
        if values is None:
            return tuple(np.zeros(rows, dtype=bool) for rows in self.target.rows)
        return tuple(np.asarray(np.isfinite(v).all(axis=1)) for v in values)

    @cached_property
    def is_constant(self) -> bool:
        """Whether the other side comes to the same in all interpretations."""
        values = [b.target for b in self.target.batches]
        alike = len({v.shape[1] for v in values}) == 1
        return alike and bool(np.ptp(np.concatenate(values), axis=0).max() <= STEADY)

    def fits(self, term: Term) -> bool:
        """Return whether a term has the other side's value, and has one wherever the written side has."""
        return self._covers(self.target.fitting(term))

    def defines(self, term: Term) -> bool:
        """Return whether a term has a value wherever the written side has one."""
        return self._covers(self.target.values(term))

    def _covers(self, values: tuple[Floats, ...] | None) -> bool:
        return values is not None and all(np.isfinite(v[d]).all() for v, d in zip(values, self.defined, strict=True))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The free names of both sides, and those of the scope beside them, in a stable order."""
        near = free_symbols(self.written) | free_symbols(self.other)
        ordered = [*sorted(near), *sorted(s for s in self.scope.sorts if s not in near)]
        return tuple(Name(symbol) for symbol in ordered[:MOST_NAMES])

    @cached_property
    def indices(self) -> tuple[Name, ...]:
        """The names that stand as an index or run over a range, on either side."""
        found: dict[str, None] = {}
        for side in (self.written, self.other):
            for part in subterms(side):
                if isinstance(part, Entry):
                    found.update((i.symbol, None) for i in part.indices if isinstance(i, Name))
                if isinstance(part, Aggregate) and isinstance(part.binder.domain, Range | IndexSet):
                    found[part.binder.name.symbol] = None
        return tuple(Name(symbol) for symbol in sorted(found))

    @cached_property
    def points(self) -> tuple[Name, ...]:
        """The points of spaces that are free on the written side alone, over which a sum may be lost."""
        free = free_symbols(self.written) - free_symbols(self.other)
        return tuple(Name(s) for s in sorted(free) if isinstance(self.scope.sorts.get(s), Point))

    @cached_property
    def givens(self) -> tuple[tuple[Slot, ...], ...]:
        """What densities of the step are conditioned on, and the points that they could be."""
        parts = [t for side in (self.written, self.other) for t in subterms(side)]
        found = [t.given for t in parts if isinstance(t, Density | LawReference) and t.given]
        points = sorted({slot for t in parts if isinstance(t, Density) for slot in t.values}, key=repr)
        return tuple(dict.fromkeys([*found, *((slot,) for slot in points[:MOST_POINTS])]))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the arrays of the step at its indices, which can be a lost factor of what is summed."""
        found = []
        for name in self.names:
            sort = self.scope.sorts.get(name.symbol)
            places = 1 if isinstance(sort, Vector) else 2 if isinstance(sort, Matrix) else 0
            places = len(sort.sizes) if isinstance(sort, Family) else places
            if places and len(self.indices) <= MOST_INDICES:
                found += [Entry(name, chosen) for chosen in permutations(self.indices, places)]
        return tuple(found[:MOST_ENTRIES])

    @cached_property
    def has_entrywise_products(self) -> bool:
        """Whether arrays are multiplied entry by entry in the step."""
        parts = (t for side in (self.written, self.other) for t in subterms(side))
        return any(isinstance(t, MatrixOperation) and t.operation == "hadamard" for t in parts)

    def parts_at(self, name: Name) -> tuple[Term, ...]:
        """Return the values of functions and laws, and the derivatives, that are written at a bound name.

        They can be a lost factor of what is summed over it.
        """
        parts = (t for line in (self.written, self.other, *self.near) for t in subterms(line))
        kinds = Apply | Density | Derivative | Elementary
        kept = (t for t in parts if isinstance(t, kinds) and name.symbol in free_symbols(t))
        return tuple(islice(dict.fromkeys(kept), MOST_PARTS))

    @cached_property
    def free_entries(self) -> tuple[Entry, ...]:
        """The entries at indices that are free on a side: those of an array that one side sums over, say."""
        free = {Name(s) for s in free_symbols(self.written) | free_symbols(self.other)}
        return tuple(e for e in self.entries if set(e.indices) <= free)

    @cached_property
    def numbers(self) -> tuple[Name, ...]:
        """The names that stand for numbers, sizes among them, which can be a lost factor."""
        symbols = {i.symbol for i in self.indices}
        return tuple(n for n in self.names if n.symbol not in symbols and self._is_number(n))

    @cached_property
    def laws(self) -> tuple[Term, ...]:
        """The laws as objects that both sides mention."""
        found: dict[Term, None] = {}
        for side in (self.written, self.other):
            for part in subterms(side):
                if isinstance(part, LawReference):
                    found[part] = None
                if isinstance(part, Density):
                    found[LawReference(part.law)] = None
                if isinstance(part, Expectation):
                    found.update((d.law, None) for d in part.draws if isinstance(d, Draw))
        return tuple(found)

    def is_array(self, term: Term) -> bool:
        """Return whether a term is a vector or a matrix."""
        return is_array(term, self.scope)

    def _is_number(self, name: Name) -> bool:
        sort = self.scope.sorts.get(name.symbol)
        return sort is None or isinstance(sort, Real)

    def like(self, name: Name) -> Iterator[Name]:
        """Yield the other names of the same kind."""
        own = _kind(self.scope.sorts.get(name.symbol))
        for other in self.names:
            if other != name and _kind(self.scope.sorts.get(other.symbol)) == own:
                yield other


def _kind(sort: Sort | None) -> object:
    match sort:
        case None | Real():
            return Real
        case Matrix(rows, columns):
            return (rows, columns)
        case Vector(size):
            return size
        case Law():
            return Law
    return type(sort)
