"""What stands below an integral alone is read or refused, never dropped; what diverges agrees with nothing."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdict(claim: str) -> str:
    placed = read_document(read_text(f"Let $c > 0$ and $k$ be a positive integer.\n\n$${claim}$$\n"))
    return judge(next(p.statement for p in placed if p.statement.kind == "claim")).verdict


@pytest.mark.parametrize(
    "claim",
    [
        "\\int_{[0,1]} t \\,dt = \\frac{1}{2}",
        "\\int_{t \\in [0, c]} t \\,dt = \\frac{c^2}{2}",
        "\\int_{t > 0} e^{-t^2} \\,dt = \\frac{\\sqrt{\\pi}}{2}",
        "\\int_{t \\ge c} e^{-t} \\,dt = e^{-c}",
        "\\int_{t \\le 0} e^{t} \\,dt = 1",
        "\\int_{\\mathbb{R}} e^{-t^2} \\,dt = \\sqrt{\\pi}",
        "\\int_{-\\infty}^{\\infty} \\frac{1}{1 + t^2} \\,dt = \\pi",
        "\\int_1^\\infty \\frac{1}{t^2} \\,dt = 1",
        "\\int_0^1 \\frac{1}{\\sqrt{t}} \\,dt = 2",
        "\\sum_{i=1}^\\infty \\frac{1}{i^2} = \\frac{\\pi^2}{6}",
        "\\sum_{i=1}^\\infty \\frac{(-1)^{i+1}}{i} = \\log 2",
        "\\sum_{i=0}^\\infty 2^{-i} = 2",
    ],
)
def test_a_right_value_is_right(claim: str) -> None:
    assert verdict(claim) in ("proved", "holds")


@pytest.mark.parametrize(
    "claim",
    [
        "\\int_{[0,1]} t \\,dt = 5",
        "\\int_{t > 0} e^{-t^2} \\,dt = \\sqrt{\\pi}",
        "\\int_{t \\in [0, 1]} e^{-t^2} \\,dt = \\sqrt{\\pi}",
        "\\int_{t \\le 0} e^{-t^2} \\,dt = \\sqrt{\\pi}",
    ],
)
def test_a_wrong_value_is_wrong(claim: str) -> None:
    assert verdict(claim) == "wrong"


@pytest.mark.parametrize(
    "claim",
    [
        "\\int_{-\\infty}^\\infty t \\,dt = 5",
        "\\int_{-\\infty}^\\infty t \\,dt = 0",
        "\\int_{-\\infty}^\\infty (t^3 + t) \\,dt = 7",
        "\\int_{0}^\\infty t \\,dt = 5",
        "\\int_{1}^\\infty \\frac{1}{t} \\,dt = 7",
        "\\int_{|t| < 1} e^{-t^2} \\,dt = \\sqrt{\\pi}",
        "\\int_{0 < t < 1} t \\,dt = \\frac{1}{2}",
        "\\sum_{i=1}^\\infty (-1)^i = 0",
        "\\sum_{i=1}^\\infty (-1)^i = -\\frac{1}{2}",
        "\\sum_{i=1}^\\infty i = -\\frac{1}{12}",
        "\\sum'_i 2^{-i} = \\sum_i 2^{-i}",
        "\\sin^{-1}(c) = \\frac{1}{\\sin c}",
        "(k^2)!! = (k^2)!",
        "(e^{c} + 1)^{(2)} = (e^{c} + 1)^2",
        "3\\frac{1}{2} = 3.5",
        "3\\frac{1}{2} = 1.5",
    ],
)
def test_what_has_no_value_or_several_meanings_is_not_judged(claim: str) -> None:
    assert verdict(claim) in ("undecided", "unread", "conditional")
