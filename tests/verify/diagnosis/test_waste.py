"""What takes itself back is counted: a factor beside its inverse, an addend beside its multiple."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.diagnosis.waste import waste

DECLARED = "Let $a$, $b$ and $c$ be positive. Let $A \\in \\mathbb{R}^{n\\times n}$ be invertible.\n\n"


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("a + b", 0),
        ("\\frac{a b}{c}", 0),
        ("a^2 + 2 a b + b^2", 0),
        ("A A^{-1} A", 0),
        ("a + b - a", 1),
        ("a - 3 a", 1),
        ("\\frac{a b}{a}", 1),
        ("a - a^2 \\frac{1}{a}", 2),
        ("c \\cdot \\frac{1}{c} + a \\cdot a", 2),
        ("\\log(b + c - b)", 1),
        ("\\frac{(a/b)^2}{a/b}", 2),
        ("3 \\cdot \\frac{2}{3} a", 1),
        ("a \\cdot 0 + b", 1),
        ("a + \\log e", 1),
        ("a + \\exp(0)", 1),
        ("1^{a} + b", 1),
        ("\\frac{2}{3} a", 0),
        ("b (1 + a) - a b", 1),
        ("1 - (1 + a)(1 - a)", 1),
        ("1 + a + (1 + a) b", 1),
        ("a (b + c) + b", 0),
        ("\\sum_{i=0}^{0} a^i", 1),
    ],
)
def test_waste(written: str, count: int) -> None:
    placed = [p.statement for p in read_document(read_text(f"{DECLARED}$$c = {written}$$\n"))]
    statement = next(s for s in placed if s.readings)
    assert waste(statement.readings[0].right, statement.scope) == count
