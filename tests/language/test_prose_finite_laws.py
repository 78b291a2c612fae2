"""Laws on numbered points, told in words."""

import pytest
from prose_helpers import said, sorts

from errata.language.sorts import UNIT, Law, Vector
from errata.language.terms import Name

COLUMN = Vector(Name("n"), UNIT, simplex=True)


@pytest.mark.parametrize(
    "text",
    [
        "Let $r$ be a distribution on $\\{1, \\dots, n\\}$.",
        "Let $r$ be a probability distribution on the set $\\{1, \\dots, n\\}$.",
        "Let $r$ be a discrete distribution over $n$ outcomes.",
        "Let $r$ be a law on $[n]$.",
    ],
)
def test_such_a_law_is_a_column(text):
    assert sorts(said(text))["r"] == COLUMN


@pytest.mark.parametrize(
    "text", ["Let $r$ be a distribution over $x$.", "Let $r(x)$ be a distribution over $n$ outcomes."]
)
def test_other_laws_are_none(text):
    assert isinstance(sorts(said(text))["r"], Law)


def test_points_that_count_from_elsewhere():
    assert not isinstance(sorts(said("Let $r$ be a distribution on $\\{0, \\dots, n\\}$.")).get("r"), Vector)
