"""How sure a sentence is of its formulas."""

import pytest

from errata.language.prose.reasoning import how_stated, speaks_of_other_arithmetic
from errata.language.prose.segments import Formula, Sentence, Words


def sentence(text, end="."):
    segments = []
    for number, piece in enumerate(text.split("$")):
        if piece:
            segments.append(Formula(piece, len(segments)) if number % 2 else Words(piece, len(segments)))
    return Sentence(tuple(segments), end)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("By Jensen's inequality we have $a \\le b$", {1: "by reasoning"}),
        ("Hence, expanding the square, $a = b$", {1: "by reasoning"}),
        ("For all $x$ it follows that $a = b$", {1: "by reasoning", 3: "by reasoning"}),
        ("After convergence we have $a = b$", {1: "plainly"}),
        ("$a = b$", {0: "plainly"}),
        ("The matrix is $A$, hence $a = b$", {1: "by reasoning", 3: "by reasoning"}),
        ("At the optimum $w$ we have $a = b$", {1: "plainly", 3: "plainly"}),
        ("If $c$ then $a = b$", {}),
        ("A contradiction is $a = b$", {}),
        ("We may take $a = b$", {}),
    ],
)
def test_how_stated(text, stated):
    assert how_stated(sentence(text)) == stated


def test_a_question_states_nothing():
    assert how_stated(sentence("Is $a = b$", "?")) == {}


@pytest.mark.parametrize(
    ("prose", "other"),
    [("We add modulo seven", True), ("On the clock", True), ("A binary classifier", False), ("We add numbers", False)],
)
def test_other_arithmetic(prose, other):
    assert speaks_of_other_arithmetic(prose) is other
