r"""Squares that are variables: \sigma^2."""

import pytest
from reading_helpers import claims_of

from errata.language.parsing import Parsing
from errata.language.printer import to_latex, to_text
from errata.language.squared_variables import squared_variables


def formulas(*latex):
    return [row.nodes for text in latex for row in Parsing({}).rows(text)]


@pytest.mark.parametrize(
    ("latex", "squared"),
    [
        (r"\frac{\partial f}{\partial \sigma^2} = \sigma^{-4}", {"\\sigma"}),
        (r"\frac{d}{d\sigma^2} \hat\sigma^2", {"\\sigma", "\\hat{\\sigma}"}),
        (r"\ell(\mu, \sigma^2) = \sigma^2", {"\\sigma"}),
        (r"\mathcal{N}(\mu, \sigma^2)", set()),
        (r"\frac{\partial f}{\partial \sigma^2} = \sigma", set()),
        (r"\frac{\partial f}{\partial \sigma^2} = \sigma^3", set()),
        (r"\frac{\partial^2 f}{\partial \sigma^2}", set()),
        (r"\frac{\partial f}{\partial x^2}", set()),
    ],
)
def test_squares(latex, squared):
    assert squared_variables(formulas(latex)) == squared


def test_they_are_written_as_squares():
    claim = claims_of(r"$$\frac{d}{d\sigma^2} \log \sigma^4 = \frac{2}{\sigma^2}$$")[0].statement.readings[0]
    assert to_text(claim.right) == "2/σ²"
    assert to_latex(claim.right) == r"\frac{2}{\sigma^2}"
