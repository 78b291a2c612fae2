"""Sums, means, products and extremes along the leading axes that a binder added."""

from __future__ import annotations

import numpy as np

from errata.numeric_checks.evaluate.scalars import LARGEST, product_array
from errata.numeric_checks.quantities import Floats, Quantity, lifted


def total(body: Quantity, axis: int, count: int, weights: Floats | None = None) -> Quantity:
    """Sum the body along a leading axis of `count` places.

    weights: with axis + 1 leading axes (or fewer); where a weight is 0 the body does not matter.
    """
    lead = max(body.lead, axis + 1)
    array = lifted(body.array, body.rank, lead)
    scale = lifted(body.magnitude, body.rank, lead)
    if weights is not None:
        w = weights.reshape(weights.shape + (1,) * (lead - weights.ndim + body.rank))
        array = np.where(w == 0, 0.0, product_array(w, array))
        scale = np.where(w == 0, 0.0, np.abs(w) * scale)
    return Quantity(_summed(array, axis, count), body.rank, _summed(scale, axis, count), body.unit)


def _summed(array: Floats, axis: int, count: int) -> Floats:
    """Sum along an axis; an array of length 1 there is the same in all `count` places."""
    summed = array.sum(axis=axis)
    return np.asarray(summed * count if array.shape[axis] == 1 != count else summed)


def product(body: Quantity, axis: int, count: int, mask: Floats | None = None) -> Quantity:
    """Multiply numbers along a leading axis; where the mask is 0 the factor is 1."""
    lead = max(body.lead, axis + 1)
    array = lifted(body.array, body.rank, lead)
    if mask is not None:
        array = np.where(mask.reshape(mask.shape + (1,) * (array.ndim - mask.ndim)) == 0, 1.0, array)
    repeated = array.shape[axis] == 1 and count != 1
    result = array.squeeze(axis) ** count if repeated else array.prod(axis=axis)
    return Quantity(np.where(np.abs(result) > LARGEST, np.nan, result), body.rank)


def extreme(body: Quantity, axis: int, *, largest: bool, mask: Floats | None = None) -> Quantity:
    """The largest or smallest number along a leading axis."""
    lead = max(body.lead, axis + 1)
    array = lifted(body.array, body.rank, lead)
    if mask is not None:
        away = -np.inf if largest else np.inf
        array = np.where(mask.reshape(mask.shape + (1,) * (array.ndim - mask.ndim)) == 0, away, array)
    return Quantity(array.max(axis=axis) if largest else array.min(axis=axis), body.rank)


def contract(body: Quantity, axis: int, weights: Floats) -> Quantity:
    """Sum along a leading axis with constant weights (a difference stencil)."""
    lead = max(body.lead, axis + 1)
    array = lifted(body.array, body.rank, lead)
    w = weights.reshape((1,) * axis + (-1,) + (1,) * (array.ndim - axis - 1))
    if array.shape[axis] == 1:
        return Quantity(np.zeros_like(array.squeeze(axis)) * array.squeeze(axis), body.rank)
    return Quantity((array * w).sum(axis=axis), body.rank)
