"""Sentences that set a derivative to zero, and the displays that follow from them."""

import pytest
from reading_helpers import claims_of

F = "Let $F(s)=(s-a)^2+bs$ with $a,b\\in\\mathbb{R}$."


def relation(note):
    return claims_of(note)[-1].statement.readings[0].relation


@pytest.mark.parametrize(
    "sentence",
    [
        "Setting the derivative of $F$ with respect to $s$ to zero, we obtain",
        "Minimizing $F(s)$ with respect to $s$ gives",
        "Setting the derivative with respect to $s$ equal to $0$ yields",
        "对 $s$ 求导并令其为零，得",
    ],
)
def test_the_display_rests_on_the_equation_that_the_sentence_sets(sentence):
    assert relation(f"{F}\n\n{sentence}\n\n$$s=a-\\frac{{b}}{{2}}$$") == "=>"
    assert relation(f"{F}\n\n{sentence}\n\n$$\\hat s=a-\\frac{{b}}{{2}}$$") == "=>"


@pytest.mark.parametrize(
    "sentence",
    [
        "Minimizing $F(s)$ with respect to $s$ subject to $s>0$ gives",
        "Setting the derivative of $F$ with respect to $s$ to zero is one way.",
        "We also note that",
    ],
)
def test_a_constraint_or_no_conclusion_sets_nothing(sentence):
    note = f"{F}\n\n{sentence}\n\n$$2s+F(s)=F(s)+2s$$"
    assert relation(note) == "="


def test_what_was_found_is_known_from_then_on():
    found = "Setting the derivative of $F$ with respect to $s$ to zero gives\n\n$$s=a-\\frac{b}{2}$$"
    note = f"{F}\n\n{found}\n\n$$s+s=2a-b$$"
    assert "s" in claims_of(note)[-1].statement.scope.definitions


@pytest.mark.parametrize(
    "sentence",
    [
        "Setting the derivative to zero gives",
        "Setting $F'(s) = 0$ yields",
        "Differentiating and setting the result to zero, we get",
        "We set the derivative equal to zero:",
        "令导数为零，得",
    ],
)
def test_the_variable_need_not_be_named(sentence):
    assert relation(f"{F}\n\n{sentence}\n\n$$\\hat s=a-\\frac{{b}}{{2}}$$") == "=>"


@pytest.mark.parametrize("words", ["so", "and hence", "which gives", "Solving for the unknown, we get", "therefore"])
def test_what_follows_from_a_derivative_that_is_set_to_zero(words):
    zero = f"{F}\n\n$$F'(s)=2(s-a)+b=0$$"
    assert relation(f"{zero}\n\n{words}\n\n$$s^*=a-\\frac{{b}}{{2}}$$") == "=>"


def test_what_does_not_follow_is_not_drawn_from_it():
    zero = f"{F}\n\n$$F'(s)=2(s-a)+b=0$$"
    claims = claims_of(f"{zero}\n\nWe choose instead\n\n$$s^*=a-\\frac{{b}}{{2}}$$")
    assert all(c.statement.readings[0].relation == "=" for c in claims)


def test_several_places_are_no_conclusion():
    note = f"{F}\n\nSetting the derivative to zero gives the points\n\n$$s+0=a, \\quad s+0=b$$"
    assert {c.statement.readings[0].relation for c in claims_of(note)} == {"="}
