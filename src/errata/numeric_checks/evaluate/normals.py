"""Normal laws: densities, Kullback-Leibler divergence, entropies (closed forms)."""

from __future__ import annotations

import numpy as np

from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.laws import NormalLaw
from errata.numeric_checks.evaluate.scalars import inverse_or_nan
from errata.numeric_checks.quantities import Floats, Quantity, agree, lifted

LOG_TWO_PI = float(np.log(2 * np.pi))


def normal_log_density(point: Quantity, law: NormalLaw) -> Quantity:
    """log N(x; mean, covariance)."""
    point, mean = agree([point, law.mean])
    point, mean = _as_columns(point), _as_columns(mean)
    dimension = point.shape[0]
    covariance = full_covariance(law.covariance, dimension)
    lead = max(point.lead, mean.lead, covariance.lead)
    gap = lifted(point.array, 2, lead) - lifted(mean.array, 2, lead)
    precision = inverse_or_nan(lifted(covariance.array, 2, lead))
    quadratic = (np.swapaxes(gap, -1, -2) @ precision @ gap)[..., 0, 0]
    log_determinant = positive_log_determinant(lifted(covariance.array, 2, lead))
    return Quantity(-0.5 * (dimension * LOG_TWO_PI + log_determinant + quadratic))


def normal_density(point: Quantity, law: NormalLaw) -> Quantity:
    """N(x; mean, covariance)."""
    return Quantity(np.exp(normal_log_density(point, law).array))


def positive_log_determinant(array: Floats) -> Floats:
    """Log of the determinant of a covariance; NaN where it is not positive."""
    determinant = np.linalg.det(array)
    good = determinant > 0
    return np.where(good, np.log(np.where(good, determinant, 1.0)), np.nan)


def _as_columns(q: Quantity) -> Quantity:
    if q.rank:
        if q.shape[1] != 1:
            raise Unanswerable("shapes do not agree: a normal law at something that is no column")
        return q
    return Quantity(q.array[..., None, None], 2)


def full_covariance(q: Quantity, dimension: int) -> Quantity:
    """Read a number as a multiple of the identity, a vector as a diagonal."""
    if not q.rank:
        return Quantity(q.array[..., None, None] * np.eye(dimension), 2)
    if q.shape == (dimension, dimension):
        return q
    if q.shape == (dimension, 1):
        return Quantity(q.array * np.eye(dimension), 2)
    if q.shape == (1, 1):
        return Quantity(q.array * np.eye(dimension), 2)
    raise Unanswerable("shapes do not agree: the covariance of a normal law")


def dimension_of(laws: list[NormalLaw], known: int | None) -> int:
    """Return the dimension that the laws' parameters agree on (`known` from the space, 1 if nothing says)."""
    found = set()
    for law in laws:
        for q in (law.mean, law.covariance):
            if q.rank:
                found.add(q.shape[0])
    if known is not None:
        found.add(known)
    if len(found) > 1:
        raise Unanswerable("shapes do not agree: normal laws of different dimensions")
    return found.pop() if found else 1


def _parts(law: NormalLaw, dimension: int) -> tuple[Floats, Floats]:
    mean = law.mean
    column = mean.array if mean.rank else mean.array[..., None, None] * np.ones((dimension, 1))
    covariance = full_covariance(law.covariance, dimension)
    lead = max(column.ndim, covariance.array.ndim) - 2
    return lifted(column, 2, lead), lifted(covariance.array, 2, lead)


def normal_cross_entropy(first: NormalLaw, second: NormalLaw, dimension: int) -> Quantity:
    """E_first[-log second] in closed form."""
    (m, s), (n, t) = _parts(first, dimension), _parts(second, dimension)
    lead = max(m.ndim, n.ndim) - 2
    m, s, n, t = (lifted(a, 2, lead) for a in (m, s, n, t))
    precision = inverse_or_nan(t)
    gap = m - n
    trace = np.trace(precision @ s, axis1=-2, axis2=-1)
    quadratic = (np.swapaxes(gap, -1, -2) @ precision @ gap)[..., 0, 0]
    return Quantity(0.5 * (dimension * LOG_TWO_PI + positive_log_determinant(t) + trace + quadratic))


def normal_entropy(law: NormalLaw, dimension: int) -> Quantity:
    """Differential entropy in closed form."""
    _, s = _parts(law, dimension)
    return Quantity(0.5 * (dimension * (1 + LOG_TWO_PI) + positive_log_determinant(s)))


def sampling_root(law: NormalLaw, dimension: int) -> tuple[Floats, Floats]:
    """Return the mean column and a root L of the covariance (L L^T), NaN where it is not positive definite."""
    mean, covariance = _parts(law, dimension)
    symmetric = (covariance + np.swapaxes(covariance, -1, -2)) / 2
    finite = np.isfinite(symmetric).all(axis=(-2, -1), keepdims=True)
    values, vectors = np.linalg.eigh(np.where(finite, symmetric, np.eye(dimension)))
    good = np.asarray(finite)[..., 0] & (values >= 0)
    root = vectors * np.where(good, np.sqrt(np.where(good, values, 1.0)), np.nan)[..., None, :]
    return mean, root
