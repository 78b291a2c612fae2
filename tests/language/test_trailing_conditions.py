"""Conditions that a sentence goes on with after a display."""

import pytest

from errata.language.prose.segments import Formula, Words
from errata.language.trailing_conditions import trailing_conditions


def found(text):
    pieces = text.split("$")
    return list(trailing_conditions([Formula(p, i) if i % 2 else Words(p, i) for i, p in enumerate(pieces)]))


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("where we have assumed $a < 1$", ["a < 1"]),
        ("where we assumed that $a < 1$ and $b > 2$.", ["a < 1", "b > 2"]),
        ("(assuming $a < 1$).", ["a < 1"]),
        (", provided $a < 1$. If $b$ is", ["a < 1"]),
        ("as long as $a < 1$, $b < 1$, and $c < 1$", ["a < 1", "b < 1", "c < 1"]),
    ],
)
def test_conditions(text, formulas):
    assert found(text) == formulas


@pytest.mark.parametrize(
    "text",
    [
        "If $a < 1$.",
        "if $a < 1$, we get",
        "when $a < 1$ and it is $b$",
        "since $a < 1$",
        "where $a < 1$",
        "we have $a < 1$",
        "if it is so",
        "",
    ],
)
def test_other_sentences(text):
    assert found(text) == []
