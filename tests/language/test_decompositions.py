"""Factors by the name and the form of a decomposition."""

from __future__ import annotations

from fractions import Fraction

import pytest

from errata.language.decompositions import factored
from errata.language.terms import MatrixOperation, Name, Negative, Number, Power, Product, Term

P, D, V, L = Name("P"), Name("D"), Name("V"), Name("L")


def turned(name: Name) -> Term:
    return MatrixOperation("transpose", (name,))


INVERSE = MatrixOperation("inverse", (P,))
MINUS_ONE = Power(P, Negative(Number(Fraction(1))))


@pytest.mark.parametrize(
    ("told", "factors", "properties"),
    [
        ("eigen", (P, D, turned(P)), [{"orthogonal"}, {"diagonal"}]),
        ("eigen", (P, D, INVERSE), [{"invertible"}, {"diagonal"}]),
        ("eigen", (P, D, MINUS_ONE), [{"invertible"}, {"diagonal"}]),
        ("svd", (P, D, turned(V)), [set(), {"diagonal", "positive semidefinite"}, set()]),
        ("cholesky", (L, turned(L)), [{"lower triangular", "positive diagonal"}]),
        ("cholesky", (turned(L), L), [{"upper triangular", "positive diagonal"}]),
        ("cholesky", (L, D, turned(L)), [{"lower triangular", "unit diagonal"}, {"diagonal"}]),
        ("qr", (P, L), [set(), {"upper triangular"}]),
        ("lu", (L, P), [{"lower triangular"}, {"upper triangular"}]),
    ],
)
def test_what_the_form_says_of_the_factors(told: str, factors: tuple[Term, ...], properties: list[set[str]]) -> None:
    found = factored({told}, Product(factors))  # type: ignore[arg-type]
    assert found is not None
    assert [f.sort.properties for f in found.factors] == properties


@pytest.mark.parametrize(
    ("told", "factors"),
    [
        ("eigen", (P, D, turned(V))),
        ("eigen", (INVERSE, D, P)),
        ("svd", (P, D, turned(P))),
        ("svd", (P, D, V)),
        ("cholesky", (L, turned(P))),
        ("svd", (Name("a"), Name("b"), turned(Name("c")))),
    ],
)
def test_other_forms_are_not_decompositions(told: str, factors: tuple[Term, ...]) -> None:
    assert factored({told}, Product(factors)) is None  # type: ignore[arg-type]


def test_two_decompositions_of_one_form_are_not_told_apart() -> None:
    assert factored({"qr", "lu"}, Product((L, P))) is None


def test_a_thin_form_leaves_open_what_a_full_one_says() -> None:
    product = Product((P, D, turned(V)))
    thin, full = factored({"svd"}, product), factored({"svd"}, product, full=True)
    assert thin is not None and full is not None
    assert (thin.sure, full.sure) == (False, True)
    assert thin.factors[0].sort.rows != thin.factors[0].sort.columns
    assert full.factors[0].sort.properties == {"orthogonal"}
