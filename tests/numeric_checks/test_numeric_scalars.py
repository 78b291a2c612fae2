"""Scalar claims: domains, thin points, derivatives, sums, integrals, rounded numbers, implications."""

from __future__ import annotations

from fractions import Fraction
from math import exp, isclose

import pytest
from numeric_builders import (
    HALF,
    ONE,
    TWO,
    ZERO,
    agrees,
    apply,
    equal,
    fn,
    judge,
    log,
    minus,
    names,
    number,
    over,
    plus,
    refuted,
    series,
    silent,
    squared,
    times,
)

from errata.language.scope import Definition, Scope
from errata.language.sorts import POSITIVE, SIZE, UNIT, Function, Real
from errata.language.terms import (
    Aggregate,
    Binder,
    Cases,
    Comparison,
    Constant,
    Derivative,
    Elementary,
    Entry,
    Interval,
    Name,
    Negative,
    Power,
    Term,
    Values,
)
from errata.numeric_checks.outcome import NoOpinion, Refutation

X, Y, A, B, N, INDEX = names("x y a b n i")
INFINITY = Constant("infinity")


def test_a_logarithm_is_tried_where_it_is_defined() -> None:
    agrees(log(times(X, Y)), "=", plus(log(X), log(Y)))
    outcome = refuted(log(plus(X, Y)), "=", plus(log(X), log(Y)))
    assert outcome.counterexample.certified


def test_a_root_of_a_square_fails_for_negative_numbers() -> None:
    assert refuted(fn("sqrt", squared(X)), "=", X).thin == "x < 0"
    agrees(fn("sqrt", squared(X)), "=", X, Scope(sorts={"x": POSITIVE}))
    agrees(fn("sqrt", squared(X)), "=", fn("abs", X))


def test_an_equality_that_fails_at_zero_only_is_thin() -> None:
    sign_squared = squared(fn("sign", X))
    assert refuted(sign_squared, "=", ONE).thin == "x = 0"
    agrees(sign_squared, "=", ONE, Scope(sorts={"x": Real(nonzero=True)}))


def test_cancellation_at_a_removable_point_is_no_failure() -> None:
    agrees(over(minus(squared(X), ONE), minus(X, ONE)), "=", plus(X, ONE))


def test_the_derivative_of_the_logistic_function() -> None:
    s = fn("sigmoid", X)
    agrees(Derivative(s, X), "=", times(s, minus(ONE, s)))
    outcome = refuted(Derivative(s, X), "=", times(s, plus(ONE, s)))
    at = float(outcome.counterexample.values["x"])
    value = 1 / (1 + exp(-at))
    assert isclose(float(outcome.counterexample.left), value * (1 - value), rel_tol=1e-3)
    agrees(fn("tanh", X), "=", minus(times(TWO, fn("sigmoid", times(TWO, X))), ONE))
    agrees(Derivative(fn("softplus", X), X), "=", s)
    agrees(Derivative(s, X, 2), "=", times(s, minus(ONE, s), minus(ONE, times(TWO, s))))


def test_unknown_functions_obey_the_chain_rule() -> None:
    scope = Scope(sorts={"f": Function((Real(),), Real())})
    left = Derivative(squared(apply("f", X)), X)
    agrees(left, "=", times(TWO, apply("f", X), apply("f", X, order=1)), scope)
    refuted(left, "=", times(TWO, apply("f", X)), scope)


def test_a_derivative_flows_through_definitions() -> None:
    scope = Scope(definitions={"z": Definition("z", (), plus(times(A, X), B))})
    left = Derivative(fn("sigmoid", Name("z")), A)
    slope = Derivative(fn("sigmoid", Name("z")), Name("z"))
    agrees(left, "=", times(slope, X), scope)
    refuted(left, "=", slope, scope)


def test_finite_sums_hold_for_every_size() -> None:
    left = series("i", ONE, N, INDEX)
    outcome = agrees(left, "=", over(times(N, plus(N, ONE)), TWO))
    assert len(outcome.sizes) >= 2
    refuted(left, "=", over(squared(N), TWO))
    assert refuted(left, "=", times(N, over(plus(N, TWO), TWO))).counterexample.values["n"] == "1"


def test_an_empty_sum_is_zero() -> None:
    agrees(series("i", ONE, ZERO, INDEX), "=", ZERO)


def test_families_have_the_size_of_their_range() -> None:
    x_i = Entry(X, (INDEX,))
    left = series("i", ONE, N, plus(x_i, ONE))
    agrees(left, "=", plus(series("i", ONE, N, x_i), N))
    refuted(left, "=", plus(series("i", ONE, N, x_i), ONE))


@pytest.mark.parametrize(
    ("term", "value", "right"),
    [
        (Power(INDEX, number(-2)), over(squared(Constant("pi")), number(6)), True),
        (Power(HALF, INDEX), ONE, True),
        (Power(HALF, INDEX), TWO, False),
    ],
)
def test_convergent_series(term: Term, value: Term, right: bool) -> None:
    left = series("i", ONE, INFINITY, term)
    agrees(left, "=", value) if right else refuted(left, "=", value)


def test_a_divergent_series_has_no_value() -> None:
    silent(series("i", ONE, INFINITY, over(ONE, INDEX)), "=", number(8))


def integral(low: Term, high: Term, body: Term) -> Term:
    return Aggregate("integral", Binder(X, Interval(low, high)), body)


def test_integrals() -> None:
    bell = Elementary("exp", (Negative(squared(X)),))
    agrees(integral(Negative(INFINITY), INFINITY, bell), "=", fn("sqrt", Constant("pi")))
    refuted(integral(Negative(INFINITY), INFINITY, bell), "=", Constant("pi"))
    agrees(integral(ZERO, A, squared(X)), "=", over(Power(A, number(3)), number(3)))
    agrees(integral(ZERO, ONE, over(ONE, fn("sqrt", X))), "=", TWO)
    silent(integral(ZERO, ONE, over(ONE, X)), "=", number(7))


@pytest.mark.parametrize(("written", "agreement"), [("0.88", True), ("0.8807", True), ("0.8808", True), ("0.8", True)])
def test_rounded_and_truncated_numbers(written: str, agreement: bool) -> None:
    outcome = agrees(fn("sigmoid", TWO), "=", number(written))
    assert outcome.truncated == (written in ("0.8807", "0.8"))


def test_numbers_wrong_in_a_written_digit() -> None:
    refuted(fn("sigmoid", TWO), "=", number("0.91"))
    silent(fn("sigmoid", TWO), "=", number("0.89"))


def test_rounded_inputs_are_no_refutation() -> None:
    silent(times(number("0.333"), number(3)), "=", ONE)
    refuted(times(number("0.333"), number(3)), "=", number(2))


def test_a_logarithm_to_a_declared_base() -> None:
    agrees(Elementary("log", (number(8), TWO)), "=", number(3))
    refuted(log(number(8)), "=", number(3))
    refuted(log(number(8)), "=", number(3), Scope(log_base=TWO))


def test_approximately_equal_is_never_refuted_when_names_are_free() -> None:
    agrees(Constant("pi"), "~=", number("3.14"))
    silent(fn("sin", X), "~=", X)
    refuted(Constant("pi"), "~=", number(7))


@pytest.mark.parametrize(("relation", "right"), [(">=", True), (">", False), ("<=", False)])
def test_arithmetic_and_geometric_mean(relation: str, right: bool) -> None:
    scope = Scope(sorts={"x": POSITIVE, "y": POSITIVE})
    sides = (over(plus(X, Y), TWO), fn("sqrt", times(X, Y)))
    if right:
        agrees(sides[0], relation, sides[1], scope)
    else:
        outcome = refuted(sides[0], relation, sides[1], scope)
        x, y = (float(Fraction(outcome.counterexample.values[s])) for s in ("x", "y"))
        failing = {">": (x + y) / 2 <= (x * y) ** 0.5, "<=": (x + y) / 2 > (x * y) ** 0.5}
        assert failing[relation]


def test_an_adversarial_search_finds_a_narrow_violation() -> None:
    far = plus(squared(minus(X, number("37"))), squared(minus(Y, number("-21"))))
    refuted(far, ">=", HALF)
    agrees(far, ">=", ZERO)


@pytest.mark.parametrize("seed", range(4))
def test_an_adversarial_search_follows_a_curved_valley(seed: int) -> None:
    valley = plus(squared(minus(squared(X), Y)), squared(minus(X, number("1.5"))))
    assert isinstance(judge(valley, ">=", number("0.001"), seed=seed), Refutation)


def test_the_derivative_of_an_inequality_for_logarithms() -> None:
    agrees(log(X), "<=", minus(X, ONE))
    refuted(log(X), "<", minus(X, ONE))


def test_implications_try_every_root() -> None:
    agrees(equal(X, TWO), "=>", equal(squared(X), number(4)))
    outcome = refuted(equal(squared(X), number(4)), "=>", equal(X, TWO))
    assert outcome.counterexample.values["x"] == "-2"
    agrees(equal(squared(X), number(4)), "=>", equal(X, TWO), Scope(sorts={"x": POSITIVE}))
    agrees(equal(log(X), ZERO), "<=>", equal(X, ONE))
    refuted(equal(X, ONE), "<=>", equal(squared(X), ONE))
    silent(equal(X, X), "=>", equal(X, ONE))
    silent(equal(squared(X), number(-1)), "=>", equal(X, ONE))


def test_assumptions_are_solved_for() -> None:
    isolated = Scope(assumptions=(Comparison("=", B, minus(ONE, A)),))
    agrees(plus(A, B), "=", ONE, isolated)
    implicit = Scope(assumptions=(equal(squared(A), TWO),))
    agrees(Power(A, number(4)), "=", number(4), implicit)
    refuted(A, "=", number(2), implicit)
    selected = Scope(assumptions=(Comparison(">", A, B),))
    agrees(A, ">", B, selected)
    impossible = Scope(assumptions=(equal(squared(A), number(-1)),))
    assert "assumption" in silent(A, "=", ONE, impossible).reason


def test_a_counterexample_respects_declared_domains() -> None:
    outcome = refuted(squared(X), "=", X, Scope(sorts={"x": UNIT}))
    assert 0 < float(Fraction(outcome.counterexample.values["x"])) < 1


def test_extrema_over_numbers() -> None:
    body = Negative(squared(minus(X, Y)))
    agrees(Aggregate("max", Binder(X, Values()), body), "=", ZERO)
    agrees(Aggregate("argmax", Binder(X, Values()), body), "=", Y)
    refuted(Aggregate("argmax", Binder(X, Values()), body), "=", times(TWO, Y))
    x_i = Entry(X, (INDEX,))
    loss = series("i", ONE, N, squared(minus(x_i, Name("m"))))
    average = over(series("i", ONE, N, x_i), N)
    agrees(Aggregate("argmin", Binder(Name("m"), Values()), loss), "=", average)


def test_a_supremum_that_is_not_attained_is_no_refutation() -> None:
    outcome = judge(Aggregate("max", Binder(X, Values()), Negative(fn("exp", X))), "=", ZERO)
    assert not isinstance(outcome, Refutation)


def test_cases() -> None:
    relu = Cases(((X, Comparison(">", X, ZERO)),), ZERO)
    agrees(relu, "=", fn("relu", X))
    refuted(relu, "=", fn("abs", X))


def test_hostile_sizes_end_in_no_opinion() -> None:
    tower = Power(number(9), Power(number(9), Power(number(9), number(9))))
    silent(tower, "=", ONE)
    assert "1e+12" in silent(series("i", ONE, Power(number(10), number(12)), INDEX), "=", ONE).reason
    assert "1e+12" in silent(series("i", ONE, number(10**12), INDEX), "=", ONE).reason
    silent(number(10**400), "=", ONE)
    loop = Scope(definitions={"a": Definition("a", (), plus(Name("a"), ONE))})
    assert isinstance(judge(A, "=", ONE, loop), NoOpinion)


def test_a_deep_term_ends_in_no_opinion() -> None:
    term: Term = X
    for _ in range(3000):
        term = Negative(term)
    assert isinstance(judge(term, "=", X), NoOpinion)


def test_the_same_seed_gives_the_same_outcome() -> None:
    scope = Scope(sorts={"n": SIZE})
    assert judge(squared(X), "=", X, seed=3) == judge(squared(X), "=", X, seed=3)
    first = judge(Derivative(fn("exp", X), X), "=", fn("exp", X), scope)
    assert first == judge(Derivative(fn("exp", X), X), "=", fn("exp", X), scope)
    agrees(fn("exp", ONE), "=", Constant("e"))
