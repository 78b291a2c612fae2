"""Premises that set a derivative by a vector or by a member of a family to zero."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.numeric_checks.outcome import Agreement, Refutation
from errata.numeric_checks.witness import check

VECTOR = r"Let $A\in\mathbb{R}^{n\times m}$, $y\in\mathbb{R}^n$, $v\in\mathbb{R}^m$ and $c>0$."
MEMBER = r"Let $x_1,\dots,x_N\in\mathbb{R}$ and $b_1,\dots,b_N\in\mathbb{R}$ and $J=\sum_{n=1}^N(x_n-b_n)^2+b_n^2$."


@pytest.mark.parametrize(
    ("declared", "claim", "outcome"),
    [
        (VECTOR, r"\nabla_v(\|y-Av\|^2+c\,v^\top v)=0 \Rightarrow v=(A^\top A+cI)^{-1}A^\top y", Agreement),
        (VECTOR, r"\nabla_v(\|y-Av\|^2+c\,v^\top v)=0 \Rightarrow v=(A^\top A-cI)^{-1}A^\top y", Refutation),
        (MEMBER, r"\frac{\partial J}{\partial b_j}=0 \Rightarrow b_j=\frac{1}{2}x_j", Agreement),
        (MEMBER, r"\frac{\partial J}{\partial b_j}=0 \Rightarrow b_j=2x_j", Refutation),
    ],
)
def test_the_premise_is_solved_for_what_is_differentiated_by(declared, claim, outcome):
    placed = read_document(read_text(f"{declared}\n\n$${claim}$$\n", "-", "markdown"))
    statement = placed[-1].statement
    assert isinstance(check(statement.readings[0], statement.scope), outcome)
