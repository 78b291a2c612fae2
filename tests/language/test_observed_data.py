"""Data that a model with noise explains."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

LEAST_SQUARES = (
    "The regression model is $y = X w + \\epsilon$, and the loss is $L(w) = \\|y - X w\\|_2^2$.\n\n$$\\nabla_w L(w) = "
)
NUMBERS = (
    "For data $w, x, \\epsilon \\in \\mathbb{R}$ let $y = w x + \\epsilon$ and $L = (y - w x)^2$.\n\n"
    "$$\\frac{\\partial L}{\\partial w} = "
)


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


@pytest.mark.parametrize(
    ("note", "right", "slip"),
    [
        (LEAST_SQUARES, "-2 X^T (y - X w)", "2 X^T (y - X w)"),
        (NUMBERS, "-2 x (y - w x)", "2 x (y - w x)"),
        # What was observed may be differentiated itself, and a draw moves with its mean.
        ("Let $y = w x + \\epsilon$.\n\n$$\\frac{\\partial y}{\\partial w} = ", "x", "2 x"),
        (
            "Let $m, \\epsilon \\in \\mathbb{R}$ and $z = m + \\epsilon$.\n\n$$\\frac{\\partial}{\\partial m} z^2 = ",
            "2 z",
            "z",
        ),
    ],
)
def test_a_loss_of_data_is_differentiated_with_the_data_held(note, right, slip):
    assert verdicts(f"{note}{right}$$")[-1] in ("proved", "holds")
    assert verdicts(f"{note}{slip}$$")[-1] == "wrong"


@pytest.mark.parametrize("lead", ["The reparameterization is", "Let"])
def test_what_may_be_drawn_moves_and_no_refutation_rests_on_it(lead):
    drawn = f"{lead} $z = m + \\epsilon$ with $m, \\epsilon \\in \\mathbb{{R}}$ and $L = (z - m)^2 + z^2$.\n\n"
    assert verdicts(f"{drawn}$$\\frac{{d L}}{{d m}} = 2 z$$")[0] in ("proved", "holds")
    assert verdicts(f"{drawn}$$\\frac{{d L}}{{d m}} = -2 (z - m)$$") == ["undecided"]


def test_a_count_is_no_noise():
    note = "The data has $n$ points, $n, w \\in \\mathbb{R}$. Let $c = w^2 + n$ and $L = (c - w)^2$.\n\n"
    assert verdicts(f"{note}$$\\frac{{d L}}{{d w}} = -2 (c - w)$$")[-1] == "wrong"
