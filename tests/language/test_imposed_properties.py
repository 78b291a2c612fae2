"""Properties that are given to names: to which, in what form, and where that says it all."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from errata.language.imposed_properties import impose
from errata.language.scope import Independent, Scope
from errata.language.sorts import POSITIVE, Family, Function, Law, Matrix, RandomVariable, Real, Vector
from errata.language.terms import Comparison, MatrixOperation, Name, Number, Product, StandardLaw

N, M = Name("n"), Name("m")
NORMAL = StandardLaw("normal", (Number(Fraction(0)), Number(Fraction(1))))
SCOPE = Scope(
    sorts={
        "A": Matrix(N, N),
        "W": Matrix(N, M),
        "x": Vector(N),
        "y": Vector(N),
        "b": Real(),
        "f": Function((Real(),), Real()),
        "X": RandomVariable("X"),
        "Y": Family((N,), RandomVariable("Y")),
        "Z": RandomVariable("Z", StandardLaw("normal", (Number(Fraction(0)), Name("b")))),
        "p": Law(("x", "y")),
    }
)


@pytest.mark.parametrize(
    ("told", "name", "sort"),
    [
        ("symmetric", "A", Matrix(N, N, frozenset(("symmetric",)))),
        ("projecting", "A", Matrix(N, N, frozenset(("symmetric", "idempotent")))),
        ("positive", "A", Matrix(N, N, entries=POSITIVE)),
        ("positive", "x", Vector(N, POSITIVE)),
        ("stochastic", "x", Vector(N, simplex=True)),
        ("integer", "b", Real(integer=True)),
        ("convex", "f", Function((Real(),), Real(), frozenset(("convex",)))),
        ("symmetric", "X", RandomVariable("X", NORMAL)),
        ("standard normal", "Y", Family((N,), RandomVariable("Y", NORMAL))),
        ("positive", "X", RandomVariable("X", values=POSITIVE)),
    ],
)
def test_a_property_that_is_given(told, name, sort):
    imposed = impose(told, [name], SCOPE)
    assert imposed.complete
    assert imposed.scope.sorts[name] == sort


def test_orthonormal_rows_that_a_formula_tells_are_known():
    product = Product((Name("W"), MatrixOperation("transpose", (Name("W"),))))
    told = Comparison("=", product, MatrixOperation("identity"))
    imposed = impose("orthonormal", ["W"], replace(SCOPE, assumptions=(told,)))
    assert imposed.complete
    assert imposed.scope.sorts["W"] == SCOPE.sorts["W"]


def test_chances_strictly_between_the_two_values_are_not_binary():
    chance = Real(0.0, 1.0)
    imposed = impose("binary", ["y"], replace(SCOPE, sorts={"y": chance}))
    assert imposed.scope.sorts["y"] == chance


@pytest.mark.parametrize(("told", "name"), [("symmetric", "W"), ("symmetric", "x"), ("positive", "Z")])
def test_a_property_that_says_nothing_of_a_thing(told, name):
    imposed = impose(told, [name], SCOPE)
    assert imposed.complete
    assert imposed.scope.sorts[name] == SCOPE.sorts[name]


@pytest.mark.parametrize(
    ("told", "name"),
    [("symmetric", "f"), ("symmetric", "p"), ("orthogonal", "W"), ("standard normal", "Z"), ("positive", "unknown")],
)
def test_a_property_that_cannot_be_given(told, name):
    assert not impose(told, [name], SCOPE).complete


def test_independence_is_a_fact():
    facts = impose("independent", ["X", "Y", "p"], SCOPE).scope.facts
    assert facts == (Independent(("X", "Y"), members=("Y",)), Independent(("x", "y"), "p"))


def test_lengths_and_right_angles_are_equations():
    assert len(impose("unit length", ["x", "y"], SCOPE).scope.assumptions) == 2
    assert len(impose("orthogonal", ["x", "y"], SCOPE).scope.assumptions) == 1
    assert len(impose("orthonormal", ["x", "y"], SCOPE).scope.assumptions) == 3


@pytest.mark.parametrize("order", [("positive", "integer"), ("integer", "positive")])
def test_properties_come_together(order):
    scope = SCOPE
    for told in order:
        scope = impose(told, ["b"], scope).scope
    assert scope.sorts["b"] == Real(low=1.0, low_open=False, integer=True)


def test_what_all_forms_of_a_decomposition_share_is_square_with_ones_on_triangles() -> None:
    scope = Scope(sorts={"Q": Matrix(N, M), "R": Matrix(M, M, frozenset(("upper triangular",)))})
    imposed = impose("in all forms", ("Q", "R"), scope)
    assert imposed.complete
    assert imposed.scope.sorts["n"] == imposed.scope.sorts["m"] != Real()
    assert imposed.scope.sorts["R"] == Matrix(M, M, frozenset(("upper triangular", "unit diagonal")))


def test_sizes_that_are_numbers_may_differ_in_all_forms() -> None:
    scope = Scope(sorts={"Q": Matrix(Number(Fraction(3)), M)})
    assert not impose("in all forms", ("Q",), scope).complete
