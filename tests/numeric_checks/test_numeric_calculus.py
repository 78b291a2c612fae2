"""Derivatives by arrays, by members of families and of functions with matrix values."""

from __future__ import annotations

from fractions import Fraction

import numeric_builders
import numpy as np
import pytest

from errata.language.scope import Definition, Scope
from errata.language.sorts import Family, Function, Matrix, Real, Vector
from errata.language.terms import (
    Apply,
    At,
    Derivative,
    Elementary,
    Entry,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Sum,
)
from errata.numeric_checks.functions import with_properties

N, M, T, X, A, B = (Name(s) for s in "nmtxAB")
TWO = Number(Fraction(2))


def agrees(left, right, scope):
    numeric_builders.agrees(left, "=", right, scope)


def refuted(left, right, scope):
    numeric_builders.refuted(left, "=", right, scope)


def op(name, *arguments):
    return MatrixOperation(name, arguments)


@pytest.mark.parametrize(
    ("properties", "holds"),
    [
        ({"symmetric"}, lambda v: np.allclose(v, np.swapaxes(v, -1, -2))),
        ({"positive definite"}, lambda v: bool(np.all(np.linalg.eigvalsh(v) > 0))),
        ({"orthogonal"}, lambda v: np.allclose(v @ np.swapaxes(v, -1, -2), np.eye(3))),
        ({"diagonal"}, lambda v: np.allclose(v, v * np.eye(3))),
        ({"diagonal", "positive definite"}, lambda v: bool(np.all(np.diagonal(v, axis1=-2, axis2=-1) > 0))),
    ],
)
def test_values_have_the_properties(properties, holds):
    values = np.random.default_rng(1).normal(size=(5, 3, 3))
    assert not holds(values)
    assert holds(with_properties(values, frozenset(properties)))


CURVE = Scope(sorts={"A": Function((Real(),), Matrix(N, N, frozenset({"invertible"})), on=("t",)), "t": Real()})
CURVES = Apply(A, (T,))


def test_the_derivative_of_an_inverse_along_a_curve():
    inverse = op("inverse", CURVES)
    slope = Derivative(CURVES, T)
    agrees(Derivative(inverse, T), Negative(Product((inverse, slope, inverse))), CURVE)
    refuted(Derivative(inverse, T), Negative(Product((inverse, inverse, slope))), CURVE)


def test_the_gradient_by_a_member_moves_that_member_alone():
    scope = Scope(sorts={"x": Family((M,), Vector(N)), "A": Vector(N), "t": Real(low=1, low_open=False, integer=True)})
    member = Entry(X, (T,))
    body = Power(op("norm", Sum((A, Negative(member)))), TWO)
    agrees(Derivative(body, member), Product((TWO, Sum((member, Negative(A))))), scope)
    refuted(Derivative(body, member), Product((TWO, Sum((A, Negative(member))))), scope)


def test_the_derivative_by_the_value_of_a_function():
    vectors = Scope(sorts={"B": Function((Vector(N),), Vector(N)), "x": Vector(N), "A": Matrix(N, N)})
    value = Apply(B, (X,))
    body = Product((op("transpose", value), A, value))
    twice = Product((Sum((A, op("transpose", A))), value))
    agrees(Derivative(body, value), twice, vectors)
    refuted(Derivative(body, value), Product((TWO, A, value)), vectors)


def test_a_function_of_numbers_is_taken_entry_by_entry():
    z = Name("z")
    scope = Scope(
        sorts={"z": Real(), "x": Vector(N)},
        definitions={"g": Definition("g", ("z",), Power(z, Number(Fraction(3))))},
    )
    cubes = op("hadamard", X, op("hadamard", X, X))
    agrees(Apply(Name("g"), (X,)), cubes, scope)
    refuted(Apply(Name("g"), (X,)), op("hadamard", X, X), scope)


def test_an_array_is_taken_at_the_identity():
    scope = Scope(sorts={"A": Matrix(N, N), "B": Matrix(N, N)})
    agrees(At(Product((A, B, A)), A, op("identity")), B, scope)
    refuted(At(Product((A, B, A)), A, op("identity")), Product((B, B)), scope)


def test_softmax_adds_up_to_one():
    scope = Scope(sorts={"x": Vector(N)})
    ones = Elementary("exp", (Sum((X, Negative(X))),))
    agrees(op("dot", ones, op("softmax", X)), Number(Fraction(1)), scope)
    refuted(op("dot", ones, op("softmax", X)), TWO, scope)


def test_the_entrywise_product_with_the_identity_keeps_the_diagonal():
    scope = Scope(sorts={"A": Matrix(N, N)})
    kept = op("hadamard", A, op("identity"))
    agrees(kept, op("diagonal", op("diagonal", A)), scope)
    refuted(kept, A, scope)
