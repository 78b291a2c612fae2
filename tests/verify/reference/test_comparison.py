"""A statement is the reference's under a renaming, another under all, or not to be compared."""

from __future__ import annotations

import pytest

from errata.language.printer import to_text
from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.reference.comparison import compare, equations_of

SQUARES = """Let $r \\in (0, 1)$ and $c_1, \\dots, c_n \\in \\mathbb{R}$. Let $u_0 = 0$ and
$u_t = r u_{t-1} + (1 - r) c_t^2$ for $t = 1, \\dots, n$.

$$u_1 = (1 - r) c_1^2$$
"""
LAWS = """Let $f$ and $g$ be positive laws of $x$. Let $E(x) = \\frac{f(x)}{f(x) + g(x)}$.

$$1 - E(x) = \\frac{g(x)}{f(x) + g(x)}$$

$$\\mathrm{KL}(f \\| g) = \\sum_x f(x) \\log \\frac{f(x)}{g(x)}$$
"""
FAMILIES = "Let $b \\in (0, 1)$, $d > 0$ and $h_1, \\dots, h_m \\in \\mathbb{R}$. Let $s_0 = 0$.\n\n"
TWO_LAWS = "Let $v$ and $w$ be positive laws of $y$.\n\n"


def kinds(note: str, reference: str) -> list[str]:
    placed = read_document(read_text(note))
    statements = [p.statement for p in placed if p.statement.readings]
    return [found.kind for found in compare(statements, read_text(reference), 0)]


@pytest.mark.parametrize(
    ("note", "reference"),
    [
        (FAMILIES + "$$s_k = b s_{k-1} + (1 - b) h_k^2$$", SQUARES),
        (FAMILIES + "$$s_k = h_k^2 + b (s_{k-1} - h_k^2)$$", SQUARES),
        (TWO_LAWS + "$$F(y) = \\frac{v(y)}{w(y) + v(y)}$$", LAWS),
        (TWO_LAWS + "$$F(y) = 1 - \\frac{w(y)}{w(y) + v(y)}$$", LAWS),
        (TWO_LAWS + "$$\\mathrm{KL}(w \\| v) = \\mathbb{E}_{y \\sim w}[\\log w(y) - \\log v(y)]$$", LAWS),
    ],
)
def test_the_same_in_other_names_and_another_form_is_the_same(note: str, reference: str) -> None:
    assert kinds(note, reference) == ["same"]


@pytest.mark.parametrize(
    ("note", "reference"),
    [
        (FAMILIES + "$$s_k = b s_{k-1} + (1 - b) h_k$$", SQUARES),
        (FAMILIES + "$$s_k = b s_{k-1} + h_k^2$$", SQUARES),
        (FAMILIES + "$$s_k = b s_{k-1} + (1 - b) h_k^2 + d$$", SQUARES),
        (FAMILIES + "$$s_k = (1 - b) s_{k-1} - b h_k^2$$", SQUARES),
        (TWO_LAWS + "$$F(y) = \\frac{v(y)}{v(y) + 2 w(y)}$$", LAWS),
        (TWO_LAWS + "$$\\mathrm{KL}(w \\| v) = \\sum_y v(y) \\log \\frac{w(y)}{v(y)}$$", LAWS),
    ],
)
def test_what_no_renaming_makes_the_same_differs(note: str, reference: str) -> None:
    assert kinds(note, reference) == ["differs"]


@pytest.mark.parametrize(
    "note",
    [
        TWO_LAWS + "$$v(y) \\le 1$$",
        "$$2 a + 2 b = 2(a + b)$$",
        "Let $M \\in \\mathbb{R}^{n\\times n}$.\n\n$$M = M^\\top$$",
    ],
)
def test_what_has_no_counterpart_is_open(note: str) -> None:
    assert set(kinds(note, LAWS)) <= {"open"}


def test_a_name_keeps_its_counterpart() -> None:
    first = TWO_LAWS + "$$F(y) = \\frac{v(y)}{w(y) + v(y)}$$\n\n"
    assert kinds(first + "$$1 - F(y) = \\frac{w(y)}{w(y) + v(y)}$$", LAWS) == ["same", "same"]
    assert kinds(first + "$$1 - F(y) = \\frac{v(y)}{w(y) + v(y)}$$", LAWS) == ["same", "differs"]


def test_equations_are_those_of_sentences_and_of_displays() -> None:
    of_a_sentence, of_a_display = equations_of(read_text(SQUARES))
    assert to_text(of_a_sentence.left) == "u[t]"
    assert to_text(of_a_display.left) == "u[1]"
