"""Complex terms as pairs of real ones, tried against complex arithmetic itself."""

from __future__ import annotations

import cmath
import random
from fractions import Fraction

import pytest

from errata.language.complex_parts import real_claims
from errata.language.scope import Scope
from errata.language.sorts import Function, Matrix, Real
from errata.language.statements import Reading
from errata.language.terms import (
    Apply,
    ComplexPart,
    Derivative,
    Elementary,
    ImaginaryUnit,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
)
from errata.numeric_checks.evaluate import evaluate
from errata.numeric_checks.interpretation import Interpretation
from errata.numeric_checks.quantities import number

Z, W = Name("z"), Name("w")
SCOPE = Scope(sorts={"z": Real(complex=True), "w": Real(complex=True)})


def _number(value: int) -> Number:
    return Number(Fraction(value))


VALUES = [
    (Product((Z, W, Z)), lambda z, w: z * w * z),
    (Sum((Z, Negative(W), ImaginaryUnit())), lambda z, w: z - w + 1j),
    (Quotient(Z, Sum((W, ImaginaryUnit()))), lambda z, w: z / (w + 1j)),
    (Power(Z, _number(5)), lambda z, w: z**5),
    (ComplexPart("conjugate", Product((Z, W))), lambda z, w: (z * w).conjugate()),
    (Product((ComplexPart("real", Z), W)), lambda z, w: z.real * w),
    (Elementary("exp", (Product((Z, W)),)), lambda z, w: cmath.exp(z * w)),
    (Elementary("cos", (Z,)), lambda z, w: cmath.cos(z)),
    (Elementary("sin", (Z,)), lambda z, w: cmath.sin(z)),
    (Elementary("abs", (Sum((Z, W)),)), lambda z, w: complex(abs(z + w))),
    (MatrixOperation("inverse", (Z,)), lambda z, w: 1 / z),
    (MatrixOperation("determinant", (Product((Z, W)),)), lambda z, w: z * w),
]


@pytest.mark.parametrize(("term", "value"), VALUES)
def test_the_parts_of_a_term_are_those_of_its_value(term: Term, value) -> None:
    found = real_claims(Reading("=", term, Product((ImaginaryUnit(), ImaginaryUnit(), term))), SCOPE)
    assert found is not None
    real, *imaginary = found.readings
    rng = random.Random(7)
    for _ in range(20):
        z, w = (complex(rng.uniform(-2, 2), rng.uniform(-2, 2)) for _ in range(2))
        parts = {"\\Re z": z.real, "\\Im z": z.imag, "\\Re w": w.real, "\\Im w": w.imag}
        world = Interpretation(1, {}, {}, {s: number(v) for s, v in parts.items()})
        expected = value(z, w)
        assert evaluate(real.left, world, found.scope).item() == pytest.approx(expected.real, rel=1e-9, abs=1e-9)
        for reading in imaginary:
            assert evaluate(reading.left, world, found.scope).item() == pytest.approx(expected.imag, rel=1e-9, abs=1e-9)


def test_what_has_no_rule_is_refused() -> None:
    scope = Scope(sorts={"z": Real(complex=True), "f": Function((Real(),), Real(complex=True))})
    for term in (Elementary("log", (Z,)), Apply(Name("f"), (Name("x"),)), Power(Z, Name("k")), Derivative(Z, Z)):
        assert real_claims(Reading("=", term, term), scope) is None
    assert real_claims(Reading("<=", Z, W), SCOPE) is None


def test_bounds_and_unknown_properties_of_complex_names_are_refused() -> None:
    n = Name("n")
    for properties in (frozenset(("orthogonal",)), frozenset(("hermitian", "positive definite"))):
        scope = Scope(sorts={"A": Matrix(n, n, properties, Real(complex=True))})
        assert real_claims(Reading("=", Name("A"), Name("A")), scope) is None
