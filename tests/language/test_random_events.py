"""Events by letters, and what is made of them."""

import pytest
from reading_helpers import claims_of

from errata.language.printer import to_text
from errata.language.random_events import is_event

TWO = "Let $A$ and $B$ be two events."


def left(formula):
    claim = claims_of(f"{TWO}\n\n$${formula} = P(A \\cup B)$$")[-1].statement
    return to_text(claim.readings[0].left)


@pytest.mark.parametrize(
    ("formula", "mean"),
    [
        (r"P(A \cap B)", "E (A B)"),
        (r"P(A, B)", "E (A B)"),
        (r"P(A \cup B)", "E (A + B - A B)"),
        (r"P(A \cup A)", "E A"),
        (r"P(A^c)", "E (1 - A)"),
        (r"P(\overline{A \cup B})", "E (1 - A - B + A B)"),
        (r"P(A \setminus B)", "E (A - A B)"),
        (r"P(A \mid B)", "E (A B)/(E B)"),
    ],
)
def test_probabilities_are_means_of_indicators(formula, mean):
    assert left(formula).replace("·", " ") == mean


def test_letters_without_set_signs_are_no_events():
    claim = claims_of("$$P(A \\mid B) = \\frac{P(B \\mid A) P(A)}{P(B)}$$")[-1].statement
    assert not any(is_event(sort) for sort in claim.scope.sorts.values())


def test_letters_used_otherwise_are_no_events():
    note = "$$P(A \\cup B) = P(A = 1)$$"
    assert not any(is_event(s) for c in claims_of(note) for s in c.statement.scope.sorts.values())


@pytest.mark.parametrize("bracket", [r"A \cup B \cap A", r"A \setminus B \setminus A", r"A \cap B \setminus A"])
def test_signs_of_which_none_binds_more_are_not_read(bracket):
    note = f"{TWO}\n\n$$P({bracket}) = P(A \\cup B)$$"
    assert claims_of(note)[-1].statement.problem


def test_a_comma_binds_least():
    assert left(r"P(A \cup B, A)").replace("·", " ") == left(r"P((A \cup B) \cap A)").replace("·", " ")
