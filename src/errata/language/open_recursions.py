r"""Recursions that begin nowhere: x_{t+1} = x_t - \eta g_t of any step, G_t = R_{t+1} + \gamma G_{t+1}.

What such a recursion says of one step, or of a few, holds whatever member it goes on from. So a claim about
members that stand a known number of steps apart is judged with the later ones written out by the earliest (with
the earlier ones by the latest, where the recursion goes backwards), and that one free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from errata.language.definitions import rebuilt, substitute, used_symbols
from errata.language.dotted_terms import tidy
from errata.language.recursions import plus, shifted
from errata.language.scope import Recursion, Scope
from errata.language.statements import Reading
from errata.language.terms import Aggregate, Entry, Name, Number, Term, subterms

MOST_STEPS = 6
AFTER_ANOTHER = "it may follow from a member before it"
"""What keeps x_1 from being a free beginning: an x_0 that the note does not write."""


def backward_recursion_of(left: Term, right: Term) -> Recursion | None:
    """Return the recursion that G_t = ... G_{t+1} ... states, None where it states none."""
    if not isinstance(left, Entry) or not isinstance(left.array, Name) or len(left.indices) != 1:
        return None
    index, shift = shifted(left.indices[0])
    if index is None:
        return None
    body = substitute(right, {index: plus(Name(index), -shift)}) if shift else right
    symbol = left.array.symbol
    lags = [_offset(e, index) for e in _members(body, symbol)]
    return Recursion(symbol, index, body) if lags and all(lag is not None and lag > 0 for lag in lags) else None


def written_out(readings: Iterable[Reading], recursions: Mapping[str, Recursion]) -> tuple[Reading, ...] | None:
    """Return the readings with these recursions' members written out; None where their steps are not clear."""
    found = []
    for reading in readings:
        sides: list[Term] | None = [reading.left, reading.right]
        for _ in recursions:  # one may bring in members of another
            for recursion in recursions.values():
                sides = _unrolled(sides, recursion) if sides is not None else None
        if sides is None:
            return None
        found.append(replace(reading, left=sides[0], right=sides[1]))
    return tuple(found)


def stand_free(terms: list[Term], recursions: Iterable[Recursion]) -> bool:
    """Return whether no member of these recursions in the terms gives another there: all may be anything."""
    for recursion in recursions:
        names, offsets = _places(terms, recursion.symbol)
        if len(names) > 1 or None in names or (offsets and max(offsets) - min(offsets) >= reach(recursion)):
            return False
    return True


def brings_names(new: Recursion, known: Mapping[str, Recursion]) -> bool:
    """Return whether a recursion speaks of names that the known one rests on nowhere: then it is another update."""
    if known[new.symbol].starts:
        return False
    told = {s for r in reached({new.symbol}, known).values() for s in used_symbols(r.body)}
    return not used_symbols(new.body) <= told | {new.index}


def reached(symbols: set[str], recursions: Mapping[str, Recursion]) -> dict[str, Recursion]:
    """Return the recursions of these symbols, and of all that their formulas mention."""
    found: dict[str, Recursion] = {}
    waiting = set(symbols)
    while waiting:
        symbol = waiting.pop()
        if symbol in recursions and symbol not in found:
            found[symbol] = recursions[symbol]
            waiting |= used_symbols(recursions[symbol].body)
    return found


def _unrolled(sides: list[Term], recursion: Recursion) -> list[Term] | None:
    """Write members out until one is left, or as many as the recursion looks back on."""
    if _is_solved(sides, recursion):
        return None
    own = _own_offsets(recursion)
    backward, most = own[0] > 0, reach(recursion)
    for _ in range(MOST_STEPS):
        names, offsets = _places(sides, recursion.symbol)
        if len(names) > 1 or None in names:
            return None
        if not offsets or max(offsets) - min(offsets) < most:
            return sides
        last = min(offsets) if backward else max(offsets)
        sides = [_replaced(side, recursion, last) for side in sides]
    return None


def _is_solved(sides: list[Term], recursion: Recursion) -> bool:
    """Return whether one side is a member, and the other speaks of none: it depends on where the recursion begins."""
    left, right = sides
    return _is_member(left, recursion) != _is_member(right, recursion) and not (
        _members(left, recursion.symbol) and _members(right, recursion.symbol)
    )


def _is_member(term: Term, recursion: Recursion) -> bool:
    return isinstance(term, Entry) and term.array == Name(recursion.symbol)


def _own_offsets(recursion: Recursion) -> list[int]:
    members = _members(recursion.body, recursion.symbol)
    return [o for e in members if (o := _offset(e, recursion.index)) is not None]


def reach(recursion: Recursion) -> int:
    """Return how many members back, or ahead, a recursion looks."""
    return max(abs(o) for o in _own_offsets(recursion))


def _places(sides: list[Term], symbol: str) -> tuple[set[str | None], set[int]]:
    """The names that members are counted from (None for anything else, or a bound one), and how far from them."""
    bound = {t.binder.name.symbol for side in sides for t in subterms(side) if isinstance(t, Aggregate)}
    names: set[str | None] = set()
    offsets: set[int] = set()
    for side in sides:
        for entry in _members(side, symbol):
            name, shift = shifted(entry.indices[0]) if len(entry.indices) == 1 else (None, 0)
            names.add(None if name in bound else name)
            offsets.add(shift)
        if sum(t == Name(symbol) for t in subterms(side)) != len(_members(side, symbol)):
            names.add(None)
    return names, offsets


def _replaced(term: Term, recursion: Recursion, offset: int) -> Term:
    """Write the member at this offset as the recursion says."""
    if isinstance(term, Entry) and term.array == Name(recursion.symbol):
        name, shift = shifted(term.indices[0])
        if name is not None and shift == offset:
            return with_tidy_places(substitute(recursion.body, {recursion.index: term.indices[0]}))
        return term
    return rebuilt(term, lambda part: _replaced(part, recursion, offset))


def with_tidy_places(term: Term) -> Term:
    """Work out t + 1 - 1 in places."""
    if isinstance(term, Entry):
        return replace(term, array=with_tidy_places(term.array), indices=tuple(tidy(i) for i in term.indices))
    return rebuilt(term, with_tidy_places)


def _members(term: Term, symbol: str) -> list[Entry]:
    return [t for t in subterms(term) if isinstance(t, Entry) and t.array == Name(symbol)]


def _offset(entry: Entry, index: str) -> int | None:
    name, shift = shifted(entry.indices[0]) if len(entry.indices) == 1 else (None, 0)
    return shift if name == index else None


def first_member(readings: Iterable[Reading], recursion: Recursion) -> int | None:
    """Return 0 or 1 where the readings speak of x_0 or x_1 beside a member x_t: the recursion goes on from there.

    Only of a recursion that looks one member back.
    """
    if recursion.starts or reach(recursion) != 1:
        return None
    members = (e for r in readings for side in (r.left, r.right) for e in _members(side, recursion.symbol))
    places = {index for member in members for index in member.indices}
    numbers = [int(i.value) for i in places if isinstance(i, Number) and i.value.denominator == 1]
    least = min(numbers, default=None)
    return least if least in (0, 1) and len(numbers) < len(places) else None


def with_free_members(scope: Scope, free: frozenset[str], readings: Iterable[Reading]) -> Scope:
    """Return the scope in which a member of these recursions may be anything.

    An inequality that fails then is not refuted: the members may be bounded by where the recursion begins.
    """
    if not free:
        return scope
    kept = {s: r for s, r in scope.recursions.items() if s not in free}
    doubt = dict.fromkeys(free, "its first member") if any(r.relation != "=" for r in readings) else {}
    words = MappingProxyType({**scope.not_understood, **doubt})
    return replace(scope, recursions=MappingProxyType(kept), not_understood=words)
