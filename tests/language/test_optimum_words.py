"""Sentences that announce a place where a derivative is zero, or a function least."""

import pytest

from errata.language.optimum_words import announcements, constrained, speaks_of_equations, turns_away
from errata.language.prose.segments import Formula, Sentence, Words
from errata.notes.document import read_text


def sentence(text, end=""):
    segments = []
    for number, piece in enumerate(text.split("$")):
        if piece:
            segments.append(Formula(piece, len(segments)) if number % 2 else Words(piece, len(segments)))
    return Sentence(tuple(segments), end)


@pytest.mark.parametrize(
    ("text", "extremum", "number"),
    [
        ("Setting the gradient to zero gives ", "stationary", None),
        ("Setting $f'(w) = 0$ gives $w = 1$", "stationary", 1),
        ("Equating this to zero, we obtain ", "stationary", None),
        ("The minimum of $f$ is attained at ", "argmin", None),
        ("The minimum of $f$ is attained at $w = 1$", "argmin", 1),
        ("The function $f$ achieves its maximum at ", "argmax", None),
        (", and hence ", "following", None),
    ],
)
def test_announced(text, extremum, number):
    assert announcements(sentence(text))[number].extremum == extremum


@pytest.mark.parametrize(
    "text",
    [
        "Setting the gradient to zero gives three solutions ",
        "Setting the gradient to zero subject to $w > 0$ gives ",
        "Setting $x = 0$ in the formula ",
        "The minimum of the two numbers is small",
        "Suppose instead that we get ",
        "Adding a penalty $4x$ and setting the derivative to zero gives ",
        "On the interval from two to three the minimum is attained at ",
    ],
)
def test_nothing_is_announced(text):
    assert {a.extremum for a in announcements(sentence(text)).values()} <= {"following"}


@pytest.mark.parametrize("text", ["We start at ", "which is compared with ", "Solving a harder problem later gives "])
def test_nothing_follows(text):
    assert not announcements(sentence(text))


@pytest.mark.parametrize(
    ("words", "speaks"), [("We look for the roots of $", True), ("Expanding the square gives", False)]
)
def test_equations(words, speaks):
    assert speaks_of_equations(words) is speaks


def test_constraints_are_those_of_the_section():
    blocks = read_text("# One\n\nHere $x = 1$ subject to $x > 0$.\n\nMore.\n\n# Two\n\nNothing.").blocks
    assert [constrained(blocks, b) for b in blocks] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("The loss $L$ is convex.", False),
        ("We differentiate with respect to $w$ ", False),
        ("The profit is $6x$ less the loss.", True),
        ("The derivative of the profit is six minus this.", True),
        ("We minimise $L + w$.", True),
    ],
)
def test_words_turn_to_another_function(text, away):
    told = sentence(text)
    assert turns_away(told, announcements(told)) is away
