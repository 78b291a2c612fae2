"""Terms held against a side of a claim: what has its value, and how much work that may take."""

from types import MappingProxyType

import pytest

from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.terms import Name, Number, Power, Product, Sum
from errata.numeric_checks import target as module
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.target import Work, target_of

X = Name("x")
SCOPE = Scope(sorts=MappingProxyType({"x": Real()}))
SQUARE = Power(X, Number(2))


def test_what_has_the_value_of_a_side():
    target = target_of(SQUARE, X, SCOPE, (), seed=0)
    assert target.fits(Product((X, X)))
    assert not target.fits(X)


def test_a_search_ends_after_so_much_work(monkeypatch):
    """What it finds must not rest on the clock: it ends at the same candidate on every machine."""
    monkeypatch.setattr(module, "MOST_EVALUATIONS", 40)
    found = []
    for _ in range(2):
        target = target_of(SQUARE, X, SCOPE, (), seed=0)
        found.append([target.fits(Product((X, X))) for _ in range(30)])
    assert found[0] == found[1]
    assert found[0][0] and not found[0][-1]
    assert target.values(Sum((X, X))) is None and target.quantities(X) is None


def test_work_is_counted_where_it_fails_too():
    work = Work(2)
    for _ in range(2):
        with pytest.raises(Unanswerable, match="no value"), work.meter() as meter:
            meter.step()
            raise Unanswerable("no value")
    with pytest.raises(Unanswerable, match="too many"), work.meter():
        raise AssertionError
