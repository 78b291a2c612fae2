"""Absolute values within brackets."""

import pytest

from errata.language.absolute_values import with_absolute_values
from errata.language.grammar import parse_syntax
from errata.language.syntax import Group, everything
from errata.language.tokens import tokenize


def enclosed(latex):
    nodes = with_absolute_values(parse_syntax(tokenize(latex)))
    return sum(isinstance(n, Group) and n.opening == "|" for n in everything(nodes))


@pytest.mark.parametrize(
    ("latex", "count"),
    [
        (r"c(|r| - 1)", 1),
        (r"\max(|a|, |b|)", 2),
        (r"(|a| + |b|)^2", 2),
        (r"\exp(-|x|^2)", 1),
        (r"f(a, |b| + 1)", 1),
        ("p(x | y)", 0),
        ("p(x | |y|)", 0),
        ("KL(p || q)", 0),
        ("(||x||)", 0),
        ("(|x|_2)", 0),
        ("|x| + (1 + y)", 0),
        ("E[X | Y, |Z|]", 0),
    ],
)
def test_enclosed(latex, count):
    assert enclosed(latex) == count
