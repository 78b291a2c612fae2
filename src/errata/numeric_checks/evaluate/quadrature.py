"""Nodes and weights: Gauss-Legendre on intervals, a mapped line for the reals, Gauss-Hermite for normals."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from errata.numeric_checks.quantities import Floats

NODES = (96, 144)
HERMITE_NODES = (40, 60)
GRID_NODES = (24, 32)


@lru_cache(maxsize=16)
def legendre(count: int) -> tuple[Floats, Floats]:
    """Gauss-Legendre nodes and weights on (-1, 1)."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return np.asarray(nodes), np.asarray(weights)


@lru_cache(maxsize=16)
def hermite(count: int) -> tuple[Floats, Floats]:
    """Nodes and weights of the mean over a standard normal (exact for polynomials up to degree 2 count - 1)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(count)
    return np.asarray(nodes), np.asarray(weights / weights.sum())


@lru_cache(maxsize=16)
def double_exponential(count: int, reach: float) -> tuple[Floats, Floats]:
    """Trapezoidal nodes t in (-reach, reach) and their spacing, for the double exponential maps below."""
    nodes = np.linspace(-reach, reach, count)
    return nodes, np.full(count, nodes[1] - nodes[0])


def interval_nodes(low: Floats, high: Floats, resolution: int) -> tuple[Floats, Floats]:
    """Nodes and weights for an integral from low to high, along a new last axis; either end may be infinite.

    Finite intervals: tanh-sinh; half lines: x = a + exp(pi/2 sinh t); the line: x = sinh(pi/2 sinh t)
    (Takahasi and Mori 1974). All nodes lie strictly inside. Between two ends that are the same infinity lies nothing.
    """
    count = 2 * NODES[resolution] + 1
    low, high = np.broadcast_arrays(np.asarray(low, dtype=float), np.asarray(high, dtype=float))
    finite = np.isfinite(low) & np.isfinite(high)
    left, right = np.isfinite(low) & ~np.isfinite(high), ~np.isfinite(low) & np.isfinite(high)
    t, step = double_exponential(count, 3.4)
    inner, slope = np.pi / 2 * np.sinh(t), np.pi / 2 * np.cosh(t)
    a = np.where(np.isfinite(low), low, 0.0)[..., None]
    b = np.where(np.isfinite(high), high, 0.0)[..., None]
    near = 1.0 / (1.0 + np.exp(2 * np.abs(inner)))
    width = b - a
    tanh_sinh = np.where(inner < 0, a + width * near, b - width * near)
    tanh_sinh_weights = width * (slope * step / (2 * np.cosh(inner) ** 2))
    if finite.all():
        return tanh_sinh, tanh_sinh_weights
    grown = np.exp(inner)
    line, line_weights = np.sinh(inner), np.cosh(inner) * slope * step
    nodes = np.where(
        finite[..., None], tanh_sinh, np.where(left[..., None], a + grown, np.where(right[..., None], b - grown, line))
    )
    weights = np.where(
        finite[..., None],
        tanh_sinh_weights,
        np.where((left | right)[..., None], grown * slope * step, line_weights),
    )
    nothing = (low == high) & ~np.isfinite(low)
    return nodes, np.where(nothing[..., None], 0.0, weights)


def space_nodes(dimension: int, resolution: int) -> tuple[Floats, Floats]:
    """Trapezoidal grid of the line or plane on x = sinh t, which decays fast for densities with Gaussian tails.

    Returns nodes (count, dimension) and their weights.
    """
    count = (81, 101)[resolution]
    t = np.linspace(-3.6, 3.6, count)
    line, weights = np.sinh(t), np.cosh(t) * (t[1] - t[0])
    if dimension == 1:
        return line[:, None], weights
    x, y = np.meshgrid(line, line, indexing="ij")
    return np.stack([x.ravel(), y.ravel()], axis=-1), np.outer(weights, weights).ravel()
