"""Integrals by a vector: the integral sign alone, or between infinities, runs over the whole space of the vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from errata.language.definitions import rebuilt
from errata.language.scope import Scope
from errata.language.sorts import EuclideanSpace, SpaceKind, Vector
from errata.language.statements import Reading
from errata.language.symbols import base_name
from errata.language.terms import Aggregate, Binder, Constant, Interval, Name, Negative, Space, Term, subterms

_INFINITY = Constant("infinity")
_LINE = Interval(Negative(_INFINITY), _INFINITY)


def over_their_spaces(readings: Sequence[Reading], scope: Scope) -> tuple[tuple[Reading, ...], Scope]:
    """Return the readings with every integral by a vector taken over its space, and the scope with that space."""
    spaces: dict[str, SpaceKind] = {
        base_name(name.symbol): EuclideanSpace(sort.size)
        for reading in readings
        for side in (reading.left, reading.right)
        for part in subterms(side)
        if (name := _variable(part)) is not None and isinstance(sort := scope.sorts.get(name.symbol), Vector)
    }
    if not spaces or any(scope.spaces.get(space, kind) != kind for space, kind in spaces.items()):
        return tuple(readings), scope
    found = tuple(replace(r, left=_placed(r.left, spaces), right=_placed(r.right, spaces)) for r in readings)
    return found, replace(scope, spaces=MappingProxyType({**scope.spaces, **spaces}))


def _variable(term: Term) -> Name | None:
    """Return the variable of an integral over the whole line."""
    match term:
        case Aggregate("integral", Binder(name, domain)) if domain == _LINE:
            return name
    return None


def _placed(term: Term, spaces: dict[str, SpaceKind]) -> Term:
    name = _variable(term)
    if name is not None and base_name(name.symbol) in spaces:
        assert isinstance(term, Aggregate)
        term = replace(term, binder=Binder(name, Space(base_name(name.symbol))))
    return rebuilt(term, lambda part: _placed(part, spaces))
