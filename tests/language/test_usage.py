"""How a document uses its names: laws, functions, indices, and the ranges of sums."""

from fractions import Fraction

import pytest

from errata.language.grammar import parse_syntax
from errata.language.terms import Name, Number
from errata.language.tokens import tokenize
from errata.language.usage import call_symbol, gather


def usage(*formulas):
    return gather([parse_syntax(tokenize(formula)) for formula in formulas])


def test_a_law_has_the_spaces_of_all_its_slots():
    law = usage(r"p(x, z) = p(x \mid z) p(z)").laws["p"]
    assert (law.all, law.given, law.free) == (("x", "z"), ("z",), ("x",))


def test_points_of_one_space_share_its_base_name():
    assert usage("p(x_n)", r"p(\tilde x)", "p(x')").laws["p"].all == ("x",)


@pytest.mark.parametrize(
    "formula", [r"\mathbb{E}_{x \sim q}[f(x)]", r"KL(q \| p)", "KL(p || q)", "E_q[x]", r"D_{KL}(p, q)", "H(q)"]
)
def test_a_name_is_a_law_where_only_laws_stand(formula):
    assert "q" in usage(formula).laws


def test_a_variable_in_capitals_is_no_law():
    assert usage("H(X)").laws == {}


def test_capitals_are_another_spelling_only_where_both_stand_for_laws():
    assert usage("P(x)", "p(x)").aliases == {"P": "p"}
    assert usage("P(x)", "p + 1").aliases == {}


@pytest.mark.parametrize(
    ("formulas", "functions"),
    [
        (["f(x)"], {"f"}),
        (["D(x) + 1"], {"D"}),
        (["V(D, G)"], {"V"}),
        (["a(b + c)"], set()),
        (["a(b)", "a + 1"], set()),
        (["2(x)"], set()),
        ([r"\frac{f(x)}{Z}"], {"f"}),
    ],
)
def test_what_is_applied_and_what_is_multiplied(formulas, functions):
    assert functions == usage(*formulas).functions


def test_what_is_divided_by_a_partition_function_is_no_law():
    found = usage(r"\frac{p(x)}{Z}")
    assert ("p" in found.functions, "p" in found.laws) == (True, False)


def test_a_function_takes_the_spaces_of_laws_only():
    assert usage("p(x)", "D(x)").arguments == {"D": ("x",)}
    assert usage("D(x)").arguments == {}


def test_a_letter_under_a_sum_counts_and_indexes():
    found = usage(r"\sum_{i=1}^n x_i")
    assert ({"i"}, {"x"}) == (found.indices, found.indexed)
    assert (Number(Fraction(1)), Name("n")) == found.ranges["i"]


def test_a_range_is_kept_only_where_all_sums_agree():
    assert usage(r"\sum_{i=1}^n x_i", r"\sum_{i=1}^m y_i").ranges == {}


def test_a_compound_subscript_counts():
    assert {"t"} == usage("x_{t+1}").indices


def test_a_slot_is_no_index():
    assert frozenset() == usage(r"\sum_{s=1}^n p(s)").indices


@pytest.mark.parametrize(
    ("latex", "symbol"),
    [
        ("p_\\theta", "p_{\\theta}"),
        ("D^*", "D^{*}"),
        ("f'", "f"),
        ("f^2", "f"),
        ("2", None),
        ("p_{\\text{data}}", "p_{data}"),
    ],
)
def test_the_symbol_of_what_a_bracket_follows(latex, symbol):
    [node] = parse_syntax(tokenize(latex))
    assert symbol == call_symbol(node)
