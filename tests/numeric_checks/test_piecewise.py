"""What is put together from pieces."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.numeric_checks.evaluate.piecewise import is_piecewise

GIVEN = "Let $X \\sim N(0, 1)$ and $g(x) = \\max(0, x)$ and $Y = X + 1$.\n\n"


@pytest.mark.parametrize(
    ("formula", "pieces"),
    [("X^2 + e^X", False), ("|X|", True), ("g(X)", True), ("Y", False), ("g(Y) + 1", True), ("P(X > 2)", True)],
)
def test_pieces(formula, pieces):
    claim = list(read_document(read_text(f"{GIVEN}$${formula} = X + Y$$")))[-1].statement
    assert is_piecewise([claim.readings[0].left], claim.scope) is pieces
