"""Numbers written by hand are rounded: how far a written decimal may be from the exact value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from errata.language.terms import Array, Negative, Number, Term, children


def written_unit(side: Term) -> float | None:
    """One unit in the last written digit, if the side is a written decimal number, else None."""
    if isinstance(side, Negative):
        return written_unit(side.term)
    if isinstance(side, Number) and side.decimals is not None:
        return float(10.0**-side.decimals)
    return None


def written_entries(side: Term) -> tuple[float, ...] | None:
    """One unit in the last digit of each entry, by rows, of an array of written numbers; None for anything else.

    An entry without a decimal point is exact.
    """
    if not isinstance(side, Array):
        return None
    entries = [entry for row in side.rows for entry in row]
    plain = [entry.term if isinstance(entry, Negative) else entry for entry in entries]
    if not all(isinstance(entry, Number) for entry in plain):
        return None
    return tuple(written_unit(entry) or 0.0 for entry in entries)


def rounded_numbers(term: Term) -> Iterator[Number]:
    """Yield the written numbers that look rounded: two or more digits after the point."""
    if isinstance(term, Number):
        if term.decimals is not None and term.decimals >= 2:
            yield term
        return
    for child in children(term):
        yield from rounded_numbers(child)


def shifted(term: Term, target: Number, direction: int) -> Term:
    """Return the term with every occurrence of the number moved by half a unit in its last digit."""
    if isinstance(term, Number):
        if term == target and term.decimals is not None:
            return replace(term, value=term.value + Fraction(direction, 2 * 10**term.decimals))
        return term
    changes: dict[str, Any] = {}
    for item in fields(term):
        if item.name == "span":
            continue
        value = getattr(term, item.name)
        if isinstance(value, Term):
            changes[item.name] = shifted(value, target, direction)
        elif isinstance(value, tuple) and all(isinstance(v, Term) for v in value):
            changes[item.name] = tuple(shifted(v, target, direction) for v in value)
    return replace(term, **changes) if changes else term
