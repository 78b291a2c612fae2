"""Variables that are identically distributed have one law."""

from __future__ import annotations

from types import MappingProxyType

from errata.language.common_laws import with_common_laws
from errata.language.scope import IdenticallyDistributed, Scope
from errata.language.sorts import Law, RandomVariable
from errata.language.terms import LawReference, Name

ALIKE = (IdenticallyDistributed(("X", "Y")),)


def scope_of(**variables):
    return Scope(sorts=MappingProxyType(variables), facts=ALIKE)


def test_a_law_without_a_name_gets_one_and_they_share_the_space():
    sorts = with_common_laws(scope_of(X=RandomVariable("x"), Y=RandomVariable("y"))).sorts
    assert sorts["X"] == sorts["Y"] == RandomVariable("x", LawReference(Name("\\Pr_{X}")))
    assert sorts["\\Pr_{X}"] == Law(("x",))


def test_the_law_that_one_of_them_has_is_that_of_the_others():
    law = LawReference(Name("p"))
    sorts = with_common_laws(scope_of(X=RandomVariable("x"), Y=RandomVariable("y", law))).sorts
    assert sorts["X"] == sorts["Y"] == RandomVariable("y", law)


def test_two_laws_that_are_told_are_left_alone():
    told = {"X": RandomVariable("x", LawReference(Name("p"))), "Y": RandomVariable("y", LawReference(Name("q")))}
    assert dict(with_common_laws(scope_of(**told)).sorts) == told


def test_nothing_is_said_of_a_variable_alone():
    scope = scope_of(X=RandomVariable("x"))
    assert with_common_laws(scope) is scope
