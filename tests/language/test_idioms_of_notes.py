"""Idioms of notes as people write them, each right and with a slip; every example is judged as a whole."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

MODEL = "The model is $Y = X \\beta + \\epsilon$ and the estimator is $\\hat{\\beta} = (X^T X)^{-1} X^T Y$.\n\n"
SOFTMAX = "$$a_j = \\frac{e^{z_j}}{\\sum_k e^{z_k}}$$\n\n"
SLOPE = f"{SOFTMAX}$$\\frac{{\\partial a_j}}{{\\partial z_i}} = "
SQUARES = "Let $SS_{res} = \\sum_{i=1}^n (y_i - t)^2$.\n\n$$\\frac{\\partial SS_{res}}{\\partial t} = "
MANY = "Let $L = \\sum_{i=1}^I (w_i - m)^2$.\n\n$$\\frac{\\partial L}{\\partial m} = "
EXPANDED = "\\begin{aligned}\n(x + 1)^2 &= x^2 + 2 x + 1\\\\\\\n&= "
LIKELIHOOD = "Let $\\ell(m) = -\\frac12 \\sum_{i=1}^n (x_i - m)^2$.\n\n$$"
MATRICES = "Let $A, B$ be square matrices of the same size.\n\n"


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


@pytest.mark.parametrize(
    ("note", "right", "slip"),
    [
        # Vectors with Greek letters, and a capital beside one in a sum.
        (f"{MODEL}$$\\hat{{\\beta}} = ", "\\beta + (X^T X)^{-1} X^T \\epsilon", "\\beta + X^T \\epsilon"),
        # Cases at the end of a formula.
        (f"{SLOPE} a_i ", "(1 - a_i), \\quad i = j", "(1 + a_i), \\quad i = j"),
        # What a chain ends in is defined by it.
        ("$$(x + 1)^2 = x^2 + 2 x + 1 \\triangleq g(x)$$\n\n$$g'(x) = ", "2 x + 2", "2 x + 1"),
        ("$$(x + 1)^2 = x^2 + 2 x + 1 =: g(x)$$\n\n$$g'(x) = ", "2 x + 2", "2 x + 1"),
        # What a gradient is equal to tells the function.
        ("$$\\frac{d}{dx} g(x) = \\frac{d}{dx} x^3 = ", "3 x^2", "2 x^2"),
        # Functions and sums of squares in plain letters.
        (f"{MATRICES}$$tr(A B) = tr ", "B A", "A tr B"),
        ("Let $x > 0$.\n\n$$log x^2 = ", "2 logx", "3 logx"),
        (SQUARES, "-2 \\sum_{i=1}^n (y_i - t)", "2 \\sum_{i=1}^n (y_i - t)"),
        ("Let $0 < p < 1$ and $logit(p) = \\log \\frac{p}{1 - p}$.\n\n$$logit(p) = ", "-logit(1 - p)", "logit(1 - p)"),
        # A backslash at the end of a line.
        (EXPANDED, "1 + 2 x + x^2\n\\end{aligned}", "1 + x + x^2\n\\end{aligned}"),
        # Which sign a differential belongs to.
        ("Let $p(x, y)$ be a joint density.\n\n$$\\int x \\int p(x, y) dx dy = ", "\\int x p(x) dx", "\\int y p(y) dy"),
        # A logarithm of a law does not take in what is no law.
        (
            "Let $p(x)$ be a law.\n\n$$\\sum_x p(x) \\log p(x) f(x) = ",
            "\\sum_x p(x) f(x) \\log p(x)",
            "\\sum_x f(x) \\log p(x)",
        ),
        # What sums run to is a count, in formulas without these sums as well.
        (f"{LIKELIHOOD}\\frac{{d^2 \\ell}}{{d m^2}} = -n ", "< 0", "> 0"),
        # I as the number of terms.
        (MANY, "2 I m - 2 \\sum_{i=1}^I w_i", "2 m - 2 \\sum_{i=1}^I w_i"),
        # A law may depend on what it is differentiated by.
        (
            "$$\\nabla_\\theta \\sum_x P(x; \\theta) f(x) = ",
            "\\sum_x f(x) \\nabla_\\theta P(x; \\theta)",
            "\\sum_x f(x) P(x; \\theta)",
        ),
    ],
)
def test_an_idiom_and_a_slip_in_it(note, right, slip):
    end = "" if "aligned" in right else "$$"
    assert verdicts(f"{note}{right}{end}")[-1] in ("proved", "holds")
    assert verdicts(f"{note}{slip}{end}")[-1] == "wrong"


def test_a_greek_letter_that_scales_is_a_number():
    assert "wrong" not in verdicts("$$A \\gamma = \\gamma A, \\quad A^T A \\gamma = \\gamma A^T A$$")


def test_letters_side_by_side_are_a_product_where_no_trace_is_written():
    assert verdicts("Let $r, t \\in \\mathbb{R}$.\n\n$$tr + rt = 2 t r$$")[-1] == "proved"


def test_a_sign_of_definition_may_define_anew():
    assert verdicts("Let $f(x) = x^2$ and $h(x) = 3$.\n\n$$f(x) := h(x)$$") == ["conditional"]
