"""What a prime or an index on a bracket means is read or refused, never dropped."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

DECLARED = (
    "Let $f:\\mathbb{R}\\to\\mathbb{R}$ be smooth and $u \\in \\mathbb{R}$. Let $c \\in \\mathbb{R}$. "
    "Let $A, B \\in \\mathbb{R}^{n\\times n}$ and $v \\in \\mathbb{R}^n$.\n\n"
)


def verdict(claim: str) -> str:
    placed = read_document(read_text(f"{DECLARED}$${claim}$$\n"))
    return judge(next(p.statement for p in placed if p.statement.kind == "claim")).verdict


@pytest.mark.parametrize(
    "claim",
    [
        "(3 f(u))' = 3 f'(u)",
        "(f(u)^2)' = 2 f(u) f'(u)",
        "[f(u)^2]'' = 2 f'(u)^2 + 2 f(u) f''(u)",
        "(\\cos u)' = -\\sin u",
        "\\left(\\frac{1}{1 + u^2}\\right)' = -\\frac{2u}{(1 + u^2)^2}",
        "c (u^2)' = 2 c u",
        "(e^{3u})^\\prime = 3 e^{3u}",
    ],
)
def test_a_prime_on_a_bracket_with_one_variable_is_its_derivative(claim: str) -> None:
    assert verdict(claim) in ("proved", "holds")


@pytest.mark.parametrize(
    "claim",
    [
        "(3 f(u))' = 3 f(u)",
        "(u^2)' = u^2",
        "(\\cos u)' = \\cos u",
        "(f(u)^2)'' = 2 f(u) f'(u)",
        "(e^u)^\\prime = e^{3u}",
    ],
)
def test_a_dropped_prime_is_not_right(claim: str) -> None:
    assert verdict(claim) == "wrong"


@pytest.mark.parametrize(
    "claim",
    [
        "(AB)' = A B",
        "(AB)' = B^\\top A^\\top",
        "(c u)' = c",
        "f(u)' = f(u)",
        "f(u)' = f'(u)",
        "\\sin(u)' = \\sin(u)",
        "\\det(A)' = \\det(A)",
        "\\|v\\|' = \\|v\\|",
        "|u|' = |u|",
        "(v + v)' = 2 v",
        "\\sigma(u)' = \\sigma(u)",
        "5' = 5",
        "\\sqrt{u^2 + 1}_2 = \\sqrt{u^2 + 1}",
        "\\frac{u}{3}_2 = \\frac{u}{3}",
        "101_2 = 101",
    ],
)
def test_what_may_mean_several_things_is_unread(claim: str) -> None:
    assert verdict(claim) == "unread"


@pytest.mark.parametrize("claim", ["f(u)_2 = f(u)", "\\sigma(u)_2 = \\sigma(u)", "\\exp(u)_2 = \\exp(u)"])
def test_an_index_on_a_number_is_not_dropped(claim: str) -> None:
    assert verdict(claim) in ("undecided", "unread")


@pytest.mark.parametrize(("claim", "found"), [("|v|_2^2 = v^\\top v", "right"), ("|v|_1 = \\|v\\|_2", "wrong")])
def test_an_index_on_single_bars_is_that_of_a_norm(claim: str, found: str) -> None:
    assert (verdict(claim) in ("proved", "holds")) == (found == "right")
