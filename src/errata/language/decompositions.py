"""What the factors of a decomposition are, by its name and form: in A = Q D Q^T, Q is orthogonal and D diagonal.

Only the form that goes with the name counts. An eigendecomposition A = P D P^{-1} says of P no more than that it has
an inverse; the factors of A = U S V^T have orthonormal columns, and are square only where the full form is told.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from errata.language.decomposition_words import Decomposition
from errata.language.kinds import is_capital
from errata.language.prose.refine import looks_like_matrix, unknown_size
from errata.language.sorts import Matrix
from errata.language.terms import MatrixOperation, Name, Negative, Number, Power, Product, Term


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of a decomposition. sort: what it is, its sizes open; orthonormal: its columns are, square or not."""

    symbol: str
    sort: Matrix
    orthonormal: bool = False


@dataclass(frozen=True, slots=True)
class Factored:
    """A product that is a decomposition. symmetric: of a symmetric matrix. sure: its form tells all of its factors,
    whichever of the forms with this name is meant.
    """

    name: Decomposition
    factors: tuple[Factor, ...]
    symmetric: bool = False
    sure: bool = True


def factored(told: Collection[Decomposition], product: Term, full: bool = False) -> Factored | None:
    """Return what a product is that has the form of just one of the decompositions told, None for any other."""
    if not isinstance(product, Product):
        return None
    forms = [found for name in told if (found := _by_form(name, product.factors, full)) is not None]
    if len(forms) != 1 or not all(is_capital(f.symbol) or looks_like_matrix(f.symbol) for f in forms[0].factors):
        return None
    return forms[0]


def _by_form(name: Decomposition, factors: tuple[Term, ...], full: bool) -> Factored | None:
    match name, tuple(map(_inverse, factors)):
        case "eigen", (Name(q), Name(d), MatrixOperation("transpose", (Name(again),))) if q == again != d:
            return Factored(name, (_square(q, q, "orthogonal"), _square(d, q, "diagonal")), symmetric=True)
        case "eigen", (Name(p), Name(d), MatrixOperation("inverse", (Name(again),))) if p == again != d:
            return Factored(name, (_square(p, p, "invertible"), _square(d, p, "diagonal")))
        case "svd", (Name(u), Name(s), MatrixOperation("transpose", (Name(v),))) if len({u, s, v}) == 3:
            return _singular_values(u, s, v, full)
        case "cholesky", (Name(lower), MatrixOperation("transpose", (Name(again),))) if lower == again:
            return Factored(name, (_square(lower, lower, "lower triangular", "positive diagonal"),), symmetric=True)
        case "cholesky", (MatrixOperation("transpose", (Name(again),)), Name(upper)) if upper == again:
            return Factored(name, (_square(upper, upper, "upper triangular", "positive diagonal"),), symmetric=True)
        case "cholesky", (Name(lower), Name(d), MatrixOperation("transpose", (Name(again),))) if lower == again != d:
            triangle = _square(lower, lower, "lower triangular", "unit diagonal")
            return Factored(name, (triangle, _square(d, lower, "diagonal")), symmetric=True)
        case "qr", (Name(q), Name(r)) if q != r:
            return _orthonormal_and_triangular(q, r) if not full else None
        case "lu", (Name(lower), Name(upper)) if lower != upper:  # which of them has ones on its diagonal varies
            triangles = (_square(lower, lower, "lower triangular"), _square(upper, lower, "upper triangular"))
            return Factored(name, triangles, sure=False)
    return None


def _inverse(term: Term) -> Term:
    """Return P^{-1} as an inverse, also where P was not known to be a matrix when it was read."""
    match term:
        case Power(Name() as base, Negative(Number(one))) if one == 1:
            return MatrixOperation("inverse", (base,))
    return term


def _singular_values(u: str, s: str, v: str, full: bool) -> Factored:
    rows, columns, rank = unknown_size(u, "_1"), unknown_size(v, "_1"), unknown_size(s, "_1")
    if full:
        middle = Factor(s, Matrix(rows, columns, frozenset(("diagonal", "positive diagonal"))))
        return Factored("svd", (_square(u, u, "orthogonal"), middle, _square(v, v, "orthogonal")))
    middle = _square(s, s, "diagonal", "positive semidefinite")
    left, right = Factor(u, Matrix(rows, rank), orthonormal=True), Factor(v, Matrix(columns, rank), orthonormal=True)
    return Factored("svd", (left, middle, right), sure=False)


def _orthonormal_and_triangular(q: str, r: str) -> Factored:
    basis = Matrix(unknown_size(q, "_1"), unknown_size(r, "_1"))
    return Factored("qr", (Factor(q, basis, orthonormal=True), _square(r, r, "upper triangular")), sure=False)


def _square(symbol: str, sized_as: str, *properties: str) -> Factor:
    size = unknown_size(sized_as, "_1")
    return Factor(symbol, Matrix(size, size, frozenset(properties)), orthonormal="orthogonal" in properties)
