"""Probabilities told one by one, P(D = 1) = 0.01 and P(T = 1 | D = 0) = 0.05: together they are the law.

What is told of all points but one tells that one, too. Where probabilities are missing, nothing is made of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from types import MappingProxyType

from errata.language.definitions import used_symbols
from errata.language.scope import DensityDefinition, Scope
from errata.language.sorts import AbstractSpace, FiniteSpace
from errata.language.terms import (
    Cases,
    Comparison,
    Conjunction,
    Density,
    Name,
    Negative,
    Number,
    Quotient,
    Slot,
    Sum,
    Term,
)

_ONE = Number(Fraction(1))
_BINARY = frozenset((Fraction(0), Fraction(1)))
Point = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """One probability: of a point under given points."""

    assumption: Comparison
    point: Fraction
    given: Point
    value: Term


_Key = tuple[str, str, tuple[str, ...]]
"""A law, the space of its values, and those of what is given."""


def with_told_probabilities(scope: Scope) -> Scope:
    """Return the scope with the laws that its assumptions tell whole, in the place of these."""
    groups: dict[_Key, list[_Told]] = {}
    for assumption in scope.assumptions:
        found = _told(assumption)
        if found is not None:
            groups.setdefault(found[0], []).append(found[1])
    if not groups:
        return scope
    points = {space: _points(space, groups) for key in groups for space in (key[1], *key[2])}
    known = {space for space, told in points.items() if told and _fits(scope, space, told)}
    densities, used = list(scope.densities), list[Comparison]()
    for key, told in groups.items():
        if {key[1], *key[2]} <= known and (density := _density(key, told, points)) is not None:
            densities.append(density)
            used += [t.assumption for t in told]
    if not used:
        return scope
    made = {space: FiniteSpace(tuple(map(Number, points[space]))) for d in densities[len(scope.densities) :]
            for space, _ in (*d.values, *d.given)}  # fmt: skip
    return replace(
        scope,
        densities=tuple(densities),
        spaces=MappingProxyType({**scope.spaces, **made}),
        assumptions=tuple(a for a in scope.assumptions if a not in used),
    )


def told_names(scope: Scope) -> tuple[frozenset[str], frozenset[str]]:
    """Return the spaces whose laws are told in this way, and the names in their probabilities, the laws' own too."""
    densities = with_told_probabilities(scope).densities[len(scope.densities) :]
    spaces = frozenset(space for d in densities for space, _ in (*d.values, *d.given))
    return spaces, frozenset(s for d in densities for s in (d.law, *used_symbols(d.body)))


def _told(assumption: Comparison) -> tuple[_Key, _Told] | None:
    """Return the probability that an assumption tells, with the law and the spaces it is of."""
    left = assumption.left
    if assumption.relation != "=" or not isinstance(left, Density) or left.parameters or len(left.values) != 1:
        return None
    places = [_integer(slot) for slot in (*left.values, *left.given)]
    whole = [place for place in places if place is not None]
    if len(whole) < len(places) or not _is_chance(assumption.right):
        return None
    key = (left.law.symbol, left.values[0].space, tuple(slot.space for slot in left.given))
    if len({key[1], *key[2]}) < 1 + len(key[2]):
        return None
    return key, _Told(assumption, whole[0], tuple(whole[1:]), assumption.right)


def _integer(slot: Slot) -> Fraction | None:
    return slot.value.value if isinstance(slot.value, Number) else None


def _is_chance(term: Term) -> bool:
    """Return whether a term is a number, a fraction of numbers or a name for one."""
    match term:
        case Number() | Name():
            return True
        case Quotient(Number(), Number()):
            return True
        case Sum((Number(), Negative(Name() | Number()))):
            return True
    return False


def _points(space: str, groups: Mapping[_Key, Sequence[_Told]]) -> tuple[Fraction, ...]:
    """Return the points of a space: all that are told of it, and both of 0 and 1."""
    found: set[Fraction] = set()
    for (_, valued, given), told in groups.items():
        found.update(t.point for t in told if valued == space)
        for place, other in enumerate(given):
            found.update(t.given[place] for t in told if other == space)
    return tuple(sorted(_BINARY if found <= _BINARY else found))


def _fits(scope: Scope, space: str, points: Iterable[Fraction]) -> bool:
    known = scope.spaces.get(space, AbstractSpace())
    if isinstance(known, FiniteSpace):
        return {p.value for p in known.points if isinstance(p, Number)} == set(points)
    return isinstance(known, AbstractSpace)


def _density(key: _Key, told: Sequence[_Told], points: Mapping[str, tuple[Fraction, ...]]) -> DensityDefinition | None:
    """Return the law that is told for all that may be given; None where some of it is missing, or told twice."""
    law, space, given = key
    branches: list[tuple[Term, Term]] = []
    for under in product(*(points[other] for other in given)):
        row = {t.point: t.value for t in told if t.given == under}
        if len(row) < sum(t.given == under for t in told):
            return None
        missing = [point for point in points[space] if point not in row]
        if len(missing) > 1 or not row or (not missing and not _is_whole(list(row.values()))):
            return None
        for point in missing:
            row[point] = Sum((_ONE, *map(Negative, row.values())))
        branches += [(value, _where((space, *given), (point, *under))) for point, value in row.items()]
    return DensityDefinition(law, ((space, space),), tuple((other, other) for other in given), Cases(tuple(branches)))


def _is_whole(values: Sequence[Term]) -> bool:
    """Return whether probabilities sum to 1 by themselves: 1/2, 1/4, 1/4, and p, 1 - p."""
    total: dict[str, Fraction] = defaultdict(Fraction)
    for part in (part for value in values for part in (value.terms if isinstance(value, Sum) else (value,))):
        bare, sign = (part.term, -1) if isinstance(part, Negative) else (part, 1)
        match bare:
            case Name(symbol):
                total[symbol] += sign
            case Number(value):
                total[""] += sign * value
            case Quotient(Number(above), Number(below)) if below:
                total[""] += sign * above / below
            case _:
                return False
    return total.pop("", 0) == 1 and not any(total.values())


def _where(spaces: Sequence[str], point: Sequence[Fraction]) -> Term:
    conditions = tuple(Comparison("=", Name(s), Number(p)) for s, p in zip(spaces, point, strict=True))
    return conditions[0] if len(conditions) == 1 else Conjunction(conditions)
