from fractions import Fraction

import pytest
from reading_helpers import claims_of

from errata.language.grammar import parse_syntax
from errata.language.mean_labels import label_below, uncertain_labels, under_label
from errata.language.statements import Reading
from errata.language.terms import Expectation, Name, Number, Sum
from errata.language.tokens import tokenize


@pytest.mark.parametrize(
    ("below", "label"),
    [(r"\text{old}", "old"), (r"\mathrm{MC}", "MC"), ("MC", "MC"), ("x", None), (r"\theta", None), ("xy", None)],
)
def test_words_and_acronyms_below_a_mean_are_labels(below, label):
    assert label_below(parse_syntax(tokenize(below))) == label


def mean(label, body="X"):
    return Expectation((), Name(body), (under_label(label),) if label else ())


def test_one_label_everywhere_is_certain():
    assert uncertain_labels(Reading("=", mean("old"), mean("old", "Y"))) == set()


@pytest.mark.parametrize("other", [None, "new"])
def test_different_laws_are_uncertain(other):
    assert "law_{old}" in uncertain_labels(Reading("=", mean("old"), mean(other)))


def test_a_capital_outside_the_means_is_uncertain():
    assert uncertain_labels(Reading("=", mean("old"), Name("X"))) == {"law_{old}"}
    assert not uncertain_labels(Reading("=", mean("old"), Sum((Name("a"), Number(Fraction(1))))))


def test_a_condition_names_a_point_of_the_space_of_its_variable():
    (claim,) = claims_of(r"$$\mathbb{E}[X + 1 \mid Z = z] = \mathbb{E}[X \mid Z = z] + 1$$")
    assert claim.statement.scope.sorts["z"].space == claim.statement.scope.sorts["Z"].space
