import pytest
from prose_helpers import said, sorts

from errata.language.scope import Definition
from errata.language.sorts import Function, Matrix, Real
from errata.language.terms import Elementary, MatrixOperation, Name

N = Name("n")
SQUARE = Matrix(N, N)


@pytest.mark.parametrize(
    ("sentence", "symbol", "function"),
    [
        (
            "Let $X = X(t)$ be a real $n \\times n$ matrix whose entries are smooth functions of the scalar $t$.",
            "X",
            Function((Real(),), SQUARE, on=("t",)),
        ),
        (
            "Let $J$ be a differentiable scalar function of $x \\in \\mathbb{R}$.",
            "J",
            Function((Real(),), Real(), on=("x",)),
        ),
        ("Suppose $y$ depends smoothly on $u$.", "y", Function((Real(),), Real(), on=("u",))),
    ],
)
def test_what_a_quantity_depends_on(sentence, symbol, function):
    assert function == sorts(said(sentence))[symbol]


def test_a_function_of_a_defined_matrix():
    matrices = "Let $A \\in \\mathbb{R}^{n\\times n}$ be invertible, $W = A^{-1}$"
    found = said(f"{matrices}, and let $J$ be a scalar function of $W$.")
    assert sorts(found)["J"].on == ("W",)
    assert "J" not in found.not_understood


def test_a_standard_function_by_name():
    (defined,) = said("Let $\\sigma$ be the logistic sigmoid function, applied entrywise.").definitions
    assert Definition("\\sigma", ("\\xi",), Elementary("sigmoid", (Name("\\xi"),))) == defined


def test_softmax_of_something():
    (defined,) = said("Let $p$ be the softmax of $z$.").definitions
    assert Definition("p", (), MatrixOperation("softmax", (Name("z"),))) == defined


@pytest.mark.parametrize("words", ["the softmax output", "the logistic regression weight", "a sigmoid unit"])
def test_the_name_of_a_function_within_other_words_defines_nothing(words):
    assert said(f"Let $w$ be {words}.").definitions == ()


def test_a_function_may_be_taken_entry_by_entry():
    found = said("Let $\\sigma(z) = \\frac{1}{1+e^{-z}}$ be the sigmoid, applied elementwise to vectors.")
    assert "entrywise" in sorts(found)["\\sigma"].properties
    assert not found.not_understood
