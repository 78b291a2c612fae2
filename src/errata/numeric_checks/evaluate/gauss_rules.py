"""Few points and weights that give the means of polynomials under a law exactly: Gauss rules.

The points are the eigenvalues of the matrix of the recurrence of the law's orthogonal polynomials, the weights the
squared first entries of its eigenvectors (Golub and Welsch 1969; the recurrences: Abramowitz and Stegun, 22.7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from errata.numeric_checks.quantities import Floats

POINTS = 3
EXACT_DEGREE = 2 * POINTS - 1

Recurrence = tuple[Sequence[Floats], Sequence[Floats]]
"""The diagonal of the matrix, and the squares beside it."""


def has_rule(kind: str) -> bool:
    """Return whether a kind of standard law has a rule."""
    return kind in _RECURRENCES


def gauss_rule(kind: str, parameters: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return points and weights along a new last axis, undefined outside the law's domain.

    parameters: arrays of one shape. The rule is exact for polynomials up to degree EXACT_DEGREE.
    """
    diagonal, squares = _RECURRENCES[kind](*parameters)
    known = np.all([np.isfinite(a) & (a > 0) for a in squares], axis=0)
    matrix = np.zeros((*known.shape, POINTS, POINTS))
    for place, entry in enumerate(diagonal):
        matrix[..., place, place] = np.where(known, entry, 0.0)
    for place, square in enumerate(squares):
        beside = np.sqrt(np.where(known, square, 1.0))
        matrix[..., place, place + 1] = matrix[..., place + 1, place] = beside
    points, vectors = np.linalg.eigh(matrix)
    return np.where(known[..., None], points, np.nan), vectors[..., 0, :] ** 2


def _normal(mean: Floats, variance: Floats) -> Recurrence:
    return [mean] * POINTS, [k * variance for k in range(1, POINTS)]


def _uniform(low: Floats, high: Floats) -> Recurrence:
    half = np.where(high > low, (high - low) / 2, np.nan)
    return [(low + high) / 2] * POINTS, [half**2 * k**2 / (4 * k**2 - 1) for k in range(1, POINTS)]


def _gamma(shape: Floats, rate: Floats) -> Recurrence:
    inside = np.where((shape > 0) & (rate > 0), 1.0, np.nan)
    diagonal = [(2 * k + shape) / rate for k in range(POINTS)]
    return diagonal, [inside * k * (k + shape - 1) / rate**2 for k in range(1, POINTS)]


def _exponential(rate: Floats) -> Recurrence:
    return _gamma(np.ones_like(rate), rate)


def _poisson(rate: Floats) -> Recurrence:
    return [k + rate for k in range(POINTS)], [k * rate for k in range(1, POINTS)]


_RECURRENCES: Mapping[str, Callable[..., Recurrence]] = MappingProxyType(
    {"normal": _normal, "uniform": _uniform, "gamma": _gamma, "exponential": _exponential, "poisson": _poisson}
)
