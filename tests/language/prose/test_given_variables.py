"""Variables that a law is told under."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.given_variables import given_in, without_given
from errata.language.prose.marked_text import with_marks


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Given $X$, $Y$ is Poisson with mean $X$", ["Y", "X"]),
        ("Let $X$ be random and, conditional on $X$, let $Y$ be Poisson with mean $2X$", ["X", "Y", "2X"]),
        ("Given $Z$, $Y$ is Poisson with mean $3$", ["Y", "3"]),
    ],
)
def test_given(text, left):
    found = without_given(sentence(text), lambda latex: latex == "Z")
    assert [formula.latex for formula in found.formulas] == left
    assert "iven" not in with_marks(found) and "conditional" not in with_marks(found)


@pytest.mark.parametrize(
    "text",
    [
        "Given $E$, $Y$ is Poisson with mean $3$",
        "Given $X = 1$, $Y$ is Poisson with mean $X$",
        "Given $A$, $B$ and $C$ are matrices with $A = BC$",
        "For given $X$, $Y$ is Poisson with mean $X$",
    ],
)
def test_what_stands_as_it_is(text):
    told = sentence(text)
    assert without_given(told, lambda latex: False) is told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("For fixed $U$, we get $a$", ["U"]),
        ("If $U$ is known then $a$", ["U"]),
        ("Conditioning on the value of $U$ and for each $V$", ["U", "V"]),
        ("A given threshold and $U$", []),
    ],
)
def test_what_words_take_as_given(text, names):
    assert list(given_in(sentence(text))) == names
