"""Interpretations that were found by a search, in rounder numbers: what fails there often fails nearby.

Numbers become multiples of 1, 1/2, 1/4 ..., the probabilities of a law whole shares of a small total.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from errata.language.sorts import Family, Function, Real, Sort
from errata.numeric_checks.batches import Problem
from errata.numeric_checks.functions import TableFunction
from errata.numeric_checks.interpretation import Interpretation, TableLaw, Value
from errata.numeric_checks.kept_properties import kept
from errata.numeric_checks.quantities import FamilyValue, Floats, Quantity

GRAINS = (1, 2, 4, 8, 16, 64)


def coarser(interpretation: Interpretation, problem: Problem) -> Iterator[Interpretation]:
    """Yield the interpretation in ever finer grains, the roundest first; what cannot be rounded stays as it is."""
    for grain in GRAINS:
        values = {
            symbol: value if symbol in interpretation.sizes else _rounded(value, problem.scope.sorts.get(symbol), grain)
            for symbol, value in interpretation.values.items()
        }
        yield replace(interpretation, values=values)


def _rounded(value: Value, sort: Sort | None, grain: int) -> Value:
    match value:
        case Quantity(array):
            return replace(value, array=_if_kept(sort, _multiples(array, grain), array))
        case TableLaw(axes, table) if axes:
            return TableLaw(axes, _shares(table, len(axes), grain))
        case TableFunction(table) if value.target is None and not value.chances:
            bounds = sort.value if isinstance(sort, Function) else None
            return replace(value, table=_if_kept(bounds, _multiples(table, grain), table))
        case FamilyValue(array) if value.space is None and isinstance(sort, Family) and isinstance(sort.element, Real):
            return replace(value, array=_if_kept(sort.element, _multiples(array, grain), array))
    return value


def _multiples(array: Floats, grain: int) -> Floats:
    return np.asarray(np.round(array * grain) / grain + 0.0)


def _if_kept(sort: Sort | None, rounded: Floats, drawn: Floats) -> Floats:
    """Return the rounded array in the interpretations in which it still is what was declared."""
    if isinstance(sort, Real) and sort.integer:
        return drawn
    good = kept(sort, rounded)
    return np.where(good.reshape(-1, *(1,) * (drawn.ndim - 1)), rounded, drawn)


def _shares(table: Floats, places: int, grain: int) -> Floats:
    """Return tables of whole shares of a power of two, at least one each; what is left goes to the largest."""
    lead = table.shape[: table.ndim - places]
    flat = table.reshape(*lead, -1)
    total = grain * 2 ** int(np.ceil(np.log2(flat.shape[-1])))
    counts = np.maximum(1.0, np.floor(flat * total))
    spare = total - counts.sum(axis=-1, keepdims=True)
    largest = counts == counts.max(axis=-1, keepdims=True)
    first = largest & (np.cumsum(largest, axis=-1) == 1)
    shares = np.where(first, counts + spare, counts)
    return np.where(shares.min(axis=-1, keepdims=True) > 0, shares / total, flat).reshape(table.shape)
