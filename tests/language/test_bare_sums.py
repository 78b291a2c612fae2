"""Sums that do not say what they run over."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


def is_right(found):
    return bool(found) and all(verdict in ("proved", "holds") for verdict in found)


NUMBERS = "Let $x_1, \\ldots, x_n$ be numbers with mean $\\bar{x} = \\frac{1}{n} \\sum x_i$.\n\n"

MATRIX = "Let $A \\in \\mathbb{R}^{n \\times n}$, $x \\in \\mathbb{R}^n$.\n\n$$"
SLOPE = (
    "$$\\begin{aligned} \\frac{\\partial E}{\\partial p_j} &= \\frac{\\partial}{\\partial p_j} \\frac{1}{2} "
    "\\sum (t_j - p_j)^2 \\\\"
)


@pytest.mark.parametrize(
    ("note", "right", "slip"),
    [
        (f"{NUMBERS}$$\\sum (x_i - \\bar{{x}}) = ", "0", "n"),
        (f"{NUMBERS}$$\\sum (x_i - \\bar{{x}})^2 = \\sum x_i^2 ", "- n \\bar{x}^2", "+ n \\bar{x}^2"),
        ("Let $p(x)$ and $q(x)$ be laws.\n\n$$\\sum p(x) \\log \\frac{p(x)}{q(x)} = ", "KL(p || q)", "H(p, q)"),
        ("Let $p(y | z)$ and $p(z)$ be distributions.\n\n$$", "p(y) = \\sum p(y | z) p(z)", "p(y) = \\sum p(y | z)"),
        # The letter on the left side is not summed over.
        (f"{MATRIX}(A x)_i = ", "\\sum A_{ij} x_j", "\\sum A_{ji} x_j"),
        (f"{MATRIX}x^T A x = ", "\\sum\\sum x_i A_{ij} x_j", "\\sum\\sum A_{ij} x_j"),
        (f"{SLOPE} &= ", "p_j - t_j \\end{aligned}", "t_j - p_j \\end{aligned}"),
    ],
)  # fmt: skip
def test_one_letter_can_be_meant(note, right, slip):
    assert is_right(verdicts(f"{note}{right}$$"))
    assert "wrong" in verdicts(f"{note}{slip}$$")


def test_where_two_letters_can_be_meant_the_sum_is_not_read():
    (found,) = read_document(read_text("$$\\sum x_i y_j = 1$$"))
    assert found.statement.problem is not None
