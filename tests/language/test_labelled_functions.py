import pytest
from reading_helpers import claims_of

from errata.language.labelled_functions import label_of
from errata.language.sorts import Function
from errata.language.terms import Apply, Name, subterms


@pytest.mark.parametrize(
    ("symbol", "label"), [("f_{\\theta}", "\\theta"), ("f", ""), ("f_{w}", ""), ("f_{\\text{new}}", "")]
)
def test_a_label_is_a_greek_letter(symbol, label):
    assert label == label_of(symbol)


def test_the_label_is_an_argument_where_something_is_differentiated_by_it():
    note = "Let $g_\\theta: X \\to \\mathbb{R}$ and $\\theta \\in \\mathbb{R}$.\n\n$$\\nabla_\\theta g_\\theta(x) = 1$$"
    (claim,) = claims_of(note)
    (applied,) = [t for t in subterms(claim.statement.readings[0].left) if isinstance(t, Apply)]
    assert Name("\\theta") == applied.arguments[-1]
    sort = claim.statement.scope.sorts["g_{\\theta}"]
    assert isinstance(sort, Function) and len(sort.arguments) == 2


def test_elsewhere_it_is_only_part_of_the_name():
    note = "Let $g_\\theta: X \\to \\mathbb{R}$ and $\\theta \\in \\mathbb{R}$.\n\n$$g_\\theta(x)^2 = 1$$"
    (claim,) = claims_of(note)
    (applied,) = [t for t in subterms(claim.statement.readings[0].left) if isinstance(t, Apply)]
    assert len(applied.arguments) == 1
