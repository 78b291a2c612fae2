"""Indices that stand for any member of a family."""

from errata.language.free_members import free_members
from errata.language.sorts import Family, Real
from errata.language.statements import Reading
from errata.language.terms import Aggregate, Binder, Entry, IndexSet, Name, Sum

N, X = Name("n"), Name("x")
MEMBER = Entry(X, (N,))
SORTS = {"x": Family((None,), Real())}


def members(left, right, sorts=SORTS, announced=("x",), letters=("n",)):
    return free_members(Reading("=", left, right), sorts, announced, {"x": letters})


def test_an_index_of_a_declared_family_is_any():
    assert {"n"} == members(MEMBER, MEMBER)


def test_a_family_with_a_count_has_a_last_member():
    assert not members(MEMBER, MEMBER, {"x": Family((N,), Real())})


def test_other_letters_at_the_family():
    assert not members(MEMBER, MEMBER, letters=("n", "m"))


def test_what_is_not_declared():
    assert not members(MEMBER, MEMBER, announced=())


def test_an_index_that_is_declared_or_computed_with():
    assert not members(MEMBER, MEMBER, announced=("x", "n"))
    assert not members(MEMBER, Sum((MEMBER, N)))


def test_an_index_that_is_bound():
    assert not members(Aggregate("sum", Binder(N, IndexSet("n")), MEMBER), MEMBER)
