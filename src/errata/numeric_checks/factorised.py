"""Tables of joint laws that are products of conditional ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from errata.language.factorisations import factorisation
from errata.language.terms import Comparison
from errata.numeric_checks.interpretation import Axis
from errata.numeric_checks.quantities import Floats

Places = tuple[tuple[int, ...], tuple[int, ...]]
"""The places of a factor's values, and those of its conditions."""


def factors_of(symbol: str, axes: Sequence[Axis], assumptions: Iterable[Comparison]) -> list[Places]:
    """Return the factors of a law that is assumed to factorise, parents first; none where that is not known."""
    found = [f for a in assumptions if (f := factorisation(a)) is not None and f[0] == symbol]
    places = {axis.space: n for n, axis in enumerate(axes)}
    if len(found) != 1 or len(places) < len(axes):
        return []
    factors = found[0][1]
    if any(s not in places for f in factors for s in (*f.values, *f.given)):
        return []
    return [(tuple(places[s] for s in f.values), tuple(places[s] for s in f.given)) for f in factors]


def factorised(table: Floats, factors: Sequence[Places]) -> Floats:
    """Return the joint table that has the product of these conditionals as its margin; the table itself for none.

    table: one leading axis, then one a place. factors: places of the values and of the conditions, parents first.
    What the margin leaves out keeps its conditional law. The conditionals of the product are those of the table.
    """
    if not factors:
        return table
    own = {place for values, _ in factors for place in values}
    product = np.ones((1,) * table.ndim)
    for values, given in factors:
        above, below = _margin(table, (*values, *given)), _margin(table, given)
        product = product * (above / below)
    return np.asarray(table / _margin(table, tuple(own)) * product)


def _margin(table: Floats, places: Sequence[int]) -> Floats:
    others = tuple(n + 1 for n in range(table.ndim - 1) if n not in places)
    return np.asarray(table.sum(axis=others, keepdims=True)) if others else table
