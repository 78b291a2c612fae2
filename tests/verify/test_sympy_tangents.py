"""Bounds by tangents: inequalities of information theory are shown, and what is false is not."""

import math

import pytest
import sympy

from errata.verify.sympy_tangents import is_nonnegative_by_tangents
from errata.verify.sympy_zero import Deadline

a, b, c, d, u = sympy.symbols("a b c d u", positive=True)
P, Q = (a / (a + b), b / (a + b)), (c / (c + d), d / (c + d))
M = tuple((p + q) / 2 for p, q in zip(P, Q, strict=True))


def divergence(p, q):
    return sum(x * sympy.log(x / y) for x, y in zip(p, q, strict=True))


def entropy(p):
    return -sum(x * sympy.log(x) for x in p)


TRUE = {
    "divergence": divergence(P, Q),
    "entropy": entropy(P),
    "entropy is at most log 2": sympy.log(2) - entropy(P),
    "cross-entropy is at least entropy": -sum(p * sympy.log(q) for p, q in zip(P, Q, strict=True)) - entropy(P),
    "jensen": sympy.log(sum(p * y for p, y in zip(P, (c, d), strict=True)))
    - sum(p * sympy.log(y) for p, y in zip(P, (c, d), strict=True)),
    "jensen-shannon": divergence(P, M) + divergence(Q, M),
    "tangent": u - 1 - sympy.log(u),
}
FALSE = {
    "a term of a divergence": P[0] * sympy.log(P[0] / Q[0]),
    "entropy is at most 0.69": sympy.Rational(69, 100) - entropy(P),
    "divergence is at least 1/100": divergence(P, Q) - sympy.Rational(1, 100),
    "jensen the other way": sum(p * sympy.log(y) for p, y in zip(P, (c, d), strict=True))
    - sympy.log(sum(p * y for p, y in zip(P, (c, d), strict=True))),
    "a tangent that is too high": u - sympy.Rational(11, 10) - sympy.log(u),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_shown(name):
    assert is_nonnegative_by_tangents(TRUE[name], {}, Deadline(math.inf))


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_not(name):
    assert not is_nonnegative_by_tangents(FALSE[name], {}, Deadline(math.inf))
