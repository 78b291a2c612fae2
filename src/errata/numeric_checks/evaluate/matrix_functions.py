"""Functions of whole matrices: pseudo-inverse, adjugate, rank, Kronecker product, power series, powers.

Undefined is NaN: a logarithm or root that is not real, a negative power of a singular matrix.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from errata.language.terms import Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.quantities import Floats, Quantity, lifted, shape_text

RANK_TOLERANCE = 1e-9
REAL_TOLERANCE = 1e-7
LARGEST_KRONECKER = 900
LARGEST_SIZE = 3600
SYMMETRIC = 1e-12


def kronecker(left: Quantity, right: Quantity) -> Quantity:
    """The Kronecker product; numbers multiply."""
    if left.unit or right.unit:
        raise Unanswerable("a Kronecker product with an identity matrix of unknown size")
    rows = (left.shape or (1, 1))[0] * (right.shape or (1, 1))[0]
    columns = (left.shape or (1, 1))[1] * (right.shape or (1, 1))[1]
    if rows * columns > LARGEST_KRONECKER**2:
        raise Unanswerable("a Kronecker product is too large")
    lead = max(left.lead, right.lead)
    a = lifted(left.array, left.rank, lead, 2)
    b = lifted(right.array, right.rank, lead, 2)
    product = np.einsum("...ij,...kl->...ikjl", a, b)
    return Quantity(product.reshape((*product.shape[:-4], rows, columns)), 2)


def vectorisation(q: Quantity) -> Quantity:
    """The columns of a matrix stacked."""
    if not q.rank:
        return q
    rows, columns = q.shape
    return Quantity(np.swapaxes(q.array, -1, -2).reshape((*q.array.shape[:-2], rows * columns, 1)), 2)


def pseudo_inverse(q: Quantity) -> Quantity:
    """The pseudo-inverse of Moore and Penrose."""
    if not q.rank:
        return Quantity(np.where(q.array == 0, 0.0, 1.0 / np.where(q.array == 0, 1.0, q.array)))
    return _per_matrix(lambda a: np.asarray(np.linalg.pinv(a, rcond=RANK_TOLERANCE), dtype=np.float64), q)


def rank(q: Quantity) -> Quantity:
    """The rank, as a number."""
    if not q.rank:
        return Quantity((q.array != 0).astype(float))
    spread = _singular_values(q.array)
    largest = spread.max(axis=-1, keepdims=True)
    count = (spread > RANK_TOLERANCE * np.maximum(largest, 1e-30)).sum(axis=-1).astype(float)
    return Quantity(np.where(np.isnan(spread).any(axis=-1), np.nan, count))


def adjugate(q: Quantity) -> Quantity:
    """The transposed matrix of cofactors, by singular values, so that singular matrices have one too."""
    _require_square("adjugate", q)
    if not q.rank:
        return Quantity(np.ones_like(q.array))
    u, s, vt = np.linalg.svd(_finite(q.array))
    others = np.stack([np.prod(np.delete(s, i, axis=-1), axis=-1) for i in range(s.shape[-1])], axis=-1)
    sign = np.linalg.det(u) * np.linalg.det(vt)
    inner = np.swapaxes(vt, -1, -2) * others[..., None, :]
    return _where_finite(Quantity((sign[..., None, None] * inner) @ np.swapaxes(u, -1, -2), 2), q)


def eigenvalues(q: Quantity) -> Quantity:
    """The eigenvalues as a column, the largest first; undefined where one is not real."""
    return Quantity(_eigen(q)[0][..., None], 2)


def eigenvectors(q: Quantity) -> Quantity:
    """Orthonormal eigenvectors of a symmetric matrix, as columns in the order of the eigenvalues."""
    return Quantity(_eigen(q)[1], 2)


def _eigen(q: Quantity) -> tuple[Floats, Floats]:
    """Eigenvalues in falling order and, for symmetric matrices, orthonormal eigenvectors (else undefined)."""
    _require_square("eigenvalues", q)
    if not q.rank:
        raise Unanswerable("the eigenvalues of a number")
    array = _finite(q.array)
    skew = np.abs(array - np.swapaxes(array, -1, -2)).max(axis=(-2, -1))
    symmetric = skew <= SYMMETRIC * np.maximum(np.abs(array).max(axis=(-2, -1)), 1e-300)
    values, vectors = np.linalg.eigh(array)
    general = np.linalg.eigvals(array)
    real = np.sort(np.where(np.abs(general.imag) > REAL_TOLERANCE, np.nan, general.real), axis=-1)
    values = np.where(np.expand_dims(symmetric, -1), values, real)[..., ::-1]
    vectors = np.where(np.expand_dims(symmetric, (-2, -1)), vectors, np.nan)[..., ::-1]
    good = np.asarray(np.isfinite(q.array).all(axis=(-2, -1), keepdims=True))
    return np.where(good.squeeze(-1), values, np.nan), np.where(good, vectors, np.nan)


def singular_values(q: Quantity) -> Quantity:
    """The singular values as a column, the largest first."""
    if not q.rank:
        return Quantity(np.abs(q.array))
    return Quantity(_singular_values(q.array)[..., None], 2)


def softmax(q: Quantity) -> Quantity:
    """exp over the sum of exp: over a column, else over each row."""
    if not q.rank:
        return Quantity(np.ones_like(q.array))
    axis = -2 if q.shape[1] == 1 else -1
    weights = np.exp(q.array - q.array.max(axis=axis, keepdims=True))
    return Quantity(weights / weights.sum(axis=axis, keepdims=True), 2)


def basis(index: Quantity, size: int) -> Quantity:
    """The column of the identity with this number."""
    if index.rank:
        raise Unanswerable("a basis vector whose index is no number")
    column = (np.arange(1, size + 1) == index.array[..., None]).astype(float)
    inside = (index.array >= 1) & (index.array <= size)
    return Quantity(np.where(inside[..., None], column, np.nan)[..., None], 2)


def size_of(arguments: tuple[Term, ...], env: Environment) -> int:
    """Return the size that the argument of an identity matrix or a vector of ones gives."""
    if len(arguments) != 1:
        raise Unanswerable("an identity matrix or a vector of ones of unknown size")
    size = env.number(arguments[0]).array
    if size.size != 1 or not 1 <= float(size.flat[0]) <= LARGEST_SIZE:
        raise Unanswerable("an identity matrix or a vector of ones of unknown size")
    return int(size.flat[0])


def of_matrix(name: str, q: Quantity) -> Quantity:
    """A function of a square matrix by its power series: exp, log, sqrt, sin, ..."""
    _require_square(f"function {name}", q)
    if not q.rank or q.unit:
        raise Unanswerable(f"{name} of a matrix of unknown size")
    if name == "exp":
        from scipy.linalg import expm  # late: scipy is slow to import

        return _per_matrix(expm, Quantity(np.where(np.abs(q.array) > 200.0, np.nan, q.array), 2))
    function = _COMPLEX.get(name)
    if function is None:
        raise Unanswerable(f"{name} of a matrix is not interpreted")
    return _per_matrix(lambda a: _spectral(function, a), q)


def fractional_power(q: Quantity, exponent: float) -> Quantity:
    """A real power of a symmetric positive semidefinite matrix; undefined for others."""
    _require_square("power", q)

    def power(a: Floats) -> Floats:
        values, vectors = np.linalg.eigh(a)
        skew = np.abs(a - np.swapaxes(a, -1, -2)).max(axis=(-2, -1)) > 1e-9 * np.abs(a).max(axis=(-2, -1))
        negative = (values < (-1e-12 if exponent > 0 else 1e-12)).any(axis=-1)
        powers = np.power(np.maximum(values, 0.0 if exponent > 0 else 1e-300), exponent)
        result = (vectors * powers[..., None, :]) @ np.swapaxes(vectors, -1, -2)
        return np.asarray(np.where((skew | negative)[..., None, None], np.nan, result))

    return _per_matrix(power, q)


_COMPLEX: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "log": np.log,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tan": np.tan,
    "tanh": np.tanh,
}


def _spectral(function: Callable[[np.ndarray], np.ndarray], a: Floats) -> Floats:
    """f(A) by the eigenvalues; NaN where A has too few eigenvectors or f(A) is not real."""
    values, vectors = np.linalg.eig(a.astype(complex))
    poor = np.linalg.cond(vectors) > 1e8
    safe = np.where(poor[..., None, None], np.eye(a.shape[-1]), vectors)
    result = (safe * function(values)[..., None, :]) @ np.linalg.inv(safe)
    size = np.abs(result).max(axis=(-2, -1))
    complex_valued = np.abs(result.imag).max(axis=(-2, -1)) > REAL_TOLERANCE * np.maximum(size, 1e-30)
    good = ~poor & ~complex_valued
    return np.asarray(np.where(np.expand_dims(good, (-2, -1)), result.real, np.nan))


def _per_matrix(function: Callable[[Floats], Floats], q: Quantity) -> Quantity:
    return _where_finite(Quantity(np.asarray(function(_finite(q.array))), 2), q)


def _finite(array: Floats) -> Floats:
    """Replace matrices that are not defined by zeros: the decompositions refuse NaN."""
    good = np.isfinite(array).all(axis=(-2, -1), keepdims=True)
    return np.where(good, array, 0.0)


def _where_finite(result: Quantity, q: Quantity) -> Quantity:
    good = np.isfinite(q.array).all(axis=(-2, -1), keepdims=True)
    return Quantity(np.where(good, result.array, np.nan), 2)


def _singular_values(array: Floats) -> Floats:
    good = np.asarray(np.isfinite(array).all(axis=(-2, -1), keepdims=True)).squeeze(-1)
    return np.where(good, np.linalg.svd(_finite(array), compute_uv=False), np.nan)


def _require_square(what: str, q: Quantity) -> None:
    if q.rank and q.shape[0] != q.shape[1]:
        raise Unanswerable(f"shapes do not agree: the {what} of a {shape_text(q.shape)} matrix")
