"""The addends of opened brackets, and the slopes of functions, which a line may have lost."""

from __future__ import annotations

import pytest

from errata.language.printer import to_text
from errata.language.reading import read_document
from errata.language.terms import Term
from errata.notes.document import read_text
from errata.verify.diagnosis.opened import opened
from errata.verify.diagnosis.slopes import slopes

DECLARED = "Let $a, b, c, x$ be real numbers. Let $u, v \\in \\mathbb{R}^n$.\n\n"


def sides(formula: str) -> tuple[Term, Term]:
    placed = read_document(read_text(f"{DECLARED}$${formula}$$\n"))
    reading = next(p.statement for p in placed if p.statement.kind == "claim").readings[0]
    return reading.left, reading.right


@pytest.mark.parametrize(
    ("term", "addends"),
    [
        ("(a + b) (a - c)", ["a a", "a c", "b a", "b c"]),
        ("\\sum_{i=1}^n (u_i - a)", ["sum over i = 1..n of u[i]", "sum over i = 1..n of a"]),
        ("\\frac{a - b}{c}", ["a/c", "b/c"]),
        ("a b c", []),
    ],
)
def test_brackets_are_opened(term: str, addends: list[str]) -> None:
    assert addends == [to_text(t) for t in opened(sides(f"{term} = 1")[0])]


def test_many_brackets_are_opened_in_part() -> None:
    assert len(opened(sides("".join(["(a + b)"] * 20) + " = 1")[0])) <= 16


def test_slopes_are_those_of_what_is_differentiated() -> None:
    found = slopes(sides("\\frac{d}{dx} \\tanh(a x) = a"))
    assert [to_text(t) for t in found] == ["1 - (tanh(a x))^2"]
    assert slopes(sides("\\tanh(a x) = a")) == []
