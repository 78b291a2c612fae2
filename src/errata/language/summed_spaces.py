r"""Spaces that sums tell: with p(x) and \sum_{x=0}^{1}, x is 0 or 1."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from errata.language import symbols
from errata.language.cursor import relation_of
from errata.language.scope import Scope
from errata.language.sorts import FiniteSpace
from errata.language.syntax import Leaf, Node, Scripted, everything, leaf_text
from errata.language.terms import Number

MAXIMAL_POINTS = 24
_MORE = re.compile(
    r"\b(?:poisson|geometric|negative binomial|normal|gaussian|exponential|continuous|infinite\w*|countabl\w+|unbounded"
    r"|(?:non-?negative|positive|natural) (?:integers?|numbers?)|at least|at most|more than|fewer than)\b"
    r"|\\(?:text|mathrm)\{(?:Poi|Geo|Exp)|无穷|自然数",
    re.IGNORECASE,
)
"""Words of notes whose variables may have other values than those that a sum runs over."""


def summed_spaces(
    formulas: Iterable[Sequence[Node]], spaces: Collection[str], written: str
) -> Mapping[str, FiniteSpace]:
    """Return the spaces of laws over whose points all sums run from one integer to another.

    Where the note, whose words are `written`, compares a variable with something, X > 2, or speaks of a law with other
    values, a sum may be over some of the points only.
    """
    if _MORE.search(written):
        return {}
    found: dict[str, set[tuple[int, int] | None]] = {}
    for formula in formulas:
        for space, ends in (*_runs(formula), *((space, None) for space in _compared(formula))):
            if space in spaces:
                found.setdefault(space, set()).add(ends)
    points = {space: _points(ends) for space, ends in found.items()}
    return {space: FiniteSpace(known) for space, known in points.items() if known}


def with_summed_spaces(scope: Scope, summed: Mapping[str, FiniteSpace]) -> Scope:
    """Return the scope with the spaces that sums tell of laws that formulas give: these have other values, or none.

    A law of which no formula tells the probabilities may have more points than a sum runs over.
    """
    given = {space for density in scope.densities for space, _ in density.values}
    told = {s: points for s, points in summed.items() if s in given and s not in scope.spaces}
    return replace(scope, spaces=MappingProxyType({**scope.spaces, **told})) if told else scope


def _points(ends: Collection[tuple[int, int] | None]) -> tuple[Number, ...]:
    """Return the integers between the only ends of sums; () where there are others, or too many points."""
    only = next(iter(ends)) if len(ends) == 1 else None
    if only is None or not 0 < only[1] - only[0] < MAXIMAL_POINTS:
        return ()
    return tuple(Number(Fraction(point)) for point in range(only[0], only[1] + 1))


def _runs(formula: Sequence[Node]) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """Yield what every sum runs over, and between which integers."""
    for node in everything(formula):
        if isinstance(node, Scripted) and node.base is not None and leaf_text(node.base) == "\\sum":
            lower, upper = node.lower or (), node.upper or ()
            if len(lower) == 3 and relation_of(lower[1]) == "=" and (symbol := symbols.decorated(lower[0])):
                low, high = _integer(lower[2:]), _integer(upper)
                yield symbol, None if low is None or high is None else (low, high)


def _compared(formula: Sequence[Node]) -> Iterator[str]:
    """Yield the spaces of names beside an inequality."""
    for first, second in pairwise(everything(formula)):
        for node, mark in ((first, second), (second, first)):
            if relation_of(mark) in ("<", "<=", ">", ">=") and (symbol := symbols.decorated(node)):
                yield symbols.base_name(symbol)


def _integer(nodes: Sequence[Node]) -> int | None:
    written = leaf_text(nodes[0]) if len(nodes) == 1 and isinstance(nodes[0], Leaf) else None
    return int(written) if written is not None and written.isdecimal() and len(written) < 5 else None
