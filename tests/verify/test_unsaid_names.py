"""A name that nothing explains protects a step, unless the step fails whatever is meant by it."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge
from errata.verify.verdict import Judgement

DECLARED = (
    "Let $x_1, \\dots, x_n$ be real numbers. Let $c$ be a real number. Let $w \\in \\mathbb{R}^m$ and "
    "$A \\in \\mathbb{R}^{m\\times m}$. Let $p(y)$ and $q(y)$ be positive laws.\n\n"
)


def judged(claim: str, after: str = "") -> Judgement:
    placed = read_document(read_text(f"{DECLARED}$${claim}$$\n\n{after}\n"))
    return judge(next(p.statement for p in placed if p.statement.kind == "claim"))


@pytest.mark.parametrize(
    "claim",
    [
        "\\sum_{i=1}^n (x_i + c) = \\sum_{i=1}^n x_j + n c",
        "\\|w\\|^2 = w_k^2",
        "\\operatorname{tr}(A^\\top A) = \\sum_{i=1}^m A_{il}^2",
        "\\mathrm{KL}(p\\|q) = p(y)\\log\\frac{p(y)}{q(y)}",
        "\\|w\\|^2 = w_k w_l",
    ],
)
def test_what_fails_wherever_an_index_stands_is_wrong(claim: str) -> None:
    found = judged(claim)
    assert (found.verdict, found.rule) == ("wrong", "unbound-index")


@pytest.mark.parametrize(
    "claim",
    [
        "\\max_j w_j = w_k",
        "\\max_j w_j^2 = w_k w_l",
        "\\sum_{i=1}^n x_i^2 = \\sum_{i=1}^n x_i^2 + x_k - x_l",
        "\\min_y p(y) = p(y')",
    ],
)
def test_what_holds_for_some_index_is_undecided(claim: str) -> None:
    found = judged(claim)
    assert found.verdict == "undecided"
    assert found.rule in ("unbound-index", "undefined-name")


def test_a_name_that_can_be_any_number_is_undecided() -> None:
    found = judged("(c + 1)^2 = c^2 + 2 d c + 1")
    assert (found.verdict, found.rule) == ("undecided", "undefined-name")
    assert "d" in found.message


@pytest.mark.parametrize("after", ["The only entry of $w$ that is not zero is at $k$.", "Here $k = 1$ if $w$ is so."])
def test_an_index_that_a_later_sentence_speaks_of_is_undecided(after: str) -> None:
    assert judged("\\|w\\|^2 = w_k^2", after).verdict == "undecided"
