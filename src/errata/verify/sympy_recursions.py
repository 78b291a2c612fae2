"""Members of recursions in SymPy: x_3 by its body from x_2, down to the first ones that the notes give.

A member before the first one that is given is a free symbol, as is one that nothing leads to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import sympy

from errata.language.scope import Recursion, Scope
from errata.language.terms import Term
from errata.verify.sympy_terms import CannotEncode, free_symbols
from errata.verify.sympy_values import Value

if TYPE_CHECKING:
    from errata.verify.sympy_evaluate import Evaluator
    from errata.verify.sympy_lowering import Lowering

Recursions = Mapping[str, Recursion]
"""Recursions whose bodies and starts are lowered, by symbol."""

DEEPEST = 12
"""The furthest member that is unrolled."""


def lowered_recursions(sides: tuple[Term, ...], lowering: Lowering, scope: Scope) -> Recursions:
    """Return the recursions that a claim rests on. Raises CannotEncode."""
    found: dict[str, Recursion] = {}
    waiting = [name for side in sides for name in free_symbols(side)]
    while waiting:
        symbol = waiting.pop()
        recursion = scope.recursions.get(symbol)
        if recursion is None or symbol in found:
            continue
        starts = tuple((place, lowering.lower(value)) for place, value in recursion.starts)
        body = lowering.lower(recursion.body, frozenset((recursion.index,)))
        found[symbol] = replace(recursion, body=body, starts=starts)
        waiting += [name for part in (body, *(value for _, value in starts)) for name in free_symbols(part)]
    return found


def members(recursions: Recursions) -> Iterator[Term]:
    """Yield the bodies and starts of recursions."""
    for recursion in recursions.values():
        yield recursion.body
        yield from (value for _, value in recursion.starts)


def member(evaluator: Evaluator, recursion: Recursion, place: int) -> Value:
    """Return a member by its recursion. Raises CannotEncode."""
    starts = dict(recursion.starts)
    if place in starts:
        return evaluator.number(starts[place], {})
    first = min(starts, default=0)
    if place < first or (not starts and place == first):
        return evaluator.free_member(recursion.symbol, place)
    if place > first + DEEPEST:
        raise CannotEncode("a late member of a recursion")
    return evaluator.number(recursion.body, {recursion.index: sympy.Integer(place)})
