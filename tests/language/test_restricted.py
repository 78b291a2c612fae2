"""Which claims a condition in words may be on, and until where."""

from __future__ import annotations

import pytest

from errata.language.conditions_in_words import Restriction
from errata.language.restricted import InForce, put_in_force, restricting
from errata.language.scope import Definition, Scope
from errata.language.sorts import Law, Matrix, RandomVariable, Real, Vector
from errata.language.terms import Comparison, Expectation, Name, Number, Product, StandardLaw

A, X, B = Name("A"), Name("x"), Name("b")
N = Name("n")
SORTS = {"A": Matrix(N, N), "x": Vector(N), "n": Real(low=1.0, low_open=False, integer=True), "b": Real()}


def words(about, terms, scope, **kept):
    restriction = Restriction("it is so", about, lasting=True, universal=False)
    return [told.words for told in restricting(terms, scope, [InForce(restriction, None, **kept)], 0)]


@pytest.mark.parametrize(
    ("about", "term", "restricts"),
    [
        ("matrices", A, True),
        ("matrices", X, False),
        ("arrays", X, True),
        ("arrays", B, False),
        ("numbers", B, True),
        ("numbers", N, False),
        ("integers", N, True),
        ("integers", B, True),
        ("integers", A, False),
        ("symmetry", A, True),
        ("symmetry", B, False),
        ("chance", B, False),
        ("anything", B, True),
    ],
)
def test_a_condition_is_on_things_of_its_kind(about, term, restricts):
    assert bool(words(about, [term], Scope(sorts=SORTS))) is restricts


def test_definitions_are_followed():
    scope = Scope(sorts=SORTS, definitions={"y": Definition("y", (), Product((A, X)))})
    assert words("matrices", [Name("y")], scope) == ["it is so"]


def test_a_name_declared_later_is_spared():
    assert words("matrices", [A], Scope(sorts=SORTS), spared=frozenset("A")) == []


def test_a_law_that_is_told_by_a_formula_is_not_open():
    normal = StandardLaw("normal", (Number(0), Number(1)))
    mean = Expectation((), Name("X"))
    assert words("laws", [mean], Scope(sorts={"X": RandomVariable("x")})) == ["it is so"]
    assert words("laws", [mean], Scope(sorts={"X": RandomVariable("x", normal)})) == []
    assert words("laws", [Name("p")], Scope(sorts={"p": Law(("x",))})) == ["it is so"]


def test_a_bound_on_a_random_variable_that_is_not_used():
    bound = Comparison("<=", Product((Name("X"), Name("X"))), Number(1))
    scope = Scope(sorts={"X": RandomVariable("x")}, assumptions=(bound,))
    assert restricting([Expectation((), Name("X"))], scope, (), 0)
    assert not restricting([Name("b")], scope, (), 0)


def test_a_case_ends_with_its_section_and_what_is_set_does_not():
    case = Restriction("if so", "anything", lasting=False, universal=False)
    rule = Restriction("so", "anything", lasting=True, universal=True)
    known = put_in_force(put_in_force([], [case], 1, ()), [rule], 1, ())
    assert [r.restriction.words for r in known] == ["if so", "so"]
    after = put_in_force(known, [], 2, {"A"})
    assert [(r.restriction.words, r.spared) for r in after] == [("so", frozenset())]
    assert put_in_force(known, [], 1, {"A"})[0].spared == {"A"}


def test_what_is_said_again_is_on_what_was_declared_since():
    again = Restriction("it is so", "anything", lasting=True, universal=False)
    known = put_in_force(put_in_force([], [again], 1, ()), [], 1, {"B"})
    assert known[0].spared == {"B"}
    assert [r.spared for r in put_in_force(known, [again], 1, {"C"})] == [frozenset()]


def test_a_condition_on_one_name_restricts_no_other():
    only = Restriction("a symmetric matrix B", "matrices", lasting=True, universal=False, names=("B",))
    scope = Scope(sorts={**SORTS, "B": Matrix(N, N)})
    (told,) = restricting([Product((A, Name("B")))], scope, [InForce(only, None)], 0)
    assert told.names == ("B",)
    assert restricting([A], scope, [InForce(only, None)], 0) == ()
