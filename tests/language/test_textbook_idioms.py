"""Idioms of textbooks and course notes, each right and with a slip; every example is judged as a whole."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

SOFTMAX = "Let $p_i = \\frac{e^{z_i}}{\\sum_{j=1}^K e^{z_j}}$.\n\n"


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


@pytest.mark.parametrize(
    ("note", "right", "slip"),
    [
        # A function that is named without its variable, and called at it.
        (
            "Let $w \\in \\mathbb{R}^D$ and\n\n$$g = \\sum_i w_i^2$$\n\nThen\n\n$$\\frac{\\partial "
            "g(w)}{\\partial w} = ",
            "2 w",
            "w",
        ),
        # A diagonal of numbers with an index.
        (
            "Let $X \\in \\mathbb{R}^{n \\times d}$ have rows $x_i^\\top$, let $w \\in "
            "\\mathbb{R}^n$, $W = \\mathrm{diag}(w_i)$."
            "\n\n$$\\sum_{i=1}^n w_i x_i x_i^\\top = ",
            "X^\\top W X",
            "X W X^\\top X",
        ),
        # A capital that may be a law is an objective where it is differentiated.
        (
            "Let $Q(\\theta_A) = \\theta_A^2$. Then\n\n$$\\frac{\\partial Q}{\\partial \\theta_A} = ",
            "2 \\theta_A",
            "\\theta_A",
        ),
        # Lengths that are told by one index.
        (
            f"{SOFTMAX}The loss is $L = -\\sum_i y_i \\log p_i$ where $y$ is a one-hot vector. Then\n\n"
            "$$\\frac{\\partial L}{\\partial z_i} = ",
            "p_i - y_i",
            "y_i - p_i",
        ),
        # A parameter of the law that the mean is over is no new name.
        (
            "Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$. By definition\n\n$$\\sigma^2 = E[(X - \\mu)^2] = ",
            "E[X^2] - \\mu^2",
            "E[X^2]",
        ),
        # A law without its point.
        (
            "Let $p(x) = \\mathcal{N}(\\mu, \\sigma^2)$.\n\n$$\\int p(x) \\log p(x) dx = ",
            "-\\frac12 (1 + \\log 2 \\pi \\sigma^2)",
            "-\\frac12 \\log 2 \\pi \\sigma^2",
        ),
        # An estimate that solves an equation.
        (
            "Let $x_1, \\dots, x_n$ be positive, $\\lambda > 0$ and $\\ell(\\lambda) = n \\log "
            "\\lambda - \\lambda \\sum_{i=1}^n x_i$."
            "\n\n$$\\frac{d \\ell}{d\\lambda} = \\frac{n}{\\lambda} - \\sum_{i=1}^n x_i = 0 \\implies \\hat\\lambda = ",
            "\\frac{n}{\\sum_{i=1}^n x_i}",
            "\\frac{\\sum_{i=1}^n x_i}{n}",
        ),
        # What is to be shown under a hypothesis.
        (
            "**Exercise.** Show that if $x$ and $y$ are independent, then their covariance is "
            "zero.\n\n**Solution.** We have\n\n"
            "$$\\operatorname{cov}[x, y] = E[xy] - E[x] E[y] = ",
            "0",
            "1",
        ),
        # n_{in} is a word, and not the member of n that i and n tell.
        (
            "The weights $w_{ij}$ are i.i.d. with mean $0$ and variance $\\sigma^2$. The inputs "
            "$x_j$ have zero mean and variance "
            "$\\gamma^2$, and are independent of $w_{ij}$ and of each other.\n\n$$E[x_j] = 0$$\n\n"
            "$$\\operatorname{Var}\\left[\\sum_{j=1}^{n_{in}} w_{ij} x_j\\right] = ",
            "n_{in} \\sigma^2 \\gamma^2",
            "n_{in} \\sigma^2 + \\gamma^2",
        ),
    ],
)
def test_an_idiom_and_a_slip_in_it(note, right, slip):
    assert verdicts(f"{note}{right}$$")[-1] in ("proved", "holds")
    assert verdicts(f"{note}{slip}$$")[-1] == "wrong"


def test_what_depends_on_the_variable_may_be_held_fixed_where_words_say_so():
    note = (
        "In the E-step $\\gamma_i = \\frac{t}{t + h_i}$ with $t, h_i > 0$. In the M-step we "
        "maximize $Q(t) = \\sum_i \\gamma_i \\log t$:"
        "\n\n$$\\frac{\\partial Q}{\\partial t} = \\sum_i \\frac{\\gamma_i}{t}$$"
    )
    assert verdicts(note) == ["undecided"]
    assert verdicts(note.replace("In the E-step", "Let").replace("In the M-step we maximize", "Let")) == ["wrong"]


def test_a_chain_that_opens_with_zero_sets_to_zero_only_what_names_stand_in():
    assert "wrong" in verdicts("Let $a \\in \\mathbb{R}$.\n\n$$0 = \\frac{d}{da} a = 1$$")
    at_the_minimum = "Let $a, w \\in \\mathbb{R}$, $J(w) = w^2 - 2 a w$.\n\n$$0 = \\frac{d}{dw} J(w) = 2w - 2a$$"
    assert "wrong" not in verdicts(at_the_minimum)
