"""Letters of laws that are numbers."""

import pytest

from errata.language.grammar import parse_syntax
from errata.language.probabilities import probabilities
from errata.language.tokens import tokenize


@pytest.mark.parametrize(
    ("latex", "found"),
    [
        (r"H(p) = -(1-p)\log(1-p)", {"p"}),
        (r"(1-p)(1-q)", {"p", "q"}),
        ("1 - p_i", {"p_{i}"}),
        ("1 - p(x)", set()),
        ("2 - p", set()),
        ("1 - x", set()),
        (r"H(p)", set()),
    ],
)
def test_probabilities(latex, found):
    assert probabilities([parse_syntax(tokenize(latex))]) == found
