r"""Chains that begin with a function by its other values: v(s) = r(s) + \sum_{s'} p(s' | s) v(s') = ...

Such an equation, as that of Bellman, tells what v is without saying it. It is not solved here: elsewhere v is any
function, so that a claim about its other values alone stands or falls by itself. No refutation rests on v at that
place, nor where the sides take v at different ones, since the equation may have been used between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from errata.language.statements import Reading
from errata.language.terms import Apply, Entry, Name, Term, subterms

NOT_SOLVED = "the equation that it satisfies is not solved"


def value_equation(reading: Reading) -> tuple[str, Term] | None:
    """Return the function and the place that an equation tells by other values of it; None where it is no such one."""
    function, places = _value(reading.left)
    if reading.relation != "=" or not places or not all(isinstance(place, Name) for place in places):
        return None
    others = [_value(part)[1] for part in subterms(reading.right) if _value(part)[0] == function]
    whole = sum(part == Name(function) for part in subterms(reading.right))
    if not others or places in others or whole > len(others):
        return None
    return function, reading.left


def _value(term: Term) -> tuple[str, tuple[Term, ...]]:
    match term:
        case Entry(Name(symbol), places):
            return symbol, places
        case Apply(Name(symbol), places) if not term.parameters and not term.order:
            return symbol, places
    return "", ()


def rests_on_value(readings: Sequence[Reading], places: Mapping[str, Term]) -> dict[str, str]:
    """Return the functions of which readings may use the equation: at its place, as a whole, or each side at others."""
    found = {function for r in readings for function, place in places.items() if _may_use(r, function, place)}
    return dict.fromkeys(sorted(found), NOT_SOLVED)


def _may_use(reading: Reading, function: str, place: Term) -> bool:
    sides = [list(subterms(side)) for side in (reading.left, reading.right)]
    taken = [[_value(part)[1] for part in parts if _value(part)[0] == function] for parts in sides]
    whole = any(parts.count(Name(function)) > len(values) for parts, values in zip(sides, taken, strict=True))
    return whole or set(taken[0]) != set(taken[1]) or any(place in parts for parts in sides)
