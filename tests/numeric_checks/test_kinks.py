"""Integrals of what is not smooth, cut where it is not."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numeric_builders import HALF, ONE, TWO, ZERO, agrees, minus, number, plus, refuted, times

from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.terms import (
    Aggregate,
    Binder,
    Cases,
    Comparison,
    Constant,
    Draw,
    Elementary,
    Expectation,
    Indicator,
    Interval,
    Name,
    Power,
    Quotient,
    StandardLaw,
)
from errata.numeric_checks.evaluate.kinks import nodes_between

X, Y, C, M, V = (Name(s) for s in "xycmv")
INSIDE = Scope(sorts={"c": Real(low=0.0, high=1.0)})


def absolute(term):
    return Elementary("abs", (term,))


def over_unit_interval(name, body):
    return Aggregate("integral", Binder(name, Interval(ZERO, ONE)), body)


def distance_from(place):
    """The integral of |x - place| over (0, 1)."""
    return over_unit_interval(X, absolute(minus(X, place)))


def squares_halved(place):
    return times(HALF, plus(Power(place, TWO), Power(minus(ONE, place), TWO)))


def test_an_integral_is_cut_at_the_kink_of_an_absolute_value():
    agrees(distance_from(C), "=", squares_halved(C), INSIDE)
    refuted(distance_from(C), "=", times(HALF, Power(C, TWO)), INSIDE)


@pytest.mark.parametrize(
    "step",
    [
        Indicator(Comparison(">=", X, C)),
        Cases(((ONE, Comparison(">=", X, C)),), ZERO),
        times(HALF, plus(ONE, Elementary("sign", (minus(X, C),)))),
    ],
)
def test_a_jump_is_found_however_it_is_written(step):
    agrees(over_unit_interval(X, step), "=", minus(ONE, C), INSIDE)


def test_the_inner_of_two_integrals_is_cut_for_every_place_of_the_outer():
    both = over_unit_interval(Y, over_unit_interval(X, Elementary("max", (X, Y))))
    agrees(both, "=", Quotient(TWO, number(3)), Scope())


def test_the_mean_of_a_normal_variable_beyond_its_own_mean():
    scope = Scope(sorts={"m": Real(), "v": Real(low=0.0, low_open=True)})
    deviation = Expectation((Draw(X, "x", StandardLaw("normal", (M, V))),), absolute(minus(X, M)))
    agrees(deviation, "=", Elementary("sqrt", (Quotient(times(TWO, V), Constant("pi")),)), scope)
    refuted(deviation, "=", Elementary("sqrt", (V,)), scope)


def test_cuts_outside_the_interval_take_nothing_from_it():
    nodes, weights = nodes_between(np.zeros(1), np.ones(1), np.array([[-3.0, 0.25, 7.0]]), 0)
    assert weights.sum() == pytest.approx(1.0, abs=1e-13)
    assert (weights * np.abs(nodes - 0.25)).sum() == pytest.approx(float(Fraction(5, 16)), abs=1e-13)
