"""Distances between laws by transport on the line, in exact rationals; see `evaluate.transport` for what they are."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from errata.language.terms import Functional, StandardLaw, Term
from errata.numeric_checks.exact import balls
from errata.numeric_checks.exact.balls import Exact, Undefined, Unproven
from errata.numeric_checks.exact.world import World

if TYPE_CHECKING:
    from errata.numeric_checks.exact.evaluator import Evaluator

Masses = list[tuple[Fraction, Fraction]]
"""Places and what mass is there."""


def distance(term: Functional, world: World, evaluator: Evaluator) -> Exact:
    """transport, squared_transport, lipschitz_gain or bounded_gain of two laws."""
    first, second = (_masses(law, world, evaluator) for law in term.laws)
    match term.functional:
        case "transport":
            return _cost(first, second, 1)
        case "squared_transport":
            return _cost(first, second, 2)
        case "lipschitz_gain":
            return _gain(first, second)
    return _bounded_gain(first, second)


def _masses(law: Term, world: World, evaluator: Evaluator) -> Masses:
    from errata.numeric_checks.exact.laws import law_object  # it calls this module

    pairs: list[tuple[object, Exact]]
    if isinstance(law, StandardLaw) and law.kind in ("discrete", "bernoulli"):
        numbers = [evaluator.number(part, world) for part in law.parameters]
        if law.kind == "bernoulli":
            numbers = [Fraction(0), balls.add(Fraction(1), balls.negative(numbers[0])), Fraction(1), numbers[0]]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    else:
        found = law_object(law, world, evaluator)
        if len(found.axes) != 1:
            raise Unproven("transport between laws of several variables")
        values = world.points.get(found.axes[0].space, ())
        pairs = [(values[place], mass) for (place,), mass in found.table.items()]
    kept: Masses = []
    for place, mass in pairs:
        if not isinstance(place, Fraction) or not isinstance(mass, Fraction):
            raise Unproven("transport between laws that are not rational")
        kept.append((place, mass))
    if any(mass < 0 for _, mass in kept):
        raise Undefined("a law with a negative mass")
    if sum(mass for _, mass in kept) != 1:
        raise Unproven("a law whose masses do not sum to one exactly")
    return kept


def _cost(first: Masses, second: Masses, power: int) -> Fraction:
    """Move the mass in the order of the places."""
    waiting, wanted = sorted(first, reverse=True), sorted(second, reverse=True)
    total = Fraction(0)
    while waiting and wanted:
        (place, mass), (goal, room) = waiting.pop(), wanted.pop()
        moved = min(mass, room)
        total += moved * abs(place - goal) ** power
        if mass > moved:
            waiting.append((place, mass - moved))
        if room > moved:
            wanted.append((goal, room - moved))
    return total


def _signed(first: Masses, second: Masses) -> Sequence[tuple[Fraction, Fraction]]:
    """Return the places in order, with what mass the first law has there more than the second."""
    excess: dict[Fraction, Fraction] = {}
    for sign, law in ((1, first), (-1, second)):
        for place, mass in law:
            excess[place] = excess.get(place, Fraction(0)) + sign * mass
    return sorted(excess.items())


def _gain(first: Masses, second: Masses) -> Fraction:
    total = before = Fraction(0)
    for (place, excess), (following, _) in pairwise(_signed(first, second)):
        before += excess
        total += (following - place) * abs(before)
    return total


def _bounded_gain(first: Masses, second: Masses) -> Fraction:
    return sum((abs(excess) for _, excess in _signed(first, second)), Fraction(0))
