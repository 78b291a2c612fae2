"""A claim on an extremum says a bound for all values."""

from fractions import Fraction

import pytest

from errata.language.scope import Scope
from errata.language.sorts import Real, Vector
from errata.language.statements import Reading
from errata.language.terms import Aggregate, Binder, Interval, Name, Negative, Number, Power, Product, Sum, Values
from errata.numeric_checks.bounds import bound_claim, for_every_value

X = Name("x")
SQUARE = Power(X, Number(Fraction(2)))


def extremum(operation, domain=None):
    return Aggregate(operation, Binder(X, domain or Values()), SQUARE)


@pytest.mark.parametrize(
    "operation, relation, expected",
    [("max", "=", "<="), ("max", "<=", "<="), ("max", "<", "<"), ("min", "=", ">="), ("min", ">", ">")],
)
def test_an_extremum_bounds_its_body(operation, relation, expected):
    bound, _ = bound_claim(Reading(relation, extremum(operation), Number(Fraction(1))), Scope())
    assert (expected, SQUARE, Number(Fraction(1))) == (bound.relation, bound.left, bound.right)


def test_the_extremum_may_stand_on_the_right():
    bound, _ = bound_claim(Reading(">=", Number(Fraction(1)), extremum("max")), Scope())
    assert bound.relation == "<="


@pytest.mark.parametrize("operation, relation", [("max", ">="), ("min", "<="), ("argmax", "="), ("max", "!=")])
def test_what_says_that_a_value_is_reached_is_no_bound(operation, relation):
    assert bound_claim(Reading(relation, extremum(operation), Number(Fraction(1))), Scope()) is None


def test_the_range_becomes_the_sort_of_the_variable():
    domain = Interval(Number(Fraction(0)), Number(Fraction(1)))
    _, scope = bound_claim(Reading("=", extremum("max", domain), Number(Fraction(1))), Scope(sorts={"x": Real()}))
    assert Real(0.0, 1.0, low_open=False, high_open=False) == scope.sorts["x"]


def test_rounded_numbers_and_other_sorts_give_none():
    rounded = Number(Fraction(1, 4), decimals=2)
    assert bound_claim(Reading("=", extremum("max"), rounded), Scope()) is None
    vectors = Scope(sorts={"x": Vector(Number(Fraction(2)))})
    assert bound_claim(Reading("=", extremum("max"), Number(Fraction(1))), vectors) is None


def test_the_value_may_not_depend_on_the_variable():
    assert bound_claim(Reading("=", extremum("max"), X), Scope()) is None


@pytest.mark.parametrize(
    "operation, sign, relation",
    [("max", 1, "<="), ("min", -1, "<="), ("min", 1, ">="), ("max", -1, ">=")],
)
def test_a_bound_on_an_extremum_among_addends_is_one_for_every_value(operation, sign, relation):
    def side(part):
        twice = Product((Number(Fraction(2)), part))
        return Sum((Name("a"), twice if sign > 0 else Negative(twice)))

    found, _ = for_every_value(Reading(relation, side(extremum(operation)), Name("b")), Scope())
    assert found == Reading(relation, side(SQUARE), Name("b"))


@pytest.mark.parametrize(
    "reading",
    [
        Reading(">=", extremum("max"), Name("b")),  # for some value, not for every one
        Reading("=", extremum("max"), Name("b")),
        Reading("<=", extremum("max"), Name("x")),
        Reading("<=", Sum((extremum("max"), extremum("max"))), Name("b")),
        Reading("<=", Product((Name("a"), extremum("max"))), Name("b")),
    ],
)
def test_other_claims_on_extrema_are_left_alone(reading):
    assert for_every_value(reading, Scope()) is None
