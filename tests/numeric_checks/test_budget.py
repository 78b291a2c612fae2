"""A check is bounded by counts, which are the same on every machine, before it is bounded by time."""

from fractions import Fraction

import pytest

from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.statements import Reading
from errata.language.terms import Aggregate, Binder, Name, Negative, Number, Power, Sum, Values
from errata.numeric_checks.budget import OUT_OF_TIME, Budget, Meter, Unanswerable
from errata.numeric_checks.outcome import Agreement, NoOpinion
from errata.numeric_checks.witness import check

X = Name("x")
ONE = Number(Fraction(1))
HIGHEST = Aggregate("max", Binder(X, Values()), Sum((ONE, Negative(Power(X, Number(Fraction(2)))))))
CLAIM = Reading("=", HIGHEST, ONE)
SCOPE = Scope(sorts={"x": Real()})


def test_a_search_that_works_out_too_many_numbers_ends_with_a_reason_that_is_not_one_of_time():
    assert isinstance(check(CLAIM, SCOPE), Agreement)
    ended = check(CLAIM, SCOPE, budget=Budget(searched=50))
    assert isinstance(ended, NoOpinion)
    assert ended.reason == "a search for an extremum takes too many evaluations"


def test_what_was_worked_out_leaves_room_for_a_search_or_does_not():
    meter = Meter(Budget(searched=10))
    meter.count(10)
    meter.allow_search()
    meter.count(1)
    with pytest.raises(Unanswerable, match="too many evaluations"):
        meter.allow_search()


def test_a_search_past_its_time_says_so():
    with pytest.raises(Unanswerable, match=f"^{OUT_OF_TIME}"):
        Meter(Budget(seconds=-1.0)).allow_search()
