"""Values of parts on the target's interpretations, as plain arrays: one row an interpretation, one array a batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from errata.language.terms import Term
from errata.numeric_checks.quantities import Floats
from errata.numeric_checks.target import Target

Values = tuple[Floats, ...]
"""One array a batch: (rows,) for numbers, (rows, n, m) for vectors and matrices."""


def values_of(target: Target, term: Term) -> Values | None:
    """Return the values of a term that mentions no bound name; None where it has none."""
    found = target.quantities(term)
    if found is None:
        return None
    arrays = []
    for quantity, rows in zip(found, target.rows, strict=True):
        if quantity.lead > 1 or quantity.unit:
            return None
        arrays.append(np.broadcast_to(quantity.array, (rows, *quantity.shape)))
    return tuple(arrays)


def product(*factors: Values) -> Values | None:
    """Return the product of values, None where shapes do not agree."""
    result = factors[0]
    for factor in factors[1:]:
        pairs = [_times(a, b) for a, b in zip(result, factor, strict=True)]
        if any(p is None for p in pairs):
            return None
        result = tuple(p for p in pairs if p is not None)
    return result


def _times(a: Floats, b: Floats) -> Floats | None:
    if a.ndim == 1 and b.ndim == 1:
        return a * b
    if a.ndim == 1:
        return a[:, None, None] * b
    if b.ndim == 1:
        return a * b[:, None, None]
    return _plain(a @ b) if a.shape[2] == b.shape[1] else None


def _plain(array: Floats) -> Floats:
    return array[:, 0, 0] if array.shape[1:] == (1, 1) else array


def total(terms: Sequence[Values]) -> Values | None:
    """Return the sum of values, None where shapes do not agree."""
    result = terms[0]
    for term in terms[1:]:
        if any(a.shape != b.shape for a, b in zip(result, term, strict=True)):
            return None
        result = tuple(a + b for a, b in zip(result, term, strict=True))
    return result


def inverse(value: Values) -> Values | None:
    """Return the inverses; None where a value is neither a number nor a square matrix."""
    arrays = []
    for array in value:
        if array.ndim == 1:
            arrays.append(1.0 / array)
        elif array.shape[1] == array.shape[2]:
            arrays.append(_inverted(array))
        else:
            return None
    return tuple(arrays)


def _inverted(array: Floats) -> Floats:
    """Invert every matrix; a singular one becomes NaN and does not cost the others."""
    finite = np.where(np.isfinite(array), array, 0.0)
    good = np.abs(np.linalg.det(finite)) > 1e-12
    found = np.full(array.shape, np.nan)
    found[good] = np.linalg.inv(finite[good])
    return found


def transpose(value: Values) -> Values:
    """Return the transposes."""
    return tuple(a if a.ndim == 1 else a.transpose(0, 2, 1) for a in value)


def minus(value: Values) -> Values:
    """Return the negatives."""
    return tuple(-a for a in value)


def flat(value: Values) -> Floats:
    """Return all entries in one row."""
    return np.concatenate([a.reshape(-1) for a in value])


def shape_of(value: Values) -> tuple[tuple[int, ...], ...]:
    """Return the shapes of the batches."""
    return tuple(a.shape for a in value)
