"""Which equations say that a joint law factorises along a graph."""

import pytest
from reading_helpers import claims_of

from errata.language.factorisations import Factor, factorisation
from errata.language.terms import Comparison


def equation(latex):
    reading = claims_of(f"Let $p(a,b,c)$ be a law. $${latex}$$")[-1].statement.readings[0]
    return Comparison("=", reading.left, reading.right)


@pytest.mark.parametrize(
    ("latex", "factors"),
    [
        ("p(a,b,c) = p(a|c)p(b|c)p(c)", [(("c",), ()), (("a",), ("c",)), (("b",), ("c",))]),
        ("p(a,b|c) = p(a|c)p(b|c)", [(("c",), ()), (("a",), ("c",)), (("b",), ("c",))]),
        ("p(a|b,c) = p(a|c)", [(("b", "c"), ()), (("a",), ("c",))]),
    ],
)
def test_parents_come_first(latex, factors):
    assert ("p", tuple(Factor(*f) for f in factors)) == factorisation(equation(latex))


@pytest.mark.parametrize(
    "latex",
    [
        "p(a,b,c) = p(a|b)p(b|c)p(c|a)",  # a cycle
        "p(a,b,c) = p(a|c)p(b|c)",  # c has no law
        "p(a,b,c) = p(a)p(a|b,c)p(b,c)",  # a twice
        "p(a,b,c) = 2p(a)p(b)p(c)",
    ],
)
def test_other_products_are_no_factorisations(latex):
    assert factorisation(equation(latex)) is None
