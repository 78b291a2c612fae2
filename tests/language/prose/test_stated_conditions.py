"""Conditions of a sentence, and the formulas that stand under them."""

import pytest

from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.prose.stated_conditions import conditions_of


def sentence(text):
    segments = []
    for number, piece in enumerate(text.split("$")):
        if piece:
            segments.append(Formula(piece, len(segments)) if number % 2 else Words(piece, len(segments)))
    return Sentence(tuple(segments))


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("For $x > 0$ we have ", {None: ("x > 0",)}),
        ("For $x > 0$ and $y > 0$ we have ", {None: ("x > 0", "y > 0")}),
        ("If $x > 0$ then $a = b$", {1: ("x > 0",), None: ("x > 0",)}),
        ("We have $a = b$ for $x > 0$", {0: ("x > 0",)}),
        (
            "For $x > 0$ we have $a = b$, and for $x < 0$ we have $c = d$",
            {1: ("x > 0",), 3: ("x < 0",), None: ("x < 0",)},
        ),
        ("If $n = 1$ it is plain, ", {}),
        ("For $x > 0$ it is clear, but otherwise ", {}),
        ("For $x_1, \\dots, x_n > 0$ we have ", {}),
        ("Note that $x > 0$ and ", {}),
        ("Except for $x > 0$ we have ", {}),
        ("It was shown by others for $x > 0$, and we have ", {}),
        ("The claim $a = b$ holds for $x > 0$, so $c = d$", {}),
        ("We have, for $x > 0$, $a = b$", {1: ("x > 0",), None: ("x > 0",)}),
    ],
)
def test_conditions(text, under):
    assert dict(conditions_of(sentence(text))) == under
