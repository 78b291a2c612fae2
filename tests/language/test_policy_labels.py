"""Policies above names: labels, not powers."""

import pytest

from errata.language import symbols
from errata.language.grammar import parse_syntax
from errata.language.syntax import Scripted
from errata.language.tokens import tokenize


@pytest.mark.parametrize(
    ("latex", "policy"),
    [
        (r"V^\pi", "\\pi"),
        (r"Q^{\pi'}", "\\pi'"),
        (r"\hat{V}^{\pi_\theta}", "\\pi_{\\theta}"),
        (r"V^2", ""),
        (r"x^\pi", ""),
        (r"V^{\pi + 1}", ""),
        (r"V_\pi", ""),
    ],
)
def test_policy_label(latex, policy):
    (node,) = parse_syntax(tokenize(latex))
    assert isinstance(node, Scripted)
    assert symbols.policy_label(node.base, node.upper) == policy
