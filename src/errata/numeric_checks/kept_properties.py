"""Whether arrays that were moved are still what they were declared to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from errata.language.sorts import Matrix, Real, Sort, Vector
from errata.numeric_checks.quantities import Floats

TOLERANCE = 1e-8

Truths = NDArray[np.bool_]
Test = Callable[[Floats], Truths]


def kept(sort: Sort | None, array: Floats) -> Truths:
    """Return, for every interpretation (the first axis), whether an array or number has its declared properties.

    A property that no test is known for counts as lost.
    """
    match sort:
        case Matrix(properties=properties, entries=entries):
            found = _within(entries, array)
            for name in properties:
                test = _TESTS.get(name)
                found = found & (test(array) if test is not None else np.zeros(len(array), dtype=bool))
            return found
        case Vector(entries=entries, simplex=simplex, one_hot=one_hot):
            found = _within(entries, array)
            if simplex:
                found = found & (array >= -TOLERANCE).all(axis=(1, 2)) & _small(array.sum(axis=(1, 2)) - 1)
            return np.asarray(found & (not one_hot), dtype=bool)
        case Real():
            return _within(sort, array)
    return np.ones(len(array), dtype=bool)


def _within(entries: Real, array: Floats) -> Truths:
    low = -np.inf if entries.low is None else entries.low
    high = np.inf if entries.high is None else entries.high
    flat = array.reshape(len(array), -1)
    above = flat > low if entries.low_open else flat >= low - TOLERANCE
    below = flat < high if entries.high_open else flat <= high + TOLERANCE
    return np.asarray((above & below).all(axis=1) & (not entries.integer), dtype=bool)


def _small(gap: Floats) -> Truths:
    return np.asarray(np.abs(gap.reshape(len(gap), -1)).max(axis=1) < TOLERANCE, dtype=bool)


def _turned(array: Floats) -> Floats:
    return np.swapaxes(array, -1, -2)


def _is_symmetric(array: Floats) -> Truths:
    return _small(array - _turned(array))


def _is_orthogonal(array: Floats) -> Truths:
    return _small(_turned(array) @ array - np.eye(array.shape[-1]))


def _is_diagonal(array: Floats) -> Truths:
    return _small(array * (1 - np.eye(*array.shape[-2:])))


def _spectrum(array: Floats) -> Floats:
    return np.asarray(np.linalg.eigvalsh((array + _turned(array)) / 2).min(axis=-1), dtype=float)


def _full_rank(array: Floats) -> Truths:
    return np.asarray(np.linalg.svd(array, compute_uv=False).min(axis=-1) > TOLERANCE, dtype=bool)


_TESTS: Mapping[str, Test] = MappingProxyType(
    {
        "symmetric": _is_symmetric,
        "antisymmetric": lambda a: _small(a + _turned(a)),
        "orthogonal": _is_orthogonal,
        "diagonal": _is_diagonal,
        "positive definite": lambda a: _is_symmetric(a) & (_spectrum(a) > TOLERANCE),
        "positive semidefinite": lambda a: _is_symmetric(a) & (_spectrum(a) > -TOLERANCE),
        "invertible": _full_rank,
        "full rank": _full_rank,
        "idempotent": lambda a: _small(a @ a - a),
        "square zero": lambda a: _small(a @ a),
    }
)
