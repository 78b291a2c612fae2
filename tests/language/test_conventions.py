"""Conventions that a note shows by its own lines."""

import pytest
from reading_helpers import term_of

from errata.language.conventions import averaging_law, defines_jsd_without_half, under_one_law
from errata.language.knowledge import Knowledge, LawUsage, Usage
from errata.language.terms import Information, LawReference, Name, Number, Slot, Sum, subterms

KNOWN = Knowledge(usage=Usage(laws={"p": LawUsage(("x",)), "q": LawUsage(("x",))}, functions=frozenset("f")))


def term(latex):
    return term_of(latex, KNOWN)


@pytest.mark.parametrize(
    "latex", [r"\sum_x p(x) f(x)", r"-\sum_x p(x) \log q(x)", r"\int p(x) f(x) \, dx", r"2 \sum_x f(x) p(x)"]
)
def test_a_line_that_averages_shows_its_law(latex):
    law = averaging_law(term(latex))
    assert isinstance(law, LawReference) and law.law == Name("p")


def test_an_expectation_shows_its_law():
    assert averaging_law(term(r"\mathbb{E}_{x \sim q}[f(x)]")).law == Name("q")


@pytest.mark.parametrize("latex", ["p(x) f(x)", r"\sum_x f(x)", r"\sum_{i=1}^n i", "1"])
def test_a_line_that_does_not_average_shows_none(latex):
    assert averaging_law(term(latex)) is None


@pytest.mark.parametrize(
    ("right", "without"),
    [
        (r"KL(p \| m) + KL(q \| m)", True),
        (r"\frac12 KL(p \| m) + \frac12 KL(q \| m)", False),
        (r"KL(p \| m)", False),
    ],
)
def test_the_factor_of_the_jensen_shannon_divergence(right, without):
    assert without is defines_jsd_without_half(term(r"JSD(p \| q)"), term(right))
    assert not defines_jsd_without_half(term(r"KL(p \| q)"), term(right))


def entropy(law, *spaces):
    return Information("entropy", Name(law), (tuple(Slot(s, Name(s)) for s in spaces),))


def test_the_variables_of_one_relation_have_one_joint_law():
    sides = under_one_law([entropy("r", "x", "y"), Sum((entropy("p", "x"), entropy("r", "y")))])
    assert {"r"} == {t.law.symbol for side in sides for t in subterms(side) if isinstance(t, Information)}


def test_sides_that_agree_are_left_alone():
    sides = [entropy("p", "x"), Sum((entropy("p", "x"), Number(0)))]
    assert sides == under_one_law(sides)
