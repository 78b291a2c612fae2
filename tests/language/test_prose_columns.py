"""Columns written out by their entries."""

from __future__ import annotations

import pytest

from errata.language.prose.columns import written_out


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"(x_1,\dots,x_n)", ("x", "n")),
        (r"(x_1,x_2,\ldots,x_n)^\top", ("x", "n")),
        (r"[x_1,x_2,\dots,x_d]^T", ("x", "d")),
        (r"[x_1,\dots,x_d]", None),
        (r"\begin{bmatrix}x_1&\cdots&x_n\end{bmatrix}^\top", ("x", "n")),
        (r"\begin{bmatrix}x_1\\x_2\\\vdots\\x_n\end{bmatrix}", ("x", "n")),
        (r"\begin{bmatrix}x_1\\\vdots\\x_n\end{bmatrix}^\top", None),
        (r"\begin{bmatrix}x_1&\cdots&x_n\end{bmatrix}", None),
        (r"(x_0,\dots,x_n)", None),
        (r"(x_1,\dots,y_n)", None),
        (r"(x_1,x_3,\dots,x_n)", None),
    ],
)
def test_written_out(latex, expected):
    assert expected == written_out(latex)
