"""A refutation does not rest on a first member that makes no difference to how the sides differ."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.cancelled_names import cancels
from errata.verify.judge import judge

TOLD = "The recursion is $x_{t+1} = a x_t + b_t$.\n\n"


def claimed(right: str):
    placed = read_document(read_text(f"{TOLD}$$x_{{t+1}} = {right}$$\n"))
    return next(p.statement for p in placed if p.statement.kind == "claim")


@pytest.mark.parametrize(
    ("right", "free", "verdict"),
    [
        ("a^t x_1 + \\sum_{i=1}^t a^{t-i} b_i", True, ("holds", "proved")),
        ("a^t x_1 + \\sum_{i=1}^t a^{i} b_i", True, ("wrong",)),
        ("a^t x_1", True, ("wrong",)),
        ("a^{t-1} x_1 + \\sum_{i=1}^t a^{t-i} b_i", False, ("undecided",)),
        ("x_1 + \\sum_{i=1}^t a^{t-i} b_i", False, ("undecided",)),
    ],
)
def test_whether_the_first_member_cancels(right: str, free: bool, verdict: tuple[str, ...]) -> None:
    statement = claimed(right)
    assert free == cancels(statement.readings[0], "x_{1}", statement.scope, 0)
    assert judge(statement).verdict in verdict


MAP = "Let $f : X \\to \\mathbb{R}$ and let $p$ and $q$ be laws of $x$. Let $c \\in \\mathbb{R}$.\n\n"


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("\\sum_x p(x) (f(x) + c) - \\sum_x p(x) f(x)", "c", ("holds", "proved")),
        ("\\sum_x p(x) (f(x) + c) - \\sum_x p(x) f(x)", "2 c", ("wrong",)),
        ("\\sum_x p(x) (f(x) + c) - \\sum_x q(x) f(x)", "c", ("undecided",)),
        ("\\sum_x p(x) f(x)", "c", ("undecided",)),
    ],
)
def test_a_function_that_cancels_is_not_said_by_the_step(left: str, right: str, verdict: tuple[str, ...]) -> None:
    placed = read_document(read_text(f"{MAP}$${left} = {right}$$\n"))
    statement = next(p.statement for p in placed if p.statement.kind == "claim")
    assert judge(statement).verdict in verdict
