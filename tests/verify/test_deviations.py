"""The standard deviation in the second place of a normal law."""

from __future__ import annotations

from fractions import Fraction

from errata.language.scope import Scope
from errata.language.sorts import Family, RandomVariable
from errata.language.statements import Reading
from errata.language.terms import MomentOf, Name, Number, Power, StandardLaw
from errata.verify.deviations import with_deviations

MEAN, SIGMA, SIZE = Name("\\mu"), Name("\\sigma"), Name("n")
TWO = Number(Fraction(2))
WRITTEN = StandardLaw("normal", (MEAN, SIGMA))
SQUARED = StandardLaw("normal", (MEAN, Power(SIGMA, TWO)))
CLAIM = Reading("=", MomentOf("variance", (), (Name("X"),)), Power(SIGMA, TWO))


def test_the_laws_of_variables_are_read_anew():
    variables = {"X": RandomVariable("x", WRITTEN), "Y": Family((SIZE,), RandomVariable("y", WRITTEN))}
    posed = with_deviations(CLAIM, Scope(sorts=variables))
    assert posed is not None
    claim, scope, law = posed
    assert claim == CLAIM
    assert scope.sorts == {"X": RandomVariable("x", SQUARED), "Y": Family((SIZE,), RandomVariable("y", SQUARED))}
    assert law == "N(μ, σ)"


def test_a_variance_is_left_alone():
    assert with_deviations(CLAIM, Scope(sorts={"X": RandomVariable("x", SQUARED)})) is None
    other = StandardLaw("normal", (MEAN, Name("v")))
    assert with_deviations(CLAIM, Scope(sorts={"X": RandomVariable("x", other)})) is None
