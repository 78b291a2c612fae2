"""What makes a law sum to one."""

from fractions import Fraction

import pytest

from errata.language.grammar import parse_syntax
from errata.language.normalisers import normalisers, still_names
from errata.language.scope import DensityDefinition
from errata.language.terms import Aggregate, Apply, Binder, Name, Number, Product, Quotient, Space
from errata.language.tokens import tokenize

X, Z, V, F = Name("x"), Name("Z"), Name("v"), Name("f")
VALUE = Apply(F, (X,))


def density(body):
    return DensityDefinition("p", (("x", "x"),), (), body)


@pytest.mark.parametrize("body", [Quotient(VALUE, Z), Product((Quotient(Number(Fraction(1)), Z), VALUE))])
def test_the_sum_of_what_is_divided(body):
    (defined,) = normalisers([density(body)]).values()
    assert ("Z", (), Aggregate("sum", Binder(X, Space("x")), VALUE)) == (
        defined.symbol,
        defined.parameters,
        defined.body,
    )


@pytest.mark.parametrize(
    "body", [Quotient(Name("k"), Z), Quotient(VALUE, Name("m")), Quotient(VALUE, Apply(Z, (X,))), VALUE]
)
def test_nothing_else_is_a_normaliser(body):
    assert normalisers([density(body)]) == {}


def test_one_name_below_two_laws_is_of_neither():
    body = Quotient(VALUE, Z)
    assert normalisers([density(body), DensityDefinition("q", (("x", "x"),), (), body)]) == {}


def test_a_parameter_that_is_hidden_must_stay_still():
    body = Quotient(VALUE, Apply(Z, (V,)))
    assert normalisers([density(body)]) == {}
    assert {"Z"} == normalisers([density(body)], frozenset("v")).keys()


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("p(x) = f(x; v) / Z(v)", True),
        ("\\log Z(v) = E_v", True),
        ("\\nabla_v \\log Z(v)", True),
        ("\\frac{\\partial}{\\partial v} \\log Z(v)", False),
        ("v = 3", False),
        ("Z(v) < Z(w)", False),
        ("\\max_v Z(v)", True),
    ],
)
def test_still_names(latex, expected):
    assert expected == ("v" in still_names([parse_syntax(tokenize(latex))]))
