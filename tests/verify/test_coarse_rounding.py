"""A result of one digit that holds as rounded alone is conditional: it may be a slip."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("0.7 \\cdot 0.2 = 0.1", "conditional"),
        ("\\frac{2}{3} = 0.7", "conditional"),
        ("-0.7 \\cdot 0.2 = -0.1", "conditional"),
        ("\\frac{2}{3} \\approx 0.7", "right"),
        ("\\frac{2}{3} = 0.67", "right"),
        ("0.5 \\cdot 0.2 = 0.1", "right"),
        ("0.7 \\cdot 0.2 = 0.4", "wrong"),
    ],
)
def test_a_single_digit(claim, verdict):
    (found,) = [p.statement for p in read_document(read_text(f"$${claim}$$")) if p.statement.kind == "claim"]
    known = judge(found).verdict
    assert ("right" if known in ("proved", "holds") else known) == verdict
