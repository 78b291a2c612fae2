from fractions import Fraction

import pytest

from errata.language.few_numbers import numbers_among
from errata.language.sorts import AbstractSpace, FiniteSpace, Real
from errata.language.terms import Name, Negative, Number

MINUS_ONE = Negative(Number(Fraction(1)))


def numbers(*values):
    return tuple(Number(Fraction(v)) for v in values)


@pytest.mark.parametrize(
    ("points", "low", "high", "nonzero", "exact"),
    [
        ((MINUS_ONE, *numbers(1)), -1, 1, True, True),
        (numbers(0, 1), 0, 1, False, True),
        (numbers(1, 2, 3), 1, 3, True, True),
        (numbers(2, 5), 2, 5, True, False),
        ((MINUS_ONE, *numbers(0, 1)), -1, 1, False, True),
        ((MINUS_ONE, *numbers(2)), -1, 2, True, False),
    ],
)
def test_whole_numbers_that_follow_each_other_are_exactly_those(points, low, high, nonzero, exact):
    wanted = Real(low, high, low_open=False, high_open=False, integer=True, nonzero=nonzero)
    assert numbers_among(FiniteSpace(points)) == (wanted, exact)


def test_others_are_any_number_but_not_exactly():
    assert numbers_among(FiniteSpace((Number(Fraction(1, 2)), *numbers(1)))) == (Real(), False)
    assert numbers_among(FiniteSpace((Name("a"), *numbers(1)))) == (Real(), False)


def test_a_space_that_is_not_finite_has_any_numbers():
    assert numbers_among(AbstractSpace()) == (Real(), True)
    assert numbers_among(None) == (Real(), True)
