"""The addends of a term, signs and factors that are numbers looked through: b in a - 2 (b + c)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from errata.language.terms import Negative, Number, Product, Quotient, Sum, Term

Place = Callable[[Term], Term]


@dataclass(frozen=True, slots=True)
class Addend:
    """sign: of the number that it is multiplied by, 1 or -1. put: the whole with something else in its place."""

    term: Term
    sign: int
    put: Place


def addends(whole: Term) -> Iterator[Addend]:
    """Yield the addends of a term."""
    match whole:
        case Negative(inner):
            yield from _within(inner, -1, Negative)
        case Product((factor, inner)) if value := _value(factor):
            yield from _within(inner, 1 if value > 0 else -1, lambda part: Product((factor, part)))
        case Quotient(inner, divisor) if not isinstance(inner, Number) and (value := _value(divisor)):
            yield from _within(inner, 1 if value > 0 else -1, lambda part: Quotient(part, divisor))
        case Sum(parts):
            for place, part in enumerate(parts):
                yield from _within(part, 1, _instead(parts, place))
        case _:
            yield Addend(whole, 1, lambda part: part)


def _value(factor: Term) -> Fraction | None:
    match factor:
        case Number(value):
            return value
        case Quotient(Number(value), Number(divisor)) if divisor:
            return value / divisor
    return None


def _within(inner: Term, sign: int, around: Place) -> Iterator[Addend]:
    for found in addends(inner):
        yield Addend(found.term, sign * found.sign, _both(around, found.put))


def _both(outer: Place, inner: Place) -> Place:
    return lambda part: outer(inner(part))


def _instead(parts: tuple[Term, ...], place: int) -> Place:
    return lambda part: Sum((*parts[:place], part, *parts[place + 1 :]))
