"""Derivatives by members that formulas give, as dL/dp_k where p is a softmax."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


def is_right(found):
    return bool(found) and all(verdict in ("proved", "holds") for verdict in found)


GIVEN = "Let $p_i = e^{z_i} / \\sum_j e^{z_j}$ and $L = -\\sum_i y_i \\log(p_i)$, where $y$ is one-hot.\n\n"


@pytest.mark.parametrize(
    ("left", "right", "slip"),
    [
        ("\\frac{\\partial L}{\\partial p_k}", "-\\frac{y_k}{p_k}", "\\frac{y_k}{p_k}"),
        # The index of the member is that of the sum of L as well.
        ("\\frac{\\partial L}{\\partial p_i}", "-\\frac{y_i}{p_i}", "-\\sum_i \\frac{y_i}{p_i}"),
        ("\\sum_k \\frac{\\partial L}{\\partial p_k} \\frac{\\partial p_k}{\\partial z_i}", "p_i - y_i", "y_i - p_i"),
    ],
)
def test_what_is_given_by_a_formula_can_be_differentiated_by(left, right, slip):
    assert is_right(verdicts(f"{GIVEN}$${left} = {right}$$"))
    assert "wrong" in verdicts(f"{GIVEN}$${left} = {slip}$$")


def test_through_other_members():
    given = "Let $h_i = \\tanh(z_i)$, $z_i = \\sum_j w_{ij} x_j$ and $L = \\sum_i (h_i - t_i)^2$.\n\n"
    assert is_right(verdicts(f"{given}$$\\frac{{\\partial L}}{{\\partial z_i}} = 2 (h_i - t_i) (1 - h_i^2)$$"))
    assert "wrong" in verdicts(f"{given}$$\\frac{{\\partial L}}{{\\partial z_i}} = 2 (h_i - t_i) (1 + h_i^2)$$")


def test_what_does_not_rest_on_the_members_is_not_read():
    assert verdicts(f"{GIVEN}Let $M$ be a number.\n\n$$\\frac{{\\partial M}}{{\\partial p_k}} = 1$$") == ["unread"]
