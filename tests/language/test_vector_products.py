"""v \\cdot w of two columns is their inner product, or the one entry by entry; v \\times w is not judged."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

DECLARED = "Let $a, b \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{n\\times n}$ and $c \\in \\mathbb{R}$.\n\n"


def verdict(claim: str) -> str:
    placed = read_document(read_text(f"{DECLARED}$${claim}$$\n"))
    return judge(next(p.statement for p in placed if p.statement.kind == "claim")).verdict


@pytest.mark.parametrize(
    "claim",
    [
        "a \\cdot b = a^\\top b",
        "a \\cdot b = b \\cdot a",
        "c \\cdot a \\cdot b = c\\, b^\\top a",
        "a \\cdot (A b) = a^\\top A b",
        "(A a) \\cdot b = a^\\top A^\\top b",
        "(a + b) \\cdot (a - b) = \\|a\\|^2 - \\|b\\|^2",
        "a \\cdot a = \\|a\\|^2",
        "2 \\times 3 \\cdot c = 6c",
        "a \\cdot \\mathbf{1} = \\sum_{i=1}^n a_i",
    ],
)
def test_an_inner_product_is_right(claim: str) -> None:
    assert verdict(claim) in ("proved", "holds")


@pytest.mark.parametrize(
    "claim", ["a \\cdot b = a^\\top A b", "a \\cdot a = \\|a\\|", "a \\cdot b = - b \\cdot a", "2 \\times 3 = 5"]
)
def test_a_wrong_one_is_wrong(claim: str) -> None:
    assert verdict(claim) == "wrong"


@pytest.mark.parametrize(
    "claim", ["(a \\cdot b)_1 = a_1 b_1", "a \\cdot b + a = a + b \\odot a", "a \\cdot b = a \\odot b"]
)
def test_the_product_entry_by_entry_is_never_wrong(claim: str) -> None:
    assert verdict(claim) != "wrong"


@pytest.mark.parametrize("claim", ["a \\times b = - b \\times a", "a \\times b = a b", "a × b = 0"])
def test_a_cross_product_is_not_judged(claim: str) -> None:
    assert verdict(claim) == "unread"
