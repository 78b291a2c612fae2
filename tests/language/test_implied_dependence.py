"""Losses that no formula gives: what they are differentiated by, and what a relation says of them."""

import pytest

from errata.language.grammar import parse_syntax
from errata.language.implied_dependence import (
    differentiated,
    given_names,
    implied,
    is_certain,
    is_loss,
    losses,
    other_way,
)
from errata.language.scope import Definition, Scope
from errata.language.terms import Apply, Derivative, Name, Product, Sum
from errata.language.tokens import tokenize

W, X, Y, Z, LOSS = (Name(s) for s in ("w", "x", "y", "z", "L"))


def nodes(latex):
    return parse_syntax(tokenize(latex))


def scope(**definitions):
    return Scope(definitions={symbol: Definition(symbol, (), body) for symbol, body in definitions.items()})


def by(variable):
    return Derivative(LOSS, variable)


@pytest.mark.parametrize("symbol", ["L", "\\mathcal{L}", "J", "E", "C", "\\ell", "L_{reg}"])
def test_names_of_losses(symbol):
    assert is_loss(symbol)


@pytest.mark.parametrize("symbol", ["x", "\\mathbf{L}", "l", "\\Lambda", "\\mathbb{E}", "LL"])
def test_other_names(symbol):
    assert not is_loss(symbol)


def test_what_names_are_differentiated_by():
    formulas = (
        "\\frac{\\partial L}{\\partial W^{(1)}} = \\nabla_x L",
        "\\frac{dL}{d(x+y)}",
        "\\frac{\\partial f(x)}{\\partial x}",
    )
    assert differentiated(map(nodes, formulas)) == {"L": ("W^{(1)}", "x")}


@pytest.mark.parametrize(
    "formula",
    [
        "\\frac{dC}{dk} = \\frac{\\partial C}{\\partial k} + \\frac{\\partial C}{\\partial y}",
        "\\frac{\\mathrm{d}}{\\mathrm{d}k} C = \\frac{\\partial C}{\\partial k}",
        "\\frac{d^2 C}{dk^2} = \\frac{\\partial^2 C}{\\partial k^2}",
        "\\dv{C}{k} = \\pdv{C}{k}",
    ],
)
def test_total_derivatives_beside_partial_ones_tell_nothing(formula):
    assert differentiated([nodes(formula)]) == {}


def test_losses_that_a_formula_gives():
    formulas = ("L = a + b", "x = J = 2", "E > 0", "C + s = 1")
    assert given_names(map(nodes, formulas)) == {"L", "J"}


def test_a_loss_depends_on_the_last_quantities_that_are_given():
    known = scope(y=Product((W, X)), z=Apply(Name("f"), (Y,)))
    found = implied("L", (W, Y, Z), known)
    assert found.on == (Z,)
    assert Apply(Name("\\ell_{L}"), (Z,)) == found.definition.body


def test_nothing_is_implied_where_no_variable_is_given():
    assert implied("L", (W, X), scope()) is None
    assert implied("L", (Y,), scope(y=LOSS)) is None


def test_sums_of_a_loss_tell_of_it_too():
    known = scope(J=Sum((LOSS, Name("s"))))
    assert dict(losses({"J": [W, Y]}, known))["L"] == (W, Y)


def test_another_quantity_may_be_a_way_of_its_own():
    known = scope(y=Product((W, X)), z=Product((W, W)))
    loss = implied("L", (W, Y), known)
    full = scope(y=Product((W, X)), z=Product((W, W)), L=loss.definition.body)
    assert other_way(loss, (by(W), Product((by(Y), X))), full) == "z"
    assert other_way(loss, (by(X), Product((by(Y), W))), full) is None


def test_only_what_is_linear_in_the_derivatives_is_certain():
    loss = implied("L", (W, Y), scope(y=Product((W, X))))
    known = scope(y=Product((W, X)), L=loss.definition.body)
    assert is_certain(loss, (by(W), Product((by(Y), X))), known)
    assert not is_certain(loss, (by(W), Sum((Product((by(Y), X)), W))), known)
    assert not is_certain(loss, (by(W), Sum((by(Y), by(Z)))), known)
