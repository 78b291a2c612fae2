"""Laws given by their probabilities."""

from fractions import Fraction

import pytest

from errata.language.grammar import parse_syntax
from errata.language.knowledge import Knowledge, LawUsage, Usage
from errata.language.sorts import FiniteSpace
from errata.language.tables import probability_table
from errata.language.terms import Cases, Number
from errata.language.tokens import tokenize

KNOWN = Knowledge(usage=Usage(laws={"P": LawUsage(("x",)), "q": LawUsage(("x", "z"))}))


def table(latex):
    return probability_table(parse_syntax(tokenize(latex)), KNOWN)


def test_a_law_is_given_by_its_probabilities():
    density, space = table("P = (0.7, 0.2, 0.1)")
    assert (density.law, density.values) == ("P", (("x", "x"),))
    assert isinstance(density.body, Cases) and space == FiniteSpace(tuple(Number(Fraction(k)) for k in (1, 2, 3)))
    assert [Fraction(7, 10), Fraction(1, 5), Fraction(1, 10)] == [value.value for value, _ in density.body.branches]


@pytest.mark.parametrize(
    "latex",
    [
        "P = (0.7, 0.2)",
        "P = (1)",
        "P = (0.5, a)",
        "P = 0.5",
        "a = (0.5, 0.5)",
        "q = (0.5, 0.5)",
        "P < (0.5, 0.5)",
        "(0.5, 0.5)",
        "P = (0." + "1" * 5000 + ", 0.5)",
    ],
)
def test_anything_else_is_no_table(latex):
    assert table(latex) is None
