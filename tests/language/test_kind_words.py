"""Words for things that are no numbers."""

from __future__ import annotations

import pytest

from errata.language.kind_words import may_be_no_number, speaks_of_no_number


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("operators on a Hilbert space", True),
        ("the weight matrices", True),
        ("an automorphism", True),
        ("the sides of a rectangle", False),
        ("entries of a matrix", False),
        ("coordinates vector", False),
        ("reset the counter", False),
    ],
)
def test_kinds(text, speaks):
    assert speaks_of_no_number(text) is speaks


@pytest.mark.parametrize(
    ("words", "may_be"),
    [
        (r"$a \in SO(3)$", True),
        (r"the value $\int f$", False),
        ("an operator", True),
        ("endofunctors", True),
        ("two rates", False),
    ],
)
def test_what_was_not_understood(words, may_be):
    assert may_be_no_number(words) is may_be
