r"""Ranges that averages tell: \frac{1}{N} \sum_i."""

import pytest

from errata.language.averages import perhaps_counts, ranges_of_averages
from errata.language.parsing import Parsing


def formulas(*latex):
    return [row.nodes for text in latex for row in Parsing({}).rows(text)]


def ends(*latex):
    found = ranges_of_averages(formulas(*latex))
    return {index: (low[0].text, high[0].text) for index, (low, high) in found.items()}


@pytest.mark.parametrize(
    ("latex", "found"),
    [
        (r"\frac{1}{N} \sum_i x_i", {"i": ("1", "N")}),
        (r"\frac1n \sum_i x_i", {"i": ("1", "n")}),
        (r"\frac{\sum_{k} x_k}{n}", {"k": ("1", "n")}),
        (r"\frac{1}{2m} \sum_i x_i", {"i": ("1", "m")}),
        (r"\frac{1}{T} \sum_i x_i", {}),
        (r"\frac{1}{n} \sum_{i=1}^m x_i", {}),
        (r"\frac{a}{n} \sum_i x_i", {}),
        (r"\frac{1}{n} \prod_i x_i", {}),
        (r"\frac{1}{n} + \sum_i x_i", {}),
    ],
)
def test_ranges(latex, found):
    assert ends(latex) == found


def test_averages_that_do_not_agree_tell_nothing():
    assert ends(r"\frac{1}{n} \sum_i x_i", r"\frac{1}{m} \sum_i y_i") == {}


def test_other_letters_may_count():
    assert perhaps_counts(formulas(r"\frac{1}{T} \sum_t x_t + \frac{1}{n} \sum_i y_i")) == {"T"}
