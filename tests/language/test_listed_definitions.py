"""Lists after a display that say what its names are."""

import pytest
from reading_helpers import statements_of

from errata.language.listed_definitions import list_after, opening_formula
from errata.notes.document import read_text

DISPLAY = "$$ \\sum_{i=1}^n (x_i - a)^2 = b $$\n\n"


def items(text):
    return list_after(read_text(DISPLAY + text).blocks[1:])


def defined_before(text, symbol):
    """Return whether the first statement already knows what the name is."""
    return symbol in statements_of(DISPLAY + text)[0].statement.scope.definitions


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("* $a = c + d$\n* $b$ is a number\n", 2),
        ("where:\n\n* $a = c + d$\n", 1),
        ("Special cases:\n\n* $a = c + d$\n", 0),
        ("This is known.\n\n* $a = c + d$\n", 0),
    ],
)
def test_a_list_is_one_of_names_right_after_the_display(text, count):
    assert len(items(text)) == count


@pytest.mark.parametrize(
    ("item", "describes"),
    [
        ("* $a = c + d$", True),
        ("* $a = c + d$ is the mean", True),
        ("* $a = c + d$ can be set without loss of generality", False),
        ("* $a = c + d$ if the data are centred", False),
        ("* so that $a = c + d$", False),
        ("* $a = c + d$ gives $b = 2$", False),
    ],
)
def test_only_equations_that_describe_are_taken(item, describes):
    (found,) = items(item + "\n")
    assert (opening_formula(found) is not None) == describes


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("* $a = c + d$\n", True),
        ("where\n\n* $a = c + d$ is a sum\n", True),
        ("* $a = 0$\n", False),
        ("* $a = c$\n", False),
        ("* $a = c + d$\n* $a = c - d$\n", False),
        ("* $a = c + d$\n* $x = 1$\n", False),
        ("* $e = c + d$\n", False),
    ],
)
def test_a_list_of_cases_defines_nothing(text, known):
    assert defined_before(text, "a") == known


def test_what_stands_alone_on_a_side_of_the_display_is_not_told_by_the_list():
    assert not defined_before("* $b = c + d$\n", "b")


def test_the_item_itself_is_a_definition():
    kinds = [p.statement.kind for p in statements_of(DISPLAY + "* $a = c + d$\n")]
    assert kinds[-1] == "definition"
