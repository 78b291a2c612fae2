"""Derivatives by a name of what is taken at one of its members."""

import pytest

from errata.language.gradients_at_members import point_of, replaced
from errata.language.knowledge import Knowledge
from errata.language.scope import Definition, Scope
from errata.language.terms import Apply, Entry, Name, Product, Sum

U, FIRST, MEMBER = Name("u"), Name("u_{0}"), Entry(Name("u"), (Name("k"),))


def f(*arguments):
    return Apply(Name("f"), arguments)


def knowledge(iterates=frozenset(), **definitions):
    known = {symbol: Definition(symbol, (), body) for symbol, body in definitions.items()}
    return Knowledge(Scope(definitions=known), iterates=iterates)


def test_the_point_at_which_a_function_is_taken():
    assert point_of(f(FIRST), U, knowledge()) == FIRST
    assert point_of(Product((f(FIRST), f(Name("x"), FIRST))), U, knowledge()) == FIRST
    assert replaced(f(FIRST), FIRST, Name("v")) == f(Name("v"))


@pytest.mark.parametrize(
    "body",
    [
        f(U),
        Sum((f(FIRST), U)),
        Sum((f(FIRST), FIRST)),
        Sum((f(FIRST), f(Name("u_{1}")))),
        f(Name("v_{0}")),
        f(Name("ux")),
    ],
    ids=str,
)
def test_what_is_no_single_point(body):
    assert point_of(body, U, knowledge()) is None


def test_a_point_that_depends_on_the_variable_is_none():
    known = Knowledge(Scope(definitions={"u'": Definition("u'", (), Sum((U, Name("s"))))}))
    assert point_of(f(Name("u'")), U, known) is None


def test_a_member_of_a_family_is_a_point_where_the_family_goes_on_step_by_step():
    assert point_of(f(MEMBER), U, knowledge()) is None
    assert point_of(f(MEMBER), U, knowledge(frozenset("u"))) == MEMBER
    assert point_of(f(MEMBER), U, knowledge(frozenset("u")), bound=("k",)) is None
