"""Names that are freed of their bounds."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.fresh_names import is_bounded, speaks_generally, taken_anew
from errata.language.sorts import Real, Vector
from errata.language.terms import Name


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Now take any real number $x$", (("x",), True)),
        ("Let $x$ and $y$ be arbitrary numbers", (("x", "y"), True)),
        ("Let $n$ be an integer", (("n",), False)),
        ("Let $A$ be a matrix", ((), False)),
        ("The real number $x$ is small", ((), False)),
    ],
)
def test_taken_anew(text, taken):
    assert taken_anew(sentence(text)) == taken


@pytest.mark.parametrize(("words", "general"), [("In general we have", True), ("The general is here", False)])
def test_speaks_generally(words, general):
    assert speaks_generally(words) is general


@pytest.mark.parametrize(
    ("sort", "bounded"),
    [
        (Real(0.0, 1.0), True),
        (Real(low=0.0), True),
        (Real(low=1.0, integer=True), False),
        (Real(), False),
        (Vector(Name("n")), False),
        (None, False),
    ],
)
def test_bounded(sort, bounded):
    assert is_bounded(sort) is bounded
