import pytest

from errata.language.cursor import split_relations
from errata.language.grammar import parse_syntax
from errata.language.syntax import Leaf, everything
from errata.language.tied_signs import SIGN, tied
from errata.language.tokens import tokenize


def members(latex):
    return split_relations(parse_syntax(tokenize(latex)))[0]


def text(nodes):
    return "".join(n.text.replace(SIGN, "s") for n in everything(nodes) if isinstance(n, Leaf))


def test_one_sign_stands_for_all():
    left, right = tied(members("a \\pm b = c \\mp (d \\pm e)"))
    assert (text(left), text(right)) == ("a+sb", "c-sd+se")


def test_a_first_sign_adds_nothing():
    _, right = tied(members("a \\pm b = \\pm c \\mp d"))
    assert text(right) == "sc-sd"


def test_a_row_goes_on_with_the_sign_of_the_row_before():
    _, before = tied(members("a \\pm b = c \\pm d"))
    _, right = tied(members("= e \\pm f"), before)
    assert text(right) == "e+sf"
    assert tied(members("= e \\pm f"), members("c + d")[0]) is None


@pytest.mark.parametrize(
    "latex",
    [
        "x = \\pm a",
        "x = a \\pm b",
        "a \\pm b = c",
        "\\pm a = \\pm b",
        "a \\pm b \\pm c = d \\pm e",
        "a \\pm 0.1 = b \\pm 0.2",
        "a_\\pm + b = c \\pm d",
        "a \\pm b = c^\\pm",
        "a + b = b + a",
    ],
)
def test_elsewhere_the_sign_is_open(latex):
    assert tied(members(latex)) is None
