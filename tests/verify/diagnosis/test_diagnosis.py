"""Corrections are right where they stand, near to what was written, and keep its formatting."""

from __future__ import annotations

import pytest
from diagnosing import diagnosed, verdicts

MATRICES = "Let $A, B \\in \\mathbb{R}^{n\\times n}$ be invertible and $x \\in \\mathbb{R}^n$.\n\n"
NUMBERS = "Let $a > 0$, $b > 0$ and $c > 0$.\n\n"


@pytest.mark.parametrize(
    ("before", "written", "rule", "mended"),
    [
        (MATRICES, "(AB)^{-1} = A^{-1}B^{-1}", "order", "(AB)^{-1} = B^{-1} A^{-1}"),
        (MATRICES, "\\nabla_x\\,(x^\\top A x) = (A - A^\\top)\\,x", "sign", "\\nabla_x\\,(x^\\top A x) = (A + A^\\top)\\,x"),
        (MATRICES, "\\det(AB) = \\det(A) + \\det(B)", "", "\\det(AB) = \\det(A) \\det(B)"),
        (NUMBERS, "(a + b)(a-b) = a^{2} + b^{2}", "sign", "(a + b)(a-b) = a^{2} - b^{2}"),
        (NUMBERS, "\\log (ab^3) = \\log a + 2\\log b", "factor", "\\log (ab^3) = \\log a + 3\\log b"),
        (NUMBERS, "\\sqrt{a^2 b} = a b", "square-root", "\\sqrt{a^2 b} = a \\sqrt{b}"),
        (NUMBERS, "\\int_0^a x^2\\,dx = \\frac{a^3}{2}", "factor", "\\int_0^a x^2\\,dx = \\frac{a^3}{3}"),
    ],
)
def test_a_slip_is_named_and_mended(before: str, written: str, rule: str, mended: str) -> None:
    found = diagnosed(f"{before}$${written}$$\n")
    assert found is not None and found.suggestion is not None
    assert rule in ("", found.rule)
    assert mended == found.suggestion.latex
    assert verdicts(f"{before}$${found.suggestion.latex}$$\n") != ["wrong"]


def test_a_later_line_of_a_chain_is_mended_by_itself() -> None:
    found = diagnosed(NUMBERS + "$$\n\\begin{aligned}\n(a+b)^2 &= (a+b)(a+b) \\\\\n&= a^2 + ab + b^2\n\\end{aligned}\n$$\n")
    assert found is not None and found.suggestion is not None
    assert found.suggestion.latex == "= a^2 + 2 ab + b^2"


def test_the_edit_is_that_of_the_text() -> None:
    note = NUMBERS + "$$(a + b)(a-b) = a^{2} + b^{2}$$\n"
    found = diagnosed(note)
    assert found is not None and found.suggestion is not None
    edit, text = found.suggestion, "(a + b)(a-b) = a^{2} + b^{2}"
    assert edit.latex == text[: edit.start] + edit.replacement + text[edit.end :]


def test_without_a_correction_within_reach_none_is_shown() -> None:
    found = diagnosed(NUMBERS + "$$a^7 - b = \\sin(c) \\exp(b^c)$$\n")
    assert found is None or found.suggestion is None


def test_the_same_note_gives_the_same_diagnosis() -> None:
    note = MATRICES + "$$\\operatorname{tr}(AB) = \\operatorname{tr}(A)\\operatorname{tr}(B)$$\n"
    assert diagnosed(note) == diagnosed(note)


def test_a_left_side_is_mended_where_the_right_one_is_zero() -> None:
    found = diagnosed(NUMBERS + "$$(a+b)^2 - a^2 - ab - b^2 = 0$$\n")
    assert found is not None and found.suggestion is not None
    assert found.suggestion.latex.endswith("= 0")


def test_a_line_that_follows_from_a_wrong_one_is_told() -> None:
    lines = "$$\n\\begin{aligned}\n(a+b)^2 &= a^2 + ab + b^2 \\\\\n&= b^2 + ab + a^2\n\\end{aligned}\n$$\n"
    found = diagnosed(NUMBERS + lines)
    assert found is not None and "the next line follows from it" in found.message


def test_a_line_that_is_right_again_is_told() -> None:
    lines = "$$\n\\begin{aligned}\n(a+b)^2 &= a^2 + ab + b^2 \\\\\n&= a^2 + 2ab + b^2\n\\end{aligned}\n$$\n"
    found = diagnosed(NUMBERS + lines)
    assert found is not None and "right again" in found.message


def test_a_gap_in_the_words_of_a_sum_is_filled() -> None:
    found = diagnosed(NUMBERS + "$$(a+b)^3 = a^3 + 3a^2b + b^3$$\n")
    assert found is not None and found.suggestion is not None
    assert found.rule == "missing-term"
