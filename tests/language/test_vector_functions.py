"""Undeclared functions in bold have vectors for values, unless something else is told or seen of them."""

import pytest
from reading_helpers import claims_of

from errata.language.shapes import Arrays
from errata.language.sorts import Function, Real, Vector
from errata.language.terms import Apply, Comparison, Name, Number, Product
from errata.language.vector_functions import with_vector_functions

BOLD = "\\mathbf{\\psi}"


def call(function, *arguments, order=0):
    return Apply(Name(function), tuple(Name(a) for a in arguments), (), order)


def guessed(*terms, sorts=(), taken=()):
    statements = [Comparison("=", term, Number(0)) for term in terms]
    return with_vector_functions(Arrays({}), statements, dict(sorts), taken).sorts


def test_a_bold_function_has_vectors_for_values():
    found = guessed(call(BOLD, "\\mathbf{z}"))
    assert set(found) == {BOLD}
    assert isinstance(found[BOLD], Function)
    assert found[BOLD].arguments == (Real(),)
    assert isinstance(found[BOLD].value, Vector)


@pytest.mark.parametrize(
    "terms",
    [
        [call("\\psi", "z")],
        [call("\\mathbf{B}", "z")],
        [call(BOLD, "\\mathbf{Z}")],
        [call(BOLD, "z", order=1)],
        [call(BOLD, "z"), call(BOLD, "z", "y")],
        [Product((Name(BOLD), call(BOLD, "z")))],
    ],
)
def test_what_is_seen_otherwise_is_left_alone(terms):
    assert guessed(*terms) == {}


def test_what_is_told_is_left_alone():
    assert guessed(call(BOLD, "z"), sorts={BOLD: Function((Real(),), Real())}.items()) == {}
    assert guessed(call(BOLD, "z"), taken={BOLD}) == {}


def test_a_function_whose_value_is_transposed_has_vectors_for_values():
    claim = claims_of("$$\\phi(x)^T \\phi(y) = \\phi(y)^T \\phi(x)$$")[0].statement
    assert isinstance(claim.scope.sorts["\\phi"].value, Vector)


def test_a_number_between_two_vectors_stays_one():
    claim = claims_of("$$x^T f(a) x = f(a) x^T x$$")[0].statement
    assert claim.scope.sorts["f"].value == Real()
