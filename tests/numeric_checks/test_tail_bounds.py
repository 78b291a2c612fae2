"""Bounds of the chances of tails are searched for violations, under moments that are told, too."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


@pytest.mark.parametrize(
    ("bound", "verdict"), [("\\frac{1}{k^2}", "holds"), ("\\frac{1}{k^3}", "wrong"), ("\\frac{1}{2 k^2}", "wrong")]
)
def test_bounds_of_tails_under_moments_are_attacked(bound, verdict):
    note = (
        "Let $X$ be a random variable with mean $m$ and standard deviation $s$. For $k > 0$\n\n"
        f"$$P(|X - m| \\ge k s) \\le {bound}$$"
    )
    (claim,) = [p.statement for p in read_document(read_text(note)) if p.statement.kind == "claim"]
    assert judge(claim).verdict == verdict
