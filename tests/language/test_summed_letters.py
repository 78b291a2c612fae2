"""Letters that count because sums run over them."""

import pytest

from errata.language.grammar import parse_syntax
from errata.language.summed_letters import summed_letters
from errata.language.tokens import tokenize


@pytest.mark.parametrize(
    ("formulas", "found"),
    [
        ([r"\sum_a w_a r_a"], {"a"}),
        ([r"\sum_{a, b} w_{ab}"], {"a", "b"}),
        ([r"\sum_c n_c", "c"], {"c"}),
        ([r"\sum_x x w_x"], set()),
        ([r"\sum_a w_a", "a + 1"], set()),
        ([r"\sum_x p(x)"], set()),
        ([r"\sum_a f(a)"], set()),
        ([r"\sum_{a=1}^k w_a"], set()),
        (["w_a + w_b"], set()),
    ],
)
def test_summed_letters(formulas, found):
    assert summed_letters([parse_syntax(tokenize(f)) for f in formulas]) == found
