"""Conditions in words: which sentences set one, on what, and for how long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errata.language.prose.harvested import Restriction
from errata.language.prose.lexing import encode, lex
from errata.language.prose.restrictions import foreign_restriction, is_question, restriction
from errata.language.prose.segments import Sentence, Words

WORDS = "the it they matrix mean is are symmetric normal of by since if then we have may not zero one sum to , : let"


def found(text: str, *, leads: bool = False) -> Restriction | None:
    tokens = lex(encode(Sentence((Words(text, 0),))))
    return restriction(tokens, (), (), {}, text, leads, False)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("It is symmetric", "symmetry"),
        ("The matrix is symmetric", "symmetry"),
        ("They are standard normal", "chance"),
        ("Their law is normal", "laws"),
        ("Both are diagonal", "matrices"),
        ("The columns form an orthonormal basis", "arrays"),
        ("The variances are one", "anything"),
        ("They sum to one", "anything"),
        ("The two commute", "matrices"),
        ("This number is an integer", "integers"),
        ("Each of them is positive", "numbers"),
        ("The function is convex", "functions"),
        ("Without loss of generality the mean is at the origin", "anything"),
        ("We order them by size", "anything"),
    ],
)
def test_a_property_of_what_is_not_named_is_set_for_good(text, topic):
    assert found(text) == Restriction(text, topic, lasting=True, universal=False)


@pytest.mark.parametrize(
    "text",
    ["By symmetry", "In the normal case", "For rotations", "Up to a constant", "As they commute", "To first order"],
)
def test_a_case_or_a_reason_holds_where_it_leads_to_a_formula(text):
    led = found(text, leads=True)
    assert led is not None
    assert not led.lasting


@pytest.mark.parametrize("text", ["By symmetry", "For rotations", "Up to a constant"])
def test_without_a_formula_it_is_mere_talk(text):
    assert found(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Hence the matrix is symmetric",
        "The square of a sum is the sum of all products",
        "It may be negative",
        "It is easy to see that",
        "The negative log-likelihood is",
        "It fails for negative numbers",
        "The gradient is computed by the chain rule",
        "These are three gates and a state",
        "The matrix is not symmetric",
    ],
)
def test_what_follows_or_is_no_property_restricts_nothing(text):
    assert found(text, leads=True) is None


def test_what_is_said_of_all_things_is_said_of_later_ones_too():
    assert found("All matrices are symmetric").universal
    assert not found("The matrix is symmetric").universal


def test_other_languages_are_searched_for_the_words_alone():
    assert foreign_restriction("矩阵是对称的").about == "arrays"
    assert foreign_restriction("矩阵") is None


@pytest.mark.parametrize(("text", "asks"), [("Is it symmetric?", True), ("It is symmetric", False), ("对称吗?", True)])
def test_a_question_sets_nothing(text, asks):
    assert is_question(text) is asks


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=12), st.booleans())
def test_any_words_are_read_and_quoted(words, leads):
    text = " ".join(words)
    result = found(text, leads=leads)
    assert result is None or result.words == text
