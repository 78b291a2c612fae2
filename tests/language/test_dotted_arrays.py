"""Arrays with dots, read as sums over the columns of the identity."""

from __future__ import annotations

import pytest
from reading_helpers import term_of

from errata.language.printer import to_text
from errata.language.tokens import NotUnderstood


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"[a_1, a_2, \dots, a_n]", "sum over k = 1..n of a[k] e[k, n]^T"),
        (r"[a_1; \dots; a_n]", "sum over k = 1..n of e[k, n] a[k]"),
        (r"\begin{bmatrix} a_1 \\ \vdots \\ a_n \end{bmatrix}", "sum over k = 1..n of e[k, n] a[k]"),
        (r"\begin{bmatrix} b & a_1 & \cdots & a_n \end{bmatrix}",
         "b e[1, n + 1]^T + sum over k = 1..n of a[k] e[k + 1, n + 1]^T"),
        (r"\begin{bmatrix} x^0 & \cdots & x^n \end{bmatrix}", "sum over k = 0..n of x^k e[k + 1, n + 1]^T"),
        (r"\begin{bmatrix} a_1 & & 0 \\ & \ddots & \\ 0 & & a_n \end{bmatrix}",
         "diag(sum over k = 1..n of e[k, n] a[k])"),
        (r"\begin{bmatrix} a_1 b_1 & \cdots & a_1 b_n \\ \vdots & & \vdots \\ a_m b_1 & \cdots & a_m b_n \end{bmatrix}",
         "sum over i = 1..m of e[i, m] sum over k = 1..n of (a[i] b[k]) e[k, n]^T"),
    ],
)  # fmt: skip
def test_what_dots_stand_for(latex, text):
    assert text == to_text(term_of(latex))


@pytest.mark.parametrize(
    "latex",
    [
        r"[a_1, b, \dots, a_n]",
        r"[a_1, \dots]",
        r"\begin{bmatrix} 1 & \cdots & 1 \end{bmatrix}",
        r"\begin{bmatrix} a_1 & \cdots & a_n \\ b_1 & \cdots & b_m \end{bmatrix}",
        r"\begin{bmatrix} a_1 & \cdots & a_n \\ \vdots & & \vdots \\ a_1 & \cdots & a_n \end{bmatrix}",
        r"\begin{bmatrix} a_1 & b & \\ & \ddots & \\ & b & a_n \end{bmatrix}",
    ],
)
def test_dots_that_go_on_in_no_clear_steps_are_refused(latex):
    with pytest.raises(NotUnderstood):
        term_of(latex)
