import pytest
from prose_helpers import said

from errata.language.scope import Layout

DENOMINATOR, NUMERATOR = Layout("denominator", "denominator"), Layout("numerator", "numerator")


@pytest.mark.parametrize(
    ("sentence", "layout"),
    [
        ("Derivatives are in denominator layout.", DENOMINATOR),
        ("We use numerator layout, so $\\frac{\\partial y}{\\partial x}$ is the Jacobian.", NUMERATOR),
        ("The gradient $\\nabla f$ is a column vector.", Layout(numbers="denominator")),
        ("The derivative of a scalar by a vector is a row vector, e.g. $\\frac{\\partial f}{\\partial x}$.",
         Layout(numbers="numerator")),
        ("The Jacobian has the $(i,j)$ entry $\\frac{\\partial y_i}{\\partial x_j}$.", Layout(vectors="numerator")),
        ("The $(i,j)$ entry is $\\frac{\\partial y_j}{\\partial x_i}$.", Layout(vectors="denominator")),
        ("Here $\\frac{\\partial f}{\\partial X}$ is the symmetric-structured derivative.", Layout(symmetric=True)),
        ("This is in numerator layout, not in denominator layout, as $x$ shows.", Layout()),
        ("Let $x \\in \\mathbb{R}^n$.", Layout()),
    ],
)  # fmt: skip
def test_what_is_said_of_the_layout(sentence, layout):
    assert said(sentence).layout == layout


def test_a_sentence_may_declare_names_too():
    found = said("Let $A \\in \\mathbb{R}^{m\\times n}$ and use numerator layout.")
    assert found.layout == NUMERATOR
    assert [d.symbol for d in found.declarations] == ["A"]
    assert not found.not_understood
