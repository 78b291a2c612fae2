"""Random moves of an interpretation inside the declared domains."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from errata.language.sorts import Family, Function, Real, Sort, Vector
from errata.numeric_checks.batches import Problem
from errata.numeric_checks.functions import TableFunction
from errata.numeric_checks.interpretation import Interpretation, TableLaw, Value
from errata.numeric_checks.quantities import FamilyValue, Floats, Quantity


def perturbed(interpretation: Interpretation, problem: Problem, rng: np.random.Generator) -> Interpretation:
    """Move numbers, tables and laws, each within its sort, by steps of all sizes from 0.003 to 3."""
    sizes = np.exp(rng.uniform(-6.0, 1.1, interpretation.count))
    values: dict[str, Value] = {}
    for symbol, value in sorted(interpretation.values.items()):
        if symbol in interpretation.sizes:
            values[symbol] = value
        else:
            values[symbol] = _moved(value, problem.scope.sorts.get(symbol), rng, sizes)
    return replace(interpretation, values=values)


def _moved(value: Value, sort: Sort | None, rng: np.random.Generator, sizes: Floats) -> Value:
    match value:
        case TableLaw(axes, table):
            weights = table * np.exp(_noise(table, rng, sizes))
            own = tuple(range(1, table.ndim))
            return TableLaw(axes, weights / weights.sum(axis=own, keepdims=True))
        case TableFunction(table) if value.chances:
            weights = table * np.exp(_noise(table, rng, sizes))
            own = tuple(range(1, 1 + value.chances))
            return replace(value, table=weights / weights.sum(axis=own, keepdims=True))
        case TableFunction() if value.target is None:
            bounds = sort.value if isinstance(sort, Function) else Real()
            if isinstance(bounds, Real):
                return replace(value, table=_moved_numbers(value.table, bounds, rng, sizes))
        case FamilyValue() if value.space is None:
            element = sort.element if isinstance(sort, Family) else Real()
            if isinstance(element, Real):
                return replace(value, array=_moved_numbers(value.array, element, rng, sizes))
        case Quantity() if value.rank == 0 and (sort is None or isinstance(sort, Real)):
            if value.array.shape[0] > 1:
                return Quantity(_moved_numbers(value.array, sort or Real(), rng, sizes))
        case Quantity(array) if isinstance(sort, Vector) and sort.simplex:
            weights = array * np.exp(_noise(array, rng, sizes))
            return replace(value, array=weights / weights.sum(axis=-2, keepdims=True))
        case Quantity() if isinstance(sort, Vector):
            return replace(value, array=_moved_numbers(value.array, sort.entries, rng, sizes))
    return value


def _noise(x: Floats, rng: np.random.Generator, sizes: Floats) -> Floats:
    """Normal noise, its size chosen for every interpretation; a random half of the entries stays put."""
    rows = sizes if x.shape[0] == len(sizes) else sizes[:1]
    noise = rng.normal(0.0, 1.0, x.shape) * rows.reshape((-1,) + (1,) * (x.ndim - 1))
    return np.where(rng.uniform(size=x.shape) < 0.5, 0.0, noise)


def _moved_numbers(x: Floats, bounds: Real, rng: np.random.Generator, sizes: Floats) -> Floats:
    noise = _noise(x, rng, sizes)
    if bounds.integer:
        moved = x + np.rint(2 * noise)
        low = -np.inf if bounds.low is None else np.floor(bounds.low) + (1.0 if bounds.low_open else 0.0)
        high = np.inf if bounds.high is None else np.ceil(bounds.high) - (1.0 if bounds.high_open else 0.0)
        return np.where((moved < low) | (moved > high) | (bounds.nonzero & (moved == 0)), x, moved)
    if bounds.low is not None and bounds.high is not None:
        width = bounds.high - bounds.low
        share = np.clip((x - bounds.low) / width, 1e-6, 1 - 1e-6)
        logit = np.log(share / (1 - share)) + 2 * noise
        return np.asarray(bounds.low + width / (1 + np.exp(-np.clip(logit, -12, 12))))
    if bounds.low is not None:
        return np.asarray(bounds.low + np.maximum(x - bounds.low, 1e-9) * np.exp(np.clip(noise, -4, 4)))
    if bounds.high is not None:
        return np.asarray(bounds.high - np.maximum(bounds.high - x, 1e-9) * np.exp(np.clip(noise, -4, 4)))
    return np.asarray(x + noise * (1 + np.abs(x)))
