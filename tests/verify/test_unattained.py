r"""Claims of extrema: under conditions, on simplices, at closed ends, and those that are only approached."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdict(text):
    return judge(list(read_document(read_text(text)))[-1].statement)


@pytest.mark.parametrize(
    "claim",
    [
        r"$$\inf_x e^x = 0$$",
        r"$$\sup_{0 < x < 1} x = 1$$",
        r"$$\max_{0 \le x \le 1} x = 1$$",
        r"$$\max_{|x| \le 2} x^2 = 4$$",
        r"$$\min_{x + y = 1} x^2 + y^2 = \frac12$$",
        r"$$\max_{x, y \ge 0, \; x + y \le 1} 2 x + 3 y = 3$$",
        r"Let $a, w \in \mathbb{R}^d$. $$\max_{\|w\|_\infty \le 1} w^\top a = \|a\|_1$$",
        r"Let $a, w \in \mathbb{R}^d$. $$\min_{\|w\|_1 \le 1} w^\top a = -\|a\|_\infty$$",
        r"Let $r \in \mathbb{R}^n$. $$\max_{p \in \Delta_n} \sum_{i=1}^n p_i r_i = \max_i r_i$$",
        r"Let $a \in \mathbb{R}$. $$\arg\min_{x \ge 0} (x - a)^2 = \max(a, 0)$$",
        r"Let $A \in \mathbb{R}^{n \times n}$ be symmetric. $$\min_{x : \|x\| = 1} x^\top A x = \lambda_{\min}(A)$$",
    ],
)
def test_right(claim):
    assert verdict(claim).verdict in ("proved", "holds")


@pytest.mark.parametrize(
    "claim",
    [
        r"$$\max_{0 \le x \le 1} x = 2$$",
        r"$$\min_{x + y = 1} x^2 + y^2 = 1$$",
        r"$$\min_x e^x = 1$$",
        r"Let $a, w \in \mathbb{R}^d$. $$\max_{\|w\|_1 \le 1} w^\top a = \|a\|_1$$",
        r"Let $r \in \mathbb{R}^n$. $$\max_{p \in \Delta_n} \sum_{i=1}^n p_i r_i = \min_i r_i$$",
        r"Let $A \in \mathbb{R}^{n \times n}$ be symmetric. $$\min_{x : \|x\| = 1} x^\top A x = \lambda_{\max}(A)$$",
    ],
)
def test_wrong(claim):
    assert verdict(claim).verdict == "wrong"


@pytest.mark.parametrize("claim", [r"\min_x e^x = 0", r"\max_x \tanh x = 1", r"\max_{0 < x < 1} x = 1"])
def test_a_minimum_that_is_not_attained_is_an_infimum(claim):
    judged = verdict(f"$${claim}$$")
    assert judged.verdict == "conditional"
    assert "not attained" in judged.message


_TABLE = (
    r"Let $p = \begin{pmatrix} 1/2 \\ 1/2 \end{pmatrix}$, $q = \begin{pmatrix} 1/4 \\ 3/4 \end{pmatrix}$ and "
    r"$C = \begin{pmatrix} 0 & 2 \\ 2 & 0 \end{pmatrix}$. Then "
)


def test_the_cheapest_plan_between_two_columns():
    plan = r"$$\min_{T \in \Pi(p, q)} \sum_{i,j} T_{ij} C_{ij} = VALUE.$$"
    assert verdict(_TABLE + plan.replace("VALUE", r"\frac12")).verdict == "holds"
    assert verdict(_TABLE + plan.replace("VALUE", "1")).verdict == "wrong"


def test_a_plan_of_which_columns_are_left_out_is_not_judged():
    note = r"Let $a, b \in \mathbb{R}^n$ be probability vectors and $C \in \mathbb{R}^{n \times n}$. Then "
    least = r"\min_{T \in \Pi(a, b)} \sum_{i=1}^n \sum_{j=1}^{END} T_{ij} C_{ij}"
    claim = f"{least.replace('END', 'n-1')} = {least.replace('END', 'n')}"
    assert verdict(f"{note} $${claim}$$").verdict == "unread"


@pytest.mark.parametrize("place", [r"\arg\max_\theta (\theta - e^\theta) = 0", r"\arg\min_{0 \le x \le 1} x = 0"])
def test_a_place_may_be_zero(place):
    assert verdict(f"$${place}$$").verdict in ("proved", "holds")
