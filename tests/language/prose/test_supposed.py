"""What the words of a sentence make of formulas that need not be claims."""

import pytest

from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.prose.supposed import roles_in


def sentence(text, end="."):
    segments = []
    for number, piece in enumerate(text.split("$")):
        if piece:
            segments.append(Formula(piece, len(segments)) if number % 2 else Words(piece, len(segments)))
    return Sentence(tuple(segments), end)


@pytest.mark.parametrize(
    ("text", "end", "supposed"),
    [
        ("For $a > 0$, $b > 0$ we have $ab > 0$", ".", {1, 3}),
        ("For all $a, b \\in R$, $ab = ba$", ".", {1}),
        ("By the lemma, for all $a, b \\in R$, $ab = ba$", ".", {1}),
        ("For $a = 3$, $b = 4$, $c = 5$ the triangle is right", ".", {1, 3, 5}),
        ("It holds for $a = 3$, $b = 4$", ".", {1, 3}),
        ("For $a > 0$, $b > 0$", ":", {1, 3}),
        ("For $a > 0$ and $b > 0$", ".", {1, 3}),
        ("For $a > 0$", ".", {1}),
    ],
)
def test_conditions(text, end, supposed):
    assert {start for start, role in roles_in(sentence(text, end)).items() if role == "assumption"} == supposed


def test_definitions():
    assert roles_in(sentence("We define $a = 3$, so that $b = 4$")) == {1: "definition"}
