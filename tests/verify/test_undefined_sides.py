"""A side without any value is a slip where it is proved to have none, and only there."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

DECLARED = (
    "Let $s, t$ be real numbers, $a, b > 0$ and $r \\in (0, 1)$. Let $c_1, \\dots, c_n > 0$. "
    "Let $D : Y \\to (0, 1)$ and let $q$ be a law of $y$.\n\n"
)


def judged(claim: str) -> tuple[str, str]:
    placed = read_document(read_text(f"{DECLARED}$${claim}$$\n"))
    found = judge(next(p.statement for p in placed if p.statement.kind == "claim"))
    return found.verdict, found.rule


@pytest.mark.parametrize(
    "claim",
    [
        "\\log(1 - r) + b = b + \\log(-r)",
        "\\log(a b) = \\log(-a) + \\log b",
        "\\log(-a - b) = \\log(a + b)",
        "\\mathbb{E}_{y \\sim q}[\\log D(y)] = \\sum_y q(y) \\log(-D(y))",
        "\\sum_{i=1}^n \\log c_i = \\sum_{i=1}^n \\log(-c_i)",
    ],
)
def test_the_logarithm_of_what_is_negative_is_nothing(claim: str) -> None:
    assert judged(claim) == ("wrong", "domain")


@pytest.mark.parametrize(
    "claim",
    [
        "\\log(s t) = \\log s + \\log t",  # only somewhere
        "\\log(-s) = \\log(-s)",
        "\\sqrt{-a} \\sqrt{-a} = -a",  # as complex numbers it is right
        "\\log(-a) - \\log(-b) = \\log a - \\log b",
        "\\exp(\\log(-a)) = -a",
        "\\log(-a) = \\log a + i \\pi",
        "\\sqrt{s - t}\\,\\sqrt{t - s} = \\sqrt{-(s - t)^2}",  # neither side has a value
        "\\log(-a) - \\log(-b) = \\log(-a) - \\log(-b)",
        "\\log u = \\log(-u) + \\log(-1)",  # nothing is known of u
        "\\log a = \\sum_{a=1}^{3} \\log(-a)",  # a is bound there, and no longer what was declared
        "\\log(a b) = \\begin{cases} \\log a + \\log b & s^2 \\ge 0 \\\\ \\log(-a) & s^2 < 0 \\end{cases}",
    ],
)
def test_what_may_have_a_value_somewhere_is_not_called_wrong(claim: str) -> None:
    assert judged(claim)[0] != "wrong"
