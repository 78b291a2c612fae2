r"""Two spaces taken as one: the image of a law under a map that the note puts into the map again.

    p_g is the law of G(z), z \sim p_z;  then  \mathbb{E}_{z \sim p_g}[f(G(z))]

Here G is applied to what it gives, so the two sides have a value only where the points of z and those of x = G(z) are
of one space. In that case the claim is judged: if it fails there, it is right nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

from errata.language.scope import ImageLaw, Scope
from errata.language.sorts import AbstractSpace, Law
from errata.language.statements import Reading
from errata.language.terms import Apply, Density, LawReference, Space, subterms

_PLACES = frozenset(("space", "source_space"))
"""The fields of terms, sorts and facts that name a space."""


def as_one_space(reading: Reading, scope: Scope) -> tuple[Reading, Scope, str] | None:
    """Return the claim where a map's points and its images are of one space, with the words for that.

    None where no image law of the claim is drawn from in the map's own space, or more is said of one of the spaces.
    """
    for fact in scope.facts:
        if not isinstance(fact, ImageLaw) or fact.space == fact.source_space or not _is_mixed(fact, reading):
            continue
        kinds = [scope.spaces.get(space, AbstractSpace()) for space in (fact.space, fact.source_space)]
        if not all(isinstance(kind, AbstractSpace) for kind in kinds) or _has_both(fact, scope):
            return None
        merged = _with_space(scope, fact.source_space, fact.space)
        sides = [_moved(side, fact.source_space, fact.space) for side in (reading.left, reading.right)]
        words = f"the points of {fact.source_space} and those of {fact.space} are of one space"
        return replace(reading, left=sides[0], right=sides[1]), merged, words
    return None


def _is_mixed(fact: ImageLaw, reading: Reading) -> bool:
    """Return whether the image law stands with a point of the map's own space, or what is drawn from it in the map."""
    parts = [part for side in (reading.left, reading.right) for part in subterms(side)]
    laws = [p for p in parts if isinstance(p, Density | LawReference) and p.law.symbol == fact.law]
    slots = [slot for law in laws for slot in (*law.values, *law.given)]
    points = {slot.value for slot in slots}
    again = any(p.function.symbol == fact.function and points & {*p.arguments} for p in parts if isinstance(p, Apply))
    return again or any(slot.space == fact.source_space for slot in slots)


def _has_both(fact: ImageLaw, scope: Scope) -> bool:
    """Return whether another law has a place in each of the two spaces: these are told apart then."""
    laws = [sort for symbol, sort in scope.sorts.items() if isinstance(sort, Law) and symbol != fact.law]
    return any({fact.space, fact.source_space} <= set(law.spaces) for law in laws)


def _with_space(scope: Scope, old: str, new: str) -> Scope:
    moved = {f.name: _moved(getattr(scope, f.name), old, new) for f in fields(scope)}
    moved["spaces"] = MappingProxyType({name: kind for name, kind in scope.spaces.items() if name != old})
    densities = [
        replace(d, values=_pairs(d.values, old, new), given=_pairs(d.given, old, new)) for d in moved["densities"]
    ]
    return replace(scope, **{**moved, "densities": tuple(densities)})


def _pairs(slots: tuple[tuple[str, str], ...], old: str, new: str) -> tuple[tuple[str, str], ...]:
    return tuple((new if space == old else space, variable) for space, variable in slots)


def _moved(value: Any, old: str, new: str) -> Any:
    """Return a term, a sort, a fact, or a collection of such, with one space in the place of another."""
    if isinstance(value, tuple):
        return tuple(_moved(part, old, new) for part in value)
    if isinstance(value, Mapping):
        return MappingProxyType({_moved(k, old, new): _moved(v, old, new) for k, v in value.items()})
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for field in fields(value):
        part = getattr(value, field.name)
        if field.name in _PLACES or (isinstance(value, Space) and field.name == "name"):
            changes[field.name] = new if part == old else part
        elif isinstance(value, Law) and field.name == "spaces":
            changes[field.name] = tuple(dict.fromkeys(new if space == old else space for space in value.spaces))
        else:
            changes[field.name] = _moved(part, old, new)
    return replace(value, **changes)
