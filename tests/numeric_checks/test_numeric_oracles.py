"""Evaluation against independent oracles: SymPy's evalf on random scalar terms, exact arithmetic on tables."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from numeric_builders import density, judge, kl, law, minus, names, over, plus, times

from errata.language.scope import Scope
from errata.language.sorts import Point
from errata.language.statements import Reading
from errata.language.terms import (
    Derivative,
    Elementary,
    Functional,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
)
from errata.numeric_checks.batches import pose
from errata.numeric_checks.certify import certify
from errata.numeric_checks.evaluate import environment, evaluate
from errata.numeric_checks.interpretation import Axis, FinitePoints, Interpretation, TableLaw
from errata.numeric_checks.outcome import Agreement, Refutation
from errata.numeric_checks.quantities import Quantity
from errata.numeric_checks.rounding import rounded_numbers, shifted, written_unit

SMOOTH = ("exp", "sin", "cos", "tanh", "sigmoid", "softplus", "arctan")
SYMPY = {
    "exp": sympy.exp,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tanh": sympy.tanh,
    "arctan": sympy.atan,
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
    "log": sympy.log,
    "sqrt": sympy.sqrt,
}


def leaves() -> st.SearchStrategy[Term]:
    numbers = st.fractions(min_value=-3, max_value=3, max_denominator=8).map(Number)
    return st.one_of(numbers, st.sampled_from([Name("x"), Name("y")]))


def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(Sum),
        pairs.map(Product),
        inner.map(Negative),
        pairs.map(lambda p: Quotient(*p)),
        st.tuples(inner, st.integers(0, 3)).map(lambda p: Power(p[0], Number(Fraction(p[1])))),
        st.tuples(st.sampled_from((*SMOOTH, "log", "sqrt")), inner).map(lambda p: Elementary(p[0], (p[1],))),
    )


TERMS = st.recursive(leaves(), grown, max_leaves=7)


def to_sympy(term: Term) -> sympy.Expr:
    match term:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Name(symbol):
            return sympy.Symbol(symbol)
        case Negative(inner):
            return -to_sympy(inner)
        case Sum(terms):
            return sympy.Add(*map(to_sympy, terms))
        case Product(factors):
            return sympy.Mul(*map(to_sympy, factors))
        case Quotient(top, bottom):
            return to_sympy(top) / to_sympy(bottom)
        case Power(base, exponent):
            return to_sympy(base) ** to_sympy(exponent)
        case Elementary(function, (argument,)):
            return SYMPY[function](to_sympy(argument))
    raise AssertionError(term)


def at_point(x: float, y: float) -> Interpretation:
    return Interpretation(1, {}, {}, {"x": Quantity(np.array([x])), "y": Quantity(np.array([y]))})


@settings(max_examples=150, deadline=None)
@given(TERMS, st.sampled_from([0.25, 1.5, -0.75]), st.sampled_from([2.0, -1.25, 0.5]))
def test_evaluation_agrees_with_sympy(term: Term, x: float, y: float) -> None:
    mine = float(np.broadcast_to(evaluate(term, at_point(x, y)), (1,))[0])
    exact = to_sympy(term).subs({"x": sympy.Rational(x), "y": sympy.Rational(y)}).evalf(40)
    if not math.isfinite(mine) or not exact.is_number or not exact.is_real:
        return
    assert math.isclose(mine, float(exact), rel_tol=1e-6, abs_tol=1e-9)


@settings(max_examples=60, deadline=None)
@given(TERMS, st.sampled_from([0.25, 1.5, -0.75]))
def test_derivatives_agree_with_sympy(term: Term, x: float) -> None:
    mine = float(np.broadcast_to(evaluate(Derivative(term, Name("x")), at_point(x, 0.5)), (1,))[0])
    slope = sympy.diff(to_sympy(term), sympy.Symbol("x"))
    exact = slope.subs({"x": sympy.Rational(x), "y": sympy.Rational(1, 2)}).evalf(30)
    if not math.isfinite(mine) or not exact.is_number or not exact.is_real:
        return
    size = float(np.abs(evaluate(term, at_point(x, 0.5))).max())
    assert math.isclose(mine, float(exact), rel_tol=1e-5, abs_tol=1e-6 * max(1.0, size))


@settings(max_examples=60, deadline=None)
@given(TERMS, st.randoms(use_true_random=False))
def test_reordering_a_sum_keeps_a_right_claim_right(term: Term, random: object) -> None:
    left, right = plus(term, times(Name("x"), Name("y"))), plus(times(Name("y"), Name("x")), term)
    assert not isinstance(judge(left, "=", right), Refutation)


# Exact certification ---------------------------------------------------------------------------------


def tables(p: list[float], q: list[float]) -> Interpretation:
    axes = (Axis("x", "x"),)
    points = FinitePoints(np.arange(len(p), dtype=float)[None])
    laws = {"p": TableLaw(axes, np.array([p])), "q": TableLaw(axes, np.array([q]))}
    return Interpretation(1, {}, {"x": points}, laws)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=4), st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_functionals_agree_with_sums_by_hand(a: list[int], b: list[int]) -> None:
    b = b[: len(a)]
    p, q = [n / sum(a) for n in a], [n / sum(b) for n in b]
    scope = Scope(sorts={"x": Point("x")})
    world = tables(p, q)
    divergence = sum(u * math.log(u / v) for u, v in zip(p, q, strict=True))
    assert math.isclose(float(evaluate(kl(law("p"), law("q")), world, scope)[0]), divergence, abs_tol=1e-12)
    entropy = -sum(u * math.log(u) for u in p)
    assert math.isclose(float(evaluate(Functional("entropy", (law("p"),)), world, scope)[0]), entropy)
    distance = sum(abs(u - v) for u, v in zip(p, q, strict=True)) / 2
    found = evaluate(Functional("total_variation", (law("p"), law("q"))), world, scope)
    assert math.isclose(float(found[0]), distance, abs_tol=1e-12)


@pytest.mark.parametrize("violated", [True, False])
def test_certification_is_exact(violated: bool) -> None:
    (x,) = names("x")
    scope = Scope(sorts={"x": Point("x")})
    middle = over(plus(density("p", "x"), density("q", "x")), Number(Fraction(2)))
    right = minus(middle, Number(Fraction(int(violated), 10**30)))
    problem = pose(Reading("=", middle, right), scope)
    world = tables([0.5, 0.5], [0.25, 0.75])
    from errata.numeric_checks.quantities import PointAt

    values = {**world.values, "x": PointAt("x", np.array([0]))}
    env = environment(scope, Interpretation(1, {}, world.spaces, values))
    certificate = certify(problem, env, 0)
    assert certificate is not None
    assert certificate.violated == violated
    assert x == Name("x")


# Rounded numbers -------------------------------------------------------------------------------------


def test_units_and_shifts_of_written_numbers() -> None:
    written = Number(Fraction("0.88"), 2)
    assert written_unit(Negative(written)) == pytest.approx(0.01)
    assert written_unit(Number(Fraction(3))) is None
    term = Sum((written, Number(Fraction("0.4"), 1), Product((written, Name("x")))))
    assert list(rounded_numbers(term)) == [written, written]
    moved = shifted(term, written, 1)
    assert next(iter(rounded_numbers(moved))).value == Fraction("0.885")


def test_renaming_keeps_the_outcome() -> None:
    a, b = names("\\alpha \\beta")
    x, y = names("x y")
    for first, second in ((a, b), (x, y)):
        outcome = judge(Power(plus(first, second), Number(Fraction(2))), "=", plus(first, second))
        assert isinstance(outcome, Refutation)
        outcome_right = judge(times(first, second), "=", times(second, first))
        assert isinstance(outcome_right, Agreement)
