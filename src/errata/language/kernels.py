r"""Transition kernels: P(s' | s, a) and p(s', r | s, a) take two points of one space, told apart by a prime.

A kernel is a function of all its places. In each of its conditions it is a joint law of its values; nothing relates
it to a joint law of both points. It goes by a name of its own, p(\cdot,\cdot\mid\cdot), so that it cannot be mistaken
for the law that p may be elsewhere. What is written with fewer of its values is its margin, p(s' | s, a), and what is
written with some of them behind the bar is its conditional law, p(r | s, a, s').
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Draw,
    Entry,
    Expectation,
    Name,
    Product,
    Quotient,
    Slot,
    Space,
    Span,
    Term,
    subterms,
)

MOST_VALUES = 3
"""A kernel is a joint law of at most so many values."""
_OPENING, _CLOSING = "(\\cdot", "\\mid\\cdot)"


@dataclass(frozen=True, slots=True)
class KernelPlaces:
    """The spaces of a kernel's values and of its conditions, which have one or more in common."""

    values: tuple[str, ...]
    given: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """The spaces of all places, in order."""
        return self.values + self.given


def kernel_symbol(symbol: str, values: int) -> str:
    """Return the name of the kernel of so many values that is written with this symbol."""
    return symbol + _OPENING + ",\\cdot" * (values - 1) + _CLOSING


def is_kernel(symbol: str) -> bool:
    """Return whether the symbol is the name of a kernel."""
    return symbol.endswith(_CLOSING)


def kernel_law(symbol: str) -> str:
    """Return the symbol that a kernel is written with."""
    return symbol.partition(_OPENING)[0]


def kernel_values(symbol: str) -> int:
    """Return of how many first places a kernel is a law."""
    return symbol.count("\\cdot") - 1


def places_of(calls: Iterable[tuple[Sequence[str], Sequence[str]]]) -> KernelPlaces | None:
    """Return the places of the one kernel that all these calls (spaces of values, of conditions) are parts of.

    What is a condition in some calls alone must be a value in others; a space may come twice behind the bar only if
    it is one of a value, too.
    """
    calls = [(tuple(values), tuple(given)) for values, given in calls]
    if not calls:
        return None
    values = tuple(dict.fromkeys(space for call in calls for space in call[0]))
    common = set.intersection(*(set(given) for _, given in calls))
    given = tuple(space for space in dict.fromkeys(s for call in calls for s in call[1]) if space in common)
    if "" in (*values, *given) or not set(values) & common or len(values) > MOST_VALUES:
        return None
    steps = [call for call in calls if set(call[0]) & common]
    if len(values) > 1 and not any(set(call[0]) == set(values) for call in steps):
        return None
    return KernelPlaces(values, given) if all(_fits(*call, values, given) for call in calls) else None


def _fits(values: Sequence[str], conditions: Sequence[str], all_values: Sequence[str], given: Sequence[str]) -> bool:
    moved = list(conditions)
    for space in given:
        moved.remove(space)
    return len({*values, *moved}) == len([*values, *moved]) and {*values, *moved} <= set(all_values)


def kernel(symbol: str, places: KernelPlaces, values: Sequence[Slot], given: Sequence[Slot], span: Span) -> Term | None:
    """Return the value of the kernel, its margin or its conditional law at these points; None where it takes no such.

    Points of one space must be told apart by primes or by indices. Labels may be told apart otherwise: x_a and x_b may
    be parts of one vector, which have a joint law.
    """
    if not _told_apart((*values, *given)):
        return None
    points = {slot.space: slot.value for slot in values}
    moved: dict[str, Term] = {}
    conditions: dict[str, Term] = {}
    for slot in given:
        twin = [other for other in given if other.space == slot.space and other is not slot]
        into = moved if slot.space not in places.given or (twin and _primes(slot) > _primes(twin[0])) else conditions
        if slot.space in into:
            return None
        into[slot.space] = slot.value
    known = {**points, **moved}
    whole = len(known) == len(values) + len(moved) and set(known) <= set(places.values)
    if not whole or set(conditions) != set(places.given):
        return None
    base = tuple(conditions[space] for space in places.given)
    top = _margin(symbol, places.values, known, base, span)
    return Quotient(top, _margin(symbol, places.values, moved, base, span), span=span) if moved else top


def is_chance(term: Term) -> bool:
    """Return whether a term is the value of a kernel, its margin or its conditional law."""
    match term:
        case Apply(function):
            return is_kernel(function.symbol)
        case Aggregate("sum", _, body):
            return is_chance(body)
        case Quotient(top, bottom):
            return is_chance(top) and is_chance(bottom)
    return False


def mean_under(draws: Sequence[Draw], body: Term, span: Span) -> Term:
    """Return the mean of a body over draws, the first outermost: sums for those from kernels."""
    value = body
    kept: tuple[Draw, ...] = ()
    for draw in reversed(draws):
        if not is_chance(draw.law):
            kept = (draw, *kept)
            continue
        value = Expectation(kept, value, span=span) if kept else value
        value = Aggregate("sum", Binder(draw.name, Space(draw.space)), Product((draw.law, value), span=span), span=span)
        kept = ()
    return Expectation(kept, value, span=span) if kept else value


def _told_apart(slots: Sequence[Slot]) -> bool:
    """Return whether points of a space that comes twice are members, or differ in their primes."""
    for slot in slots:
        twins = [other for other in slots if other.space == slot.space]
        members = any(isinstance(twin.value, Entry) for twin in twins)
        if not members and len({_primes(twin) for twin in twins}) != len(twins):
            return False
    return True


def _primes(slot: Slot) -> int:
    return slot.value.symbol.count("'") if isinstance(slot.value, Name) else 0


def _margin(symbol: str, spaces: Sequence[str], known: Mapping[str, Term], given: tuple[Term, ...], span: Span) -> Term:
    """Return the kernel, summed over the values of which nothing is known."""
    taken = {t.symbol for point in (*known.values(), *given) for t in subterms(point) if isinstance(t, Name)}
    names = {space: _fresh(space, taken) for space in spaces if space not in known}
    points = tuple(known.get(space) or Name(names[space]) for space in spaces)
    term: Term = Apply(Name(kernel_symbol(symbol, len(spaces)), span=span), (*points, *given), span=span)
    for space, name in names.items():
        term = Aggregate("sum", Binder(Name(name), Space(space)), term, span=span)
    return term


def _fresh(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    return name


def protected(words: Mapping[str, str], functions: Iterable[str]) -> dict[str, str]:
    """Return words that were not understood, by symbol, with those of a law told of its kernel among the functions."""
    kernels = (f for f in functions if is_kernel(f) and kernel_law(f) in words)
    return {**{symbol: words[kernel_law(symbol)] for symbol in kernels}, **words}
