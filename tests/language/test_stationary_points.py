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
