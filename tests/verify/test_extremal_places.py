"""Claims of where a function is greatest."""

from fractions import Fraction

from errata.language.scope import Scope
from errata.language.sorts import POSITIVE, Real
from errata.language.statements import Reading
from errata.language.terms import Aggregate, Binder, Interval, Name, Number, Power, Values
from errata.verify.extremal_places import greatest_there, is_bounded

X, A = Name("x"), Name("a")
BODY = Power(X, A)


def number(value):
    return Number(Fraction(value))


def test_the_function_is_nowhere_greater():
    place = Aggregate("argmax", Binder(X, Interval(number(0), number(1))), BODY)
    claim, scope = greatest_there(Reading("=", place, A), Scope())
    assert Reading(">=", Power(A, A), BODY) == claim
    assert Real(0.0, 1.0) == scope.sorts["x"]


def test_or_less_on_the_left():
    place = Aggregate("argmin", Binder(X, Values()), BODY)
    claim, _ = greatest_there(Reading("=", A, place), Scope(sorts={"x": Real()}))
    assert claim.relation == "<="


def test_other_claims_are_left_alone():
    place = Aggregate("argmin", Binder(X, Values()), BODY)
    known = Scope(sorts={"x": Real()})
    assert greatest_there(Reading("<=", place, A), known) is None
    assert greatest_there(Reading("=", place, X), known) is None
    assert greatest_there(Reading("=", place, A), Scope(sorts={"x": Real(integer=True)})) is None
    assert greatest_there(Reading("=", X, A), known) is None


def test_bounds_are_told_of_every_number():
    assert is_bounded(Reading("=", A, A), Scope(sorts={"a": POSITIVE}))
    assert not is_bounded(Reading("=", A, Name("b")), Scope(sorts={"a": POSITIVE, "b": Real()}))
    assert not is_bounded(Reading("=", A, A), Scope())
