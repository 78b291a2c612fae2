"""Steps whose shapes do not agree: a slip only where no convention saves them."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge
from errata.verify.verdict import Judgement

VECTORS = (
    "Let $x, y \\in \\mathbb{R}^n$ and $W \\in \\mathbb{R}^{m \\times n}$, $A \\in \\mathbb{R}^{n \\times n}$.\n\n"
)
ROWS = "Let $X \\in \\mathbb{R}^{N \\times d}$ have rows $x_i$, and let $w \\in \\mathbb{R}^d$.\n\n"


def judged(note: str) -> Judgement:
    placed = read_document(read_text(note))
    return judge(next(p.statement for p in placed if p.statement.kind == "claim"))


@pytest.mark.parametrize(
    "step",
    [
        "\\|W x\\|^2 = x x^\\top - x^\\top W^\\top W x",
        "\\|x - y\\|^2 = x^\\top x - 2 x y^\\top + y^\\top y",
        "\\|x - y\\|^2 = x^\\top x - 2 x^\\top y + y y^\\top",
        "W x y^\\top = W x^\\top - W y^\\top",
        "(W x)^\\top W y = x^\\top W^\\top W y + x y^\\top",
    ],
)
def test_a_step_that_fails_in_every_convention_is_wrong(step: str) -> None:
    assert judged(f"{VECTORS}$${step}$$\n").verdict == "wrong"


@pytest.mark.parametrize(
    "step",
    [
        "(A + 2) x = A x + 2 x",
        "(x x^\\top + 1) x = x (x^\\top x) + x",
        "(x y^\\top + 1) - x y^\\top = 1",
        "x^\\top y - y x^\\top = 0",
        "x^\\top y + x y^\\top = y^\\top x + x y^\\top",
    ],
)
def test_a_step_that_a_convention_may_save_is_undecided(step: str) -> None:
    assert judged(f"{VECTORS}$${step}$$\n").verdict == "undecided"


@pytest.mark.parametrize("length", ["Let $n = 1$.\n\n", "Here $n \\le 1$.\n\n"])
def test_lengths_that_are_told_may_be_those_of_numbers(length: str) -> None:
    assert judged(f"{VECTORS}{length}$$\\|x\\|^2 = x x^\\top - x^\\top x + x^\\top x$$\n").verdict != "wrong"


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        ("X^\\top X = \\sum_{i=1}^N x_i^\\top x_i", "conditional"),
        ("\\|X w\\|^2 = \\sum_{i=1}^N (x_i w)^2", "conditional"),
        ("X^\\top X = \\sum_{i=1}^N x_i x_i^\\top", "holds"),
        ("X^\\top X = 2 \\sum_{i=1}^N x_i^\\top x_i", "wrong"),
    ],
)
def test_rows_may_be_written_as_rows(step: str, verdict: str) -> None:
    assert judged(f"{ROWS}$${step}$$\n").verdict == verdict
