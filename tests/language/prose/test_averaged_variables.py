"""Names that a note averages are random variables where a sentence tells their moments."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.averaged_variables import with_random_variables
from errata.language.prose.independence import with_mutual_independence


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("The inputs $x_j$ have zero mean", "The inputs $x_j$ are random variables with zero mean"),
        ("$x_j$ and $x_k$ both have unit variance", "$x_j$ and $x_k$ are random variables with unit variance"),
        ("The inputs $y_j$ have zero mean", "The inputs $y_j$ have zero mean"),
        ("$x_j$ has an index", "$x_j$ has an index"),
    ],
)
def test_moments_of_what_is_averaged(told, read):
    assert with_random_variables(sentence(told), lambda latex: latex.startswith("x")).text == read


@pytest.mark.parametrize(
    "told", ["they are independent of $w$ and of each other", "they are independent of each other and of $w$"]
)
def test_independence_of_others_and_of_each_other(told):
    read = "they are mutually independent and independent of $w$"
    assert with_mutual_independence(sentence(told)).text == read
