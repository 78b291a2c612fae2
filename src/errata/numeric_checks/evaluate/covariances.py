"""Values of the members of a family that have the covariances, or the means of products, that are said of them."""

from __future__ import annotations

import numpy as np

from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.quantities import Floats

LEAST = 1e-9
"""Of the largest diagonal entry, what is added to a matrix that is only just no covariance of independent values."""


def with_covariances(
    values: Floats, weights: Floats, mean: Floats | None, products: Floats | None, covariances: Floats | None
) -> Floats:
    """Turn values (interpretations, outcomes, members) until their moments are those said.

    mean: (interpretations, members); products, covariances: (interpretations, members, members), one of them said.
    Where the means of the products are said, and no means, any means go with them that leave room for a variance.
    What is the covariance of nothing becomes NaN.
    """
    if values.shape[-1] >= values.shape[-2]:
        raise Unanswerable(f"{values.shape[-1]} members whose covariances are said are too many for so few outcomes")
    share = (weights / weights.sum(axis=-1, keepdims=True))[..., None]
    center = (share * values).sum(axis=-2)
    gaps = values - center[:, None, :]
    now = np.swapaxes(share * gaps, -1, -2) @ gaps
    if products is not None:
        root = _root(products)
        center = mean if mean is not None else (root @ _within(center)[..., None])[..., 0]
        wanted = products - center[..., :, None] * center[..., None, :]
    else:
        assert covariances is not None
        wanted, center = covariances, center if mean is None else mean
    white = np.linalg.solve(np.linalg.cholesky(now), np.swapaxes(gaps, -1, -2))
    return np.asarray(center[..., None, :] + np.swapaxes(_root(wanted) @ white, -1, -2))


def _within(direction: Floats) -> Floats:
    """Return vectors that are shorter than 1."""
    return np.asarray(0.8 * direction / np.sqrt(1.0 + (direction**2).sum(axis=-1, keepdims=True)))


def _root(matrix: Floats) -> Floats:
    """Return a square root of symmetric matrices; NaN where one is not symmetric or has a negative eigenvalue."""
    finite = np.isfinite(matrix).all(axis=(-2, -1), keepdims=True)
    checked = np.where(finite, matrix, np.eye(matrix.shape[-1]))
    symmetric = np.isclose(checked, np.swapaxes(checked, -1, -2)).all(axis=(-2, -1), keepdims=True)
    lengths, turn = np.linalg.eigh((checked + np.swapaxes(checked, -1, -2)) / 2)
    bound = -LEAST * np.abs(lengths).max(axis=-1, keepdims=True)
    root = turn * np.sqrt(np.where(lengths >= bound, np.maximum(lengths, 0.0), np.nan))[..., None, :]
    return np.asarray(np.where(finite & symmetric, root, np.nan))
