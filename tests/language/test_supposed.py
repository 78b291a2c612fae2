"""What the words around a formula make of it."""

from __future__ import annotations

import pytest

from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.prose.supposed import roles_in


def sentence(text: str) -> Sentence:
    """Cut at dollars."""
    start, found = 0, []
    for place, piece in enumerate(text.split("$")):
        if piece:
            found.append(Formula(piece, start) if place % 2 else Words(piece, start))
        start += len(piece) + 1
    return Sentence(tuple(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("until $a=1$", ["assumption"]),
        ("for $a=1$, $b=2$ and $c=3$ we have $d=4$", ["assumption", "assumption", "assumption", None]),
        ("We define the score $s=1$ and get $t=2$", ["definition", None]),
        ("we set out to show that $a=1$", [None]),
        ("Let us now compute $a=1$", [None]),
        ("Let us define the gain $g=1$", ["definition"]),
        ("it holds that $a=1$", [None]),
        ("forbids $a=1$", [None]),
        ("falls $a=1$, so gilt $b=2$", ["assumption", None]),
    ],
)
def test_roles(text, expected):
    whole = sentence(text)
    roles = roles_in(whole)
    assert expected == [roles.get(f.start) for f in whole.formulas]


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("For all $a \\in R$, $ab = ba$", ".", ["assumption", None]),
        ("By the lemma, for all $a \\in R$, $ab = ba$", ".", ["assumption", None]),
        ("For $a=3$, $b=4$, $c=5$ the triangle is right", ".", ["assumption"] * 3),
        ("It holds for $a=3$, $b=4$", ".", ["assumption"] * 2),
        ("For $a>0$, $b>0$", ":", ["assumption"] * 2),
        ("For $a>0$ and $b>0$", ".", ["assumption"] * 2),
        ("For $a>0$", ".", ["assumption"]),
    ],
)
def test_what_ends_a_sentence_that_begins_with_for(text, end, expected):
    whole = Sentence(sentence(text).segments, end)
    roles = roles_in(whole)
    assert expected == [roles.get(f.start) for f in whole.formulas]
