"""Conditions in words: which sentences set one, on what, and for how long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errata.language.conditions_in_words import Restriction
from errata.language.prose.lexing import encode, lex
from errata.language.prose.restrictions import foreign_restriction, points_back, reason_in_display, restrictions
from errata.language.prose.segments import Sentence, Words

WORDS = "the it they matrix mean is are symmetric normal of by since if then we have may not zero one sum to , : let"


def found(text: str, *, leads: bool = False) -> Restriction | None:
    return next((r for r in everything_told(text, leads=leads) if r.firm), None)


def everything_told(text: str, **kept: bool) -> tuple[Restriction, ...]:
    tokens = lex(encode(Sentence((Words(text, 0),))))
    return restrictions(tokens, (), (), {}, text, **kept)


@pytest.mark.parametrize(
    ("text", "topic", "imposed"),
    [
        ("It is symmetric", "symmetry", "symmetric"),
        ("The matrix is symmetric", "symmetry", "symmetric"),
        ("We know that the matrix is symmetric", "symmetry", "symmetric"),
        ("They are standard normal", "chance", "standard normal"),
        ("They are not correlated", "chance", "standard normal"),
        ("It is never negative", "numbers", "positive"),
        ("Their law is normal", "laws", "standard normal"),
        ("Both are diagonal", "matrices", "diagonal"),
        ("It is nilpotent of index two", "matrices", None),
        ("The columns form an orthonormal basis", "arrays", None),
        ("The variances are one", "chance", None),
        ("The eigenvalues are one", "matrices", None),
        ("They sum to one", "anything", None),
        ("The two commute", "matrices", None),
        ("The matrices commute", "matrices", "diagonal"),
        ("The third moment is one", "anything", None),
        ("This number is an integer", "integers", "integer"),
        ("Each of them is positive", "numbers", "positive"),
        ("It is bounded by one", "numbers", None),
        ("The function is convex", "functions", "convex"),
        ("Without loss of generality the mean is at the origin", "anything", None),
        ("We order them by size", "anything", None),
    ],
)
def test_a_property_of_what_is_not_named_is_set_for_good(text, topic, imposed):
    assert found(text) == Restriction(text, topic, lasting=True, universal=False, imposed=imposed)


@pytest.mark.parametrize(
    ("text", "imposed"),
    [
        ("We think of symmetric matrices", "symmetric"),
        ("What happens for orthogonal matrices", "orthogonal"),
        ("Symmetry helps", "symmetric"),
        ("They do not depend on each other", "independent"),
    ],
)
def test_a_property_may_only_be_spoken_of(text, imposed):
    (told,) = everything_told(text)
    assert (told.firm, told.lasting, told.imposed) == (False, False, imposed)


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


def test_a_question_sets_nothing():
    assert [r.firm for r in everything_told("Is it symmetric", asks=True)] == [False]
    assert [r.firm for r in everything_told("It is symmetric", asks=False)] == [True]


@pytest.mark.parametrize(
    ("text", "topic", "imposed", "firm"),
    [
        ("(symmetry)", "symmetry", "symmetric", True),
        ("since the matrix is symmetric", "symmetry", "symmetric", True),
        ("symmetry of the Gram matrix", "symmetry", "symmetric", False),
        ("sym.", "symmetry", "symmetric", True),
        ("(by independence)", "chance", "independent", True),
        ("(up to a constant)", "anything", None, True),
        ("(first order)", "anything", None, True),
        ("const.", "anything", None, True),
        ("uniform law", "laws", None, True),
    ],
)
def test_a_reason_within_a_display(text, topic, imposed, firm):
    (told,) = reason_in_display(text)
    assert (told.about, told.imposed, told.firm, told.lasting) == (topic, imposed, firm, False)


@pytest.mark.parametrize("text", ["if", "(Jensen)", "(linearity of the sum)", "(a square is not zero)", "constant out"])
def test_a_reason_that_tells_no_property(text):
    assert reason_in_display(text) == ()


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Here the matrix is symmetric", True),
        ("The last step uses symmetry", True),
        ("In the second line we use symmetry", True),
        ("We have used that it is symmetric", True),
        ("The matrix is symmetric", False),
        ("Let it be symmetric", False),
    ],
)
def test_a_sentence_may_speak_of_the_formula_before_it(text, back):
    assert points_back(text) is back


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=12), st.booleans())
def test_any_words_are_read_and_quoted(words, leads):
    text = " ".join(words)
    assert all(told.words == text for told in everything_told(text, leads=leads))
