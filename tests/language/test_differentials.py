import pytest
from reading_helpers import claims_of

from errata.language.sorts import Matrix
from errata.language.terms import At, Name, Product

DECLARED = "Let $X \\in \\mathbb{R}^{n\\times n}$ be symmetric with differential $\\mathrm{d}X$.\n\n"


def claim(text):
    return claims_of(text)[-1].statement


def test_the_differential_of_a_name_is_a_direction_of_its_kind():
    found = claim(DECLARED + "$$\\operatorname{tr}(\\mathrm{d}X) = 0$$")
    size = Name("n")
    assert found.scope.sorts["\\mathrm{d}X"] == Matrix(size, size, frozenset({"symmetric"}))


def test_the_differential_of_a_term_is_a_derivative_along_directions():
    reading = claim(DECLARED + "$$\\mathrm{d}(X X) = X\\,\\mathrm{d}X$$").readings[0]
    assert isinstance(reading.left, At)
    assert reading.right == Product((Name("X"), Name("\\mathrm{d}X")))


@pytest.mark.parametrize(
    "words",
    ["The differential entropy of $X$ is finite.", "The differential equation is linear.", "Here $X$ is square."],
)
def test_d_is_a_name_where_nobody_speaks_of_differentials(words):
    note = f"Let $X \\in \\mathbb{{R}}^{{n\\times n}}$ and $d \\in \\mathbb{{R}}$. {words}\n\n$$d X = X d$$"
    assert claim(note).readings[0].left == Product((Name("d"), Name("X")))
