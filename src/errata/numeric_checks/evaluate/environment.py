"""The environment of an evaluation: scope, interpretation, what is bound, and how deep the leading axes go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from errata.language.scope import Scope
from errata.language.terms import Term
from errata.numeric_checks.budget import Meter, Unanswerable
from errata.numeric_checks.interpretation import FinitePoints, Interpretation, SpaceValue, Value
from errata.numeric_checks.quantities import FamilyValue, Floats, PointAt, Quantity, gather

Handler = Callable[[Term, "Environment"], Value]


@dataclass(frozen=True, eq=False)
class Environment:
    """bound: what overrides scope and interpretation. replaced: whole subterms that are overridden.

    moved: of a recursion, the member at a place has this value, and the later ones follow from it.
    depth: how many leading axes are in use. resolution: 0 or 1; the finer one confirms a quadrature.
    """

    scope: Scope
    interpretation: Interpretation
    handlers: Mapping[type[Term], Handler]
    meter: Meter
    bound: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    replaced: Mapping[Term, Value] = field(default_factory=lambda: MappingProxyType({}))
    moved: Mapping[str, tuple[Floats, Quantity]] = field(default_factory=lambda: MappingProxyType({}))
    depth: int = 1
    resolution: int = 0

    def value(self, term: Term) -> Value:
        """Evaluate a term; raise Unanswerable if it has no value here."""
        self.meter.step()
        if self.replaced and term in self.replaced:
            return self.replaced[term]
        handler = self.handlers.get(type(term))
        if handler is None:
            raise Unanswerable(f"a {type(term).__name__.lower()} cannot be evaluated here")
        value = handler(term, self)
        if isinstance(value, Quantity):
            self.meter.count(value.array.size)
        return value

    def number(self, term: Term) -> Quantity:
        """Evaluate a term to numbers, vectors or matrices; a point counts as the value it carries."""
        return self.as_quantity(self.value(term))

    def as_quantity(self, value: Value) -> Quantity:
        """Turn a value into numbers, vectors or matrices."""
        if isinstance(value, Quantity):
            return value
        if isinstance(value, PointAt):
            return self.carried(value)
        if isinstance(value, FamilyValue):
            return self.as_array(value)
        raise Unanswerable("a function or law stands where a number is needed")

    def carried(self, point: PointAt) -> Quantity:
        """Return the value that a point carries."""
        space = self.finite(point.space)
        found, _ = gather(space.values, 1, [point.index], max(1, point.index.ndim), space.rank)
        return Quantity(found, space.rank)

    def as_array(self, family: FamilyValue) -> Quantity:
        """Read a family of numbers as a column vector or a matrix."""
        lead = family.array.ndim - family.indices
        if family.space is not None or lead < 1 or family.indices > 2:
            raise Unanswerable("a family stands where a number is needed")
        keep = slice(family.offset, -family.offset or None)
        core = family.array[(..., *((keep,) * family.indices))]
        return Quantity(core[..., None] if family.indices == 1 else core, 2)

    def finite(self, space: str) -> FinitePoints:
        """Return a finite space; raise Unanswerable for one that is not finite or not known."""
        value = self.space(space)
        if not isinstance(value, FinitePoints):
            raise Unanswerable(f"the space of {space} is not finite")
        return value

    def space(self, name: str) -> SpaceValue:
        """Return the interpretation of a space."""
        value = self.interpretation.spaces.get(name)
        if value is None:
            raise Unanswerable(f"the space of {name} is not known")
        return value

    def with_value(self, symbol: str, value: Value, *, axes: int = 0) -> Environment:
        """Bind a symbol; `axes` counts the leading axes that the value adds."""
        bound = {**self.bound, symbol: value}
        depth = self.depth + axes
        return Environment(  # `replace` is slow, and every binder comes this way
            self.scope,
            self.interpretation,
            self.handlers,
            self.meter,
            bound,
            self.replaced,
            self.moved,
            depth,
            self.resolution,
        )

    def with_replaced(self, term: Term, value: Value, *, axes: int = 0) -> Environment:
        """Give a whole subterm a value."""
        return replace(self, replaced={**self.replaced, term: value}, depth=self.depth + axes)

    def with_member(self, symbol: str, place: Floats, value: Quantity, *, axes: int) -> Environment:
        """Give one member of a recursion a value of its own."""
        return replace(self, moved={**self.moved, symbol: (place, value)}, depth=self.depth + axes)

    def deeper(self, axes: int = 1) -> Environment:
        """Reserve further leading axes."""
        return replace(self, depth=self.depth + axes)

    def points_axis(self, space: str) -> PointAt:
        """Return all points of a finite space along the next leading axis."""
        count = self.finite(space).count
        return PointAt(space, np.arange(count).reshape((1,) * self.depth + (count,)))
