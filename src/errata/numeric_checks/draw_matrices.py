"""Random matrices with declared properties."""

from __future__ import annotations

import numpy as np

from errata.language.sorts import Real
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.quantities import Floats

KNOWN = frozenset(
    (
        "symmetric",
        "positive definite",
        "positive semidefinite",
        "orthogonal",
        "diagonal",
        "invertible",
        "full rank",
        "antisymmetric",
        "idempotent",
        "involutory",
        "nilpotent",
        "square zero",
        "lower triangular",
        "upper triangular",
        "unit diagonal",
        "positive diagonal",
        "stochastic",
        "contractive",
        "convergent",
    )
)
_RECTANGULAR = frozenset(("full rank", "diagonal", "positive diagonal", "stochastic"))


def draw_matrix(
    properties: frozenset[str], entries: Real, plain: Floats, rng: np.random.Generator, *, singular: bool
) -> Floats:
    """Draw matrices with the properties; the last two axes are the matrix's.

    plain: matrices without properties, whose entries lie in their sort. singular: let every second one without
    a property that forbids it lack ranks, for claims that tell ranks apart.
    """
    shape = plain.shape
    rows, columns = shape[-2:]
    if properties - KNOWN:
        raise Unanswerable(f"a matrix with a property that is not interpreted: {', '.join(sorted(properties))}")
    if properties - _RECTANGULAR and rows != columns:
        raise Unanswerable(f"shapes do not agree: a {' '.join(sorted(properties))} matrix must be square")
    if not properties:
        return _of_lower_rank(plain, rng) if singular and entries == Real() else plain
    if properties == {"full rank"}:
        return plain
    if "stochastic" in properties:
        weights = np.exp(rng.normal(0.0, 1.0, shape))
        return np.asarray(weights / weights.sum(axis=-1, keepdims=True))
    general = rng.normal(0.0, 1.0, shape)
    if "diagonal" in properties:
        return _diagonal(properties, rng, shape)
    if properties & {"lower triangular", "upper triangular"}:
        return _triangular(properties, general, rng)
    if properties & {"orthogonal", "idempotent", "involutory"}:
        return _of_few_eigenvalues(properties, general, rng)
    if "square zero" in properties:
        return _square_zero(properties, general, rng)
    if "nilpotent" in properties:
        return _nilpotent(properties, general, rng)
    if "antisymmetric" in properties:
        return _antisymmetric(properties, general)
    return _symmetric_or_general(properties, general, rng, singular=singular)


def _of_lower_rank(plain: Floats, rng: np.random.Generator) -> Floats:
    """Take a rank from full down to 1 in random order: what holds for full ranks only must not pass."""
    u, s, vt = np.linalg.svd(plain, full_matrices=False)
    count = s.shape[-1]
    missing = rng.permutation(np.resize([0, 1, 0, 2, 1, 0], plain.shape[0])) % max(count, 1)
    kept = np.arange(count) < (count - missing)[:, None]
    kept = kept.reshape((plain.shape[0],) + (1,) * (plain.ndim - 3) + (count,))
    return np.asarray((u * np.where(kept, s, 0.0)[..., None, :]) @ vt)


def _diagonal(properties: frozenset[str], rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    rows, columns = shape[-2:]
    lines = (*shape[:-2], min(rows, columns))
    spread = np.exp(rng.normal(0.0, 0.5, lines))
    sign = rng.choice([-1.0, 1.0], lines)
    if properties & {"positive definite", "positive semidefinite", "positive diagonal", "unit diagonal"}:
        sign = np.ones(lines)
    if properties & {"orthogonal", "involutory", "unit diagonal"}:
        spread = np.ones(lines)
    elif "idempotent" in properties:
        spread, sign = rng.integers(0, 2, lines).astype(float), np.ones(lines)
    elif properties & {"nilpotent", "antisymmetric"}:
        spread = np.zeros(lines)
    if properties & {"contractive", "convergent"}:
        spread = 0.9 * spread / (1.0 + spread)
    result = np.zeros(shape)
    places = np.arange(min(rows, columns))
    result[..., places, places] = sign * spread
    return result


def _triangular(properties: frozenset[str], general: Floats, rng: np.random.Generator) -> Floats:
    triangle = np.tril(general) if "lower triangular" in properties else np.triu(general)
    places = np.arange(general.shape[-1])
    sizes = np.exp(rng.normal(0.0, 0.4, general.shape[:-1]))
    if "unit diagonal" in properties:
        triangle[..., places, places] = 1.0
    elif properties & {"positive diagonal", "positive definite"}:
        triangle[..., places, places] = sizes
    elif "invertible" in properties:
        triangle[..., places, places] = sizes * rng.choice([-1.0, 1.0], sizes.shape)
    elif "nilpotent" in properties:
        triangle[..., places, places] = 0.0
    if properties - {"lower triangular", "upper triangular", "unit diagonal", "positive diagonal", "invertible",
                     "full rank", "nilpotent"}:  # fmt: skip
        raise Unanswerable(f"{' '.join(sorted(properties))} matrices are not drawn")
    return np.asarray(triangle)


def _of_few_eigenvalues(properties: frozenset[str], general: Floats, rng: np.random.Generator) -> Floats:
    """Orthogonal, idempotent and involutory matrices; symmetric ones are rotated, others conjugated."""
    size = general.shape[-1]
    rotation = np.linalg.qr(general)[0]
    if "antisymmetric" in properties:
        if "idempotent" in properties or size % 2:
            raise Unanswerable(f"no {' '.join(sorted(properties))} matrix of odd size exists")
        turn = np.kron(np.eye(size // 2), np.array([[0.0, -1.0], [1.0, 0.0]]))
        return np.asarray(rotation @ turn @ np.swapaxes(rotation, -1, -2))
    few = properties & {"symmetric", "idempotent", "involutory", "positive definite", "positive semidefinite"}
    if "orthogonal" in properties and not few:
        return np.asarray(rotation)
    values = _eigenvalues(properties, general.shape[:-1], rng)
    rotated = bool(properties & {"orthogonal", "symmetric", "positive definite", "positive semidefinite"})
    basis = rotation if rotated else general + 1.5 * rotation
    back = np.swapaxes(basis, -1, -2) if rotated else np.linalg.inv(basis)
    return np.asarray((basis * values[..., None, :]) @ back)


def _eigenvalues(properties: frozenset[str], shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Ones and, after a number of them that is seldom half the size, zeros or minus ones."""
    size = shape[-1]
    ones = rng.integers(1, max(size, 2), shape[:-1]) if size > 1 else np.ones(shape[:-1], dtype=int)
    first = np.arange(size) < ones[..., None]
    other = 0.0 if "idempotent" in properties else -1.0
    positive = "positive definite" in properties or (
        "positive semidefinite" in properties and "idempotent" not in properties
    )
    if positive or {"idempotent", "invertible"} <= properties or {"idempotent", "orthogonal"} <= properties:
        other = 1.0
    return np.where(first, 1.0, other)


def _square_zero(properties: frozenset[str], general: Floats, rng: np.random.Generator) -> Floats:
    """Draw A with A^2 = 0: a map from one half of an orthonormal basis into the other."""
    if properties - {"nilpotent", "square zero"}:
        raise Unanswerable(f"{' '.join(sorted(properties))} matrices are not drawn")
    half = general.shape[-1] // 2
    block = np.zeros_like(general)
    block[..., :half, half:] = general[..., :half, half:]
    basis = np.linalg.qr(rng.normal(0.0, 1.0, general.shape))[0]
    return np.asarray(basis @ block @ np.swapaxes(basis, -1, -2))


def _nilpotent(properties: frozenset[str], general: Floats, rng: np.random.Generator) -> Floats:
    if properties - {"nilpotent"}:
        raise Unanswerable(f"{' '.join(sorted(properties))} matrices are not drawn")
    basis = np.linalg.qr(rng.normal(0.0, 1.0, general.shape))[0]
    return np.asarray(basis @ np.triu(general, 1) @ np.swapaxes(basis, -1, -2))


def _antisymmetric(properties: frozenset[str], general: Floats) -> Floats:
    skew = (general - np.swapaxes(general, -1, -2)) / 2
    if properties - {"antisymmetric", "invertible", "full rank"}:
        raise Unanswerable(f"{' '.join(sorted(properties))} matrices are not drawn")
    if properties & {"invertible", "full rank"} and general.shape[-1] % 2:
        raise Unanswerable("no invertible antisymmetric matrix of odd size exists")
    return np.asarray(skew)


def _symmetric_or_general(
    properties: frozenset[str], general: Floats, rng: np.random.Generator, *, singular: bool
) -> Floats:
    size = general.shape[-1]
    eye = np.eye(size)
    if "positive definite" in properties:
        result = general @ np.swapaxes(general, -1, -2) / size + 0.4 * eye
    elif "positive semidefinite" in properties:
        root = _of_lower_rank(general, rng) if "invertible" not in properties else general
        result = root @ np.swapaxes(root, -1, -2) / size
    else:
        result = (general + np.swapaxes(general, -1, -2)) / 2 if "symmetric" in properties else general
        if "invertible" in properties:
            result = result + rng.choice([-2.0, 2.0], general.shape[:-2])[..., None, None] * eye
        elif singular and "full rank" not in properties:
            result = _of_lower_rank(result, rng)
            result = (result + np.swapaxes(result, -1, -2)) / 2 if "symmetric" in properties else result
    if "convergent" in properties:
        radius = np.abs(np.linalg.eigvals(result)).max(axis=-1)
        result = result * (0.85 / np.maximum(radius, 1e-12) * rng.uniform(0.4, 1.0, radius.shape))[..., None, None]
    if "contractive" in properties:
        norm = np.linalg.norm(result, 2, axis=(-2, -1))
        result = result * (0.85 / np.maximum(norm, 1e-12) * rng.uniform(0.4, 1.0, norm.shape))[..., None, None]
    return np.asarray(result)
