"""Rates, limits in words and approximations far out are judged as mathematics has them, or not at all."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge
from errata.verify.verdict import Judgement

RIGHT = [
    "Let $R_n = 2\\sqrt n + 3$ for $n \\ge 1$. Then $R_n = O(\\sqrt n)$.",
    "As $n \\to \\infty$, $\\log\\log n = O(\\log n)$.",
    "As $n \\to \\infty$, $(\\log n)^5 = o(n^{0.1})$.",
    "As $n \\to \\infty$, $\\sum_{k=1}^n \\frac{1}{k} = \\log n + O(1)$.",
    "As $n \\to \\infty$, $\\sum_{k=1}^n k^{3/2} = \\Theta(n^{5/2})$.",
    "As $n \\to \\infty$, $2^n = \\Omega(n^2)$.",
    "As $n \\to \\infty$, $\\frac{\\log n}{n} \\to 0$.",
    "As $n \\to \\infty$, $\\frac{n^2}{n+1} \\to \\infty$.",
    "For large $n$, $n! \\approx \\sqrt{2\\pi n}(n/e)^n$.",
    "For large $n$, $e^{1/n} \\approx 1 + \\frac1n$.",
]
WRONG = [
    "Let $R_n = 2n + 3$ for $n \\ge 1$. Then $R_n = O(\\sqrt n)$.",
    "As $n \\to \\infty$, $\\log n = O(\\log\\log n)$.",
    "As $n \\to \\infty$, $\\sum_{k=1}^n k = O(n)$.",
    "As $n \\to \\infty$, $\\sqrt{n+1} - \\sqrt n = \\Theta(1/n)$.",
    "As $n \\to \\infty$, $\\frac{n}{\\log n} \\to 0$.",
    "As $n \\to \\infty$, $\\frac{n}{n^2+1} \\to \\infty$.",
    "For large $n$, $n! \\approx \\sqrt{\\pi n}(n/e)^n$.",
]
OPEN = [
    "As $n \\to \\infty$, $n^{0.001} = O(\\log n)$.",
    "As $n \\to \\infty$, $\\sum_{k=1}^n k^{-0.99} = O(\\log n)$.",
    "As $n \\to \\infty$, $\\log\\log n = O(1)$.",
    "For large $n$, $e^{1/n} \\approx 1 + \\frac2n$.",
    "Let $a \\in \\mathbb{R}$. As $n \\to \\infty$, $n^a = O(n)$.",
    "Let $a > 0$. As $n \\to \\infty$, $n^a = O(n^2)$.",
    "As $n \\to \\infty$, $c n = O(n)$.",
    "We have $x^2 = O(x)$.",
    "Many believe that $\\log n = \\Theta(n)$ as $n \\to \\infty$.",
]


def verdict_on(note: str) -> Judgement:
    claims = [p.statement for p in read_document(read_text(note + "\n")) if p.statement.kind == "claim"]
    return judge(claims[-1])


@pytest.mark.parametrize("note", RIGHT)
def test_right(note: str) -> None:
    assert verdict_on(note).verdict in ("proved", "holds")


@pytest.mark.parametrize("note", WRONG)
def test_wrong(note: str) -> None:
    judgement = verdict_on(note)
    assert judgement.verdict == "wrong"
    assert "n = 100" in judgement.message


@pytest.mark.parametrize("note", OPEN)
def test_open(note: str) -> None:
    assert verdict_on(note).verdict == "undecided"


def test_sequences_are_named_as_evidence() -> None:
    judgement = verdict_on("As $n \\to \\infty$, $\\sum_{k=1}^n \\frac{1}{\\sqrt k} = O(\\sqrt n)$.")
    assert judgement.verdict == "holds"
    assert any("judged by sequences" in e.detail for e in judgement.evidence)
