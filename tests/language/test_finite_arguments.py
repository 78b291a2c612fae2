"""Functions of finite sets."""

import pytest

from errata.language.finite_arguments import finite_functions
from errata.language.grammar import parse_syntax
from errata.language.tokens import tokenize
from errata.language.usage import call_symbol


def functions(formulas, others=frozenset()):
    return finite_functions([parse_syntax(tokenize(f)) for f in formulas], call_symbol, others).functions


@pytest.mark.parametrize(
    ("formulas", "found"),
    [
        ([r"\sum_a \pi(a) r(a)"], {"\\pi", "r"}),
        ([r"\sum_{a=1}^k r(a) + r(2)", "a"], {"r"}),
        ([r"\pi_t(x) = e^{H_t(x)} / \sum_b e^{H_t(b)}"], {"\\pi_{t}", "H_{t}"}),
        ([r"d(s) / \sum_{s'} d(s')"], {"d"}),
        ([r"\frac{\partial}{\partial H(a)} \sum_a H(a)"], {"H"}),
        ([r"\sum_s k(s, t)", r"\sum_t k(s, t)"], {"k"}),
    ],
)
def test_finite(formulas, found):
    assert functions(formulas) == found


@pytest.mark.parametrize(
    "formulas",
    [
        ["f(x) = x^2", r"\sum_k f(k)"],
        [r"\sum_k f(k)", r"\int f(x) dx"],
        [r"\sum_i i f(i)"],
        [r"\sum_s x(s) h(t - s)"],
        [r"\sum_k f(k) + f'(k)"],
        [r"\sum_k f(k) + f(0)"],
        [r"\sum_k f(k) + f"],
        [r"\sum_k \sigma(k)"],
        ["v(A) = 1", r"\sum_s v(s)"],
        ["v(a) = 1", r"\sum_s v(s)"],
        [r"\sum_s k(s, t)"],
        ["f(a) + f(b)"],
        [r"\sum_a f(a) + g(a + 1)"],
        [r"\nabla_\theta \sum_a \pi(a) r(a)"],
        [r"\frac{\partial}{\partial \theta} \sum_a \pi(a) r(a)"],
        [r"\partial_\theta \sum_a \pi(a) r(a)"],
        [r"J(t) = \sum_a w(a) f(a)", "J'(t)"],
    ],
)
def test_not_finite(formulas):
    assert not functions(formulas)


def test_laws_stay_laws():
    assert not functions([r"\sum_a \pi(a) r(a)"], {"\\pi", "a"})
