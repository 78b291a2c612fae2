"""Where a formula uses a sign with a meaning of its note's own."""

from __future__ import annotations

import pytest

from errata.language.grammar import parse_syntax
from errata.language.own_signs import own_sign
from errata.language.tokens import tokenize


@pytest.mark.parametrize(
    ("latex", "sign", "uses"),
    [
        ("2 [x] y", "[", True),
        ("2 [x + y]", "[", False),
        ("E[X]", "[", False),
        (r"\{x\}^2", r"\{", True),
        ("|A| + 1", "|", True),
        ("p(x | z)", "|", False),
        (r"\|x\|^2", r"\|", True),
        (r"KL(p \| q)", r"\|", False),
        (r"\frac{a * b}{2}", "*", True),
        (r"a b", "*", False),
        (r"\log x", r"\log", True),
        (r"\langle x, y \rangle", r"\langle", True),
    ],
)
def test_uses(latex, sign, uses):
    assert own_sign(parse_syntax(tokenize(latex)), {sign: "something else"}) == (sign if uses else None)
