"""Notation that is written for two things: right where the likelier one is, wrong only where both are."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

DECLARED = "Let $A \\in \\mathbb{R}^{n\\times n}$ be invertible. Let $a, b, c > 0$.\n\n"
RIGHT = ("proved", "holds")


@pytest.mark.parametrize(
    ("claim", "verdicts"),
    [
        ("A^{-1}_{ij} = (A^{-1})_{ij}", RIGHT),
        ("A_{ij}^{-1} = \\frac{1}{A_{ij}}", ("conditional",)),
        ("A^{-1}_{ij} = A_{ij}", ("wrong",)),
        ("A_{ij}^2 = A_{ij} A_{ij}", RIGHT),
        ("A^2_{ij} = \\sum_k A_{ik} A_{kj}", ("conditional",)),
        ("A^2_{ij} = 2 A_{ij}", ("wrong",)),
        ("a/bc = \\frac{a}{b} c", ("conditional",)),
        ("a/bc = \\frac{a}{bc}", RIGHT),
        ("a/bc = abc", ("wrong",)),
        ("2.5e3 = 2500", ("unread",)),
        ("1e-2 = 0.01", ("unread",)),
        ("3e - 2 = -2 + 3e", RIGHT),
    ],
)
def test_a_notation_with_two_meanings(claim: str, verdicts: tuple[str, ...]) -> None:
    placed = read_document(read_text(f"{DECLARED}$${claim}$$\n"))
    assert judge(next(p.statement for p in placed if p.statement.kind == "claim")).verdict in verdicts
