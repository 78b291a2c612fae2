"""What the printers share: how tightly a piece of printed mathematics holds together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from errata.language.symbols import base_name
from errata.language.terms import Draw, LawReference, Name, Number, Slot, Term


class Level(IntEnum):
    """From loose to tight; a place that needs a level puts brackets around everything looser."""

    IMPLICATION = 0
    RELATION = 1
    SUM = 2
    ENTRYWISE = 3
    r"""A term of a sum, but not a factor: before a \odot the product of all that stands there is read."""
    OPEN = 4
    """Open to the right, as a big operator is: what follows would be read as a part of its body."""
    PRODUCT = 5
    POWER = 6
    """A whole factor, but not the base of a power."""
    ATOM = 7


@dataclass(frozen=True, slots=True)
class Printed:
    """Printed mathematics and how tightly it holds together."""

    text: str
    level: Level


IMPLICATIONS = frozenset(("=>", "<=>"))


def decimal_text(number: Number) -> str | None:
    """Return a number as it was written with decimals, or None if those digits do not give its value."""
    if number.decimals is None:
        return None
    scaled = abs(number.value) * 10**number.decimals
    if scaled.denominator != 1:
        return None
    digits = str(scaled.numerator).rjust(number.decimals + 1, "0")
    if number.decimals == 0:
        return digits + "."
    return f"{digits[: -number.decimals]}.{digits[-number.decimals :]}"


def is_negative(value: Fraction) -> bool:
    """Tell whether a number prints with a minus sign in front."""
    return value < 0


FAMILY_MARKS = (r"_{\cdot}", r"_{\cdot:\cdot}")


def family_base(array: Term) -> Term:
    r"""Return the name that a family's elements bear: x for the family x_{\cdot} of x_1, x_2, ..."""
    for mark in FAMILY_MARKS:
        if isinstance(array, Name) and mark in array.symbol:
            return Name(array.symbol.replace(mark, "", 1))
    return array


def joint_draws(draws: tuple[Draw, ...]) -> list[list[Draw]]:
    """Group neighbouring draws from one and the same law, which are written x, z ~ p."""
    groups: list[list[Draw]] = []
    for draw in draws:
        if groups and groups[-1][-1].law == draw.law:
            groups[-1].append(draw)
        else:
            groups.append([draw])
    return groups


def law_drawn_from(draws: list[Draw]) -> Term:
    """Return the law that names are drawn from: p alone in x ~ p(x), which says no more than what is drawn."""
    law = draws[0].law
    own = (Slot(draws[0].space, draws[0].name),)
    if len(draws) == 1 and isinstance(law, LawReference) and law == LawReference(law.law, own):
        return law.law
    return law


def place_of(slot: Slot, law: Name) -> str | None:
    """Return what to write before the value in a place of a law, A in P(A = c); None where the value tells it."""
    match slot.value:
        case Name(symbol) if base_name(symbol) != slot.space:
            return slot.space.upper() if law.symbol == "P" else slot.space
        case Number():
            return slot.space
    return None
