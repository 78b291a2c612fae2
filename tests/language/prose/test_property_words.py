"""Words for properties: which are known, and where more is told than a property."""

from __future__ import annotations

import pytest

from errata.language.prose.lexing import encode, lex
from errata.language.prose.property_words import harmless_places, property_at, without_properties
from errata.language.prose.segments import Sentence, Words


def tokens(text: str):
    return lex(encode(Sentence((Words(text, 0),))))


@pytest.mark.parametrize(
    ("text", "about", "imposed"),
    [
        ("standard normal", "chance", "standard normal"),
        ("normal", "laws", "standard normal"),
        ("uniform", "laws", None),
        ("commuting", "matrices", "diagonal"),
        ("doubly stochastic", "arrays", None),
        ("stochastic", "arrays", "stochastic"),
        ("non-negative", "numbers", "positive"),
        ("negative", "numbers", None),
        ("nonpositive", "numbers", None),
        ("rotation", "arrays", None),
        ("reflections", "arrays", None),
        ("unit mean", "anything", None),
    ],
)
def test_the_longest_wording_counts(text, about, imposed):
    wording = property_at(tokens(text), 0, 9)
    assert (wording.about, wording.imposed) == (about, imposed)


def test_other_words_are_none():
    assert property_at(tokens("gradient"), 0, 9) is None


def test_phrases_that_only_sound_like_properties():
    assert harmless_places(tokens("the negative log likelihood")) == {1}
    assert harmless_places(tokens("the negative number")) == set()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("it is symmetric", "it is"),
        ("by symmetry of the matrix", "by of the matrix"),
        ("it is nilpotent of index two", None),
        ("they are jointly normal with zero means", None),
        ("it is exponential", "it is exponential"),
    ],
)
def test_what_is_left_without_properties(text, rest):
    left = without_properties(text)
    assert (left if left is None else " ".join(left.split())) == rest
