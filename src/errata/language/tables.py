"""Laws given by their probabilities: P = (0.7, 0.2, 0.1)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from errata.language.cursor import number, relation_of, split
from errata.language.knowledge import Knowledge
from errata.language.scope import DensityDefinition
from errata.language.sorts import FiniteSpace
from errata.language.symbols import decorated
from errata.language.syntax import Group, Leaf, Node
from errata.language.terms import Cases, Comparison, Name, Number, Term
from errata.language.tokens import NotUnderstood


def probability_table(nodes: Sequence[Node], knowledge: Knowledge) -> tuple[DensityDefinition, FiniteSpace] | None:
    """Return a law's density and its space, numbered from 1, where the nodes list its probabilities.

    Only numbers that sum to 1, for a law of one space; None for anything else.
    """
    if len(nodes) != 3 or relation_of(nodes[1]) != "=" or not isinstance(nodes[2], Group):
        return None
    symbol = decorated(nodes[0])
    law = knowledge.law(symbol) if symbol is not None else None
    if law is None:
        return None
    spaces = knowledge.law_usage(law).all
    values = [_value(part) for part in split(nodes[2].items, (",",))]
    chances = [v for v in values if v is not None]
    if len(spaces) != 1 or len(chances) != len(values) or len(values) < 2 or sum(c.value for c in chances) != 1:
        return None
    space = spaces[0]
    points: tuple[Term, ...] = tuple(Number(Fraction(k + 1)) for k in range(len(chances)))
    branches = tuple(
        (Number(chance.value), Comparison("=", Name(space), point))
        for chance, point in zip(chances, points, strict=True)
    )
    return DensityDefinition(law, ((space, space),), (), Cases(branches)), FiniteSpace(points)


def _value(part: Sequence[Node]) -> Number | None:
    """Read one probability: a number, or a fraction of numbers is left to others."""
    if len(part) == 1 and isinstance(part[0], Leaf) and part[0].token.kind == "number":
        try:
            return number(part[0])
        except NotUnderstood:
            return None
    return None
