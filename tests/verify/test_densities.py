"""Inequalities of densities: right only where no probability stands in for them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from errata.language.scope import Scope
from errata.language.sorts import Law
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Binder,
    Density,
    Elementary,
    Functional,
    LawReference,
    Name,
    Negative,
    Number,
    Product,
    Slot,
    Space,
)
from errata.numeric_checks.outcome import Agreement, Refutation
from errata.numeric_checks.witness import check
from errata.verify.densities import with_densities

P, Q, X = Name("p"), Name("q"), Name("x")
ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
AT_X = Density(P, (Slot("x", X),))
SCOPE = Scope(sorts={"p": Law(("x",)), "q": Law(("x",))}, continuous=True)
ENTROPY = Functional("entropy", (LawReference(P),))
DIVERGENCE = Functional("kl", (LawReference(P), LawReference(Q)))
SUM = Aggregate("integral", Binder(X, Space("x")), Product((AT_X, Elementary("log", (AT_X,)))))


@pytest.mark.parametrize(
    ("reading", "holds"),
    [
        (Reading(">=", ENTROPY, ZERO), False),
        (Reading("<=", AT_X, ONE), False),
        (Reading(">=", Negative(SUM), ZERO), False),
        (Reading(">=", DIVERGENCE, ZERO), True),
        (Reading(">=", AT_X, ZERO), True),
    ],
)
def test_what_holds_for_densities(reading, holds):
    assert isinstance(check(reading, SCOPE), Agreement)
    posed = with_densities(reading, SCOPE)
    assert posed is None or isinstance(check(*posed), Agreement if holds else Refutation)
    assert holds or posed is not None


def test_probabilities_are_left_alone():
    assert with_densities(Reading("<=", AT_X, ONE), replace(SCOPE, continuous=False)) is None
    assert with_densities(Reading("=", AT_X, ONE), SCOPE) is None
