"""Laws that factorise over a tuple, written out."""

import pytest

from errata.language.grammar import parse_syntax
from errata.language.mean_fields import is_tuple, mean_field, written_out
from errata.language.node_latex import latex_of_nodes
from errata.language.tokens import tokenize

FACTORS = "q(z) = \\prod_{i=1}^M q_i(z_i)"


def nodes(latex):
    return parse_syntax(tokenize(latex))


def field(*others):
    return mean_field([nodes(FACTORS), *map(nodes, others)])


def written(latex):
    text = latex_of_nodes(written_out(nodes(latex), field(latex)))
    return text.replace(" ", "").replace("{", "").replace("}", "")


def test_the_factors_are_found():
    found = field()
    assert (frozenset("q"), "z", "M", "M = 3") == (found.laws, found.variable, found.count, found.told)


def test_a_number_of_factors_is_that_number():
    found = mean_field([nodes("q(z) = \\prod_{i=1}^2 q_i(z_i)")])
    assert (found.length, found.told) == (2, "")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (FACTORS, "q(z_1,z_2,z_3)=q_1(z_1)q_2(z_2)q_3(z_3)"),
        ("H(q) = \\sum_i H(q_i)", "H(q)=H(q_1)+H(q_2)+H(q_3)"),
        ("\\sum_{i=1}^M a_i H(q_i) - c", "a_1H(q_1)+a_2H(q_2)+a_3H(q_3)-c"),
        ("\\prod_i q_i(z_i) \\log p(z)", "q_1(z_1)q_2(z_2)q_3(z_3)\\logp(z_1,z_2,z_3)"),
        ("q_j(z_j) \\prod_{i \\ne j} q_i(z_i)", "q_2(z_2)q_1(z_1)q_3(z_3)"),
        ("\\int q(z) d z", "\\int\\int\\intq(z_1,z_2,z_3)dz_1dz_2dz_3"),
        ("\\sum_z q(z)", "\\sum_z_1,z_2,z_3q(z_1,z_2,z_3)"),
        ("\\prod_i q_i(z_i) [ 1 - \\sum_i q_i(z_i) ]", "q_1(z_1)q_2(z_2)q_3(z_3)[1-q_1(z_1)+q_2(z_2)+q_3(z_3)]"),
    ],
)
def test_formulas_are_written_out(latex, expected):
    assert expected == written(latex)


@pytest.mark.parametrize("latex", ["M = 4", "z \\in R^M", "\\frac{1}{M}", "z^2", "q_i(z_j)", "\\sum_{i=1}^K q_i(z_i)"])
def test_where_they_do_not_fit_nothing_is_written_out(latex):
    assert field(latex) is None


def test_the_tuple_itself_is_left_alone():
    assert is_tuple(nodes("z = (z_1, \\dots, z_M)"), field())
    assert not is_tuple(nodes("z = (a_1, \\dots, a_M)"), field())


def test_many_signs_are_not_written_out():
    assert field("+".join(["\\sum_i q_i(z_i)"] * 50)) is None


def test_deep_sums_are_not_written_out():
    deep = "".join(f"\\sum_{letter} q_{letter}(z_{letter}) (" for letter in "abcdef") + "1" + ")" * 6
    assert field(deep) is None
