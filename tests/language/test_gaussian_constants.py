"""What the constant of a Gaussian density tells of the size of its covariance matrix."""

import pytest
from reading_helpers import term_of

from errata.language.gaussian_constants import dimension_told
from errata.language.terms import Name, Product, subterms


def told(latex):
    found = [dimension_told(t) for t in subterms(term_of(latex)) if isinstance(t, Product)]
    return next((pair for pair in found if pair is not None), None)


@pytest.mark.parametrize(
    "latex",
    [
        "\\frac{1}{(2\\pi)^{D/2} |\\Sigma|^{1/2}}",
        "(2\\pi)^{-\\frac{D}{2}} |\\Sigma|^{-\\frac{1}{2}}",
        "\\frac{1}{\\sqrt{(2\\pi)^D |\\Sigma|}}",
        "(2\\pi)^{D/2} \\sqrt{|\\Sigma|}",
    ],
)
def test_the_constant_tells_the_dimension(latex):
    assert told(latex) == (Name("\\Sigma"), Name("D"))


@pytest.mark.parametrize(
    "latex",
    [
        "(2\\pi)^{D/2} |\\Sigma|",
        "(2\\pi)^{1/2} |\\Sigma|^{1/2}",
        "(3\\pi)^{D/2} |\\Sigma|^{1/2}",
        "(2\\pi)^{D/2} \\Sigma",
    ],
)
def test_other_products_tell_none(latex):
    assert told(latex) is None
