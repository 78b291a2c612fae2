"""Members of families by which a loss is differentiated, as names of their own."""

from fractions import Fraction

from errata.language.loss_members import members_of, named, unfolded, with_last_members
from errata.language.scope import Definition
from errata.language.terms import Derivative, Entry, Name, Negative, Number, Product, Sum

LOSS, T = Name("L"), Name("t")
ONE = Number(Fraction(1))
NEXT, BEFORE = Sum((T, ONE)), Sum((T, Negative(ONE)))


def member(family, place=T):
    return Entry(Name(family), (place,))


def by(variable):
    return Derivative(LOSS, variable)


STEPS = {
    "h": Definition("h", ("t",), Sum((Product((Name("w"), member("h", BEFORE))), member("x"))), entry_wise=True),
    "o": Definition("o", ("t",), Product((Name("v"), member("h"))), entry_wise=True),
}


def is_end(index):
    return index == "T"


def test_members_that_a_loss_is_differentiated_by():
    sides = (by(member("h")), Sum((by(member("o")), by(Name("w")), Derivative(Name("J"), member("x")))))
    assert members_of("L", sides) == (member("h"), member("o"))


def test_members_become_names_that_formulas_give_by_the_others():
    sides = (by(member("h")), Sum((by(member("h", NEXT)), by(member("o")))))
    found = named("L", sides, STEPS, {}, is_end)
    assert {member("h", NEXT), member("o")} == found.places.keys()
    assert found.written(sides[1]) == Sum((by(found.places[member("h", NEXT)]), by(found.places[member("o")])))
    assert set(found.loss.on) == set(found.places.values())
    bodies = {d.symbol: d.body for d in found.definitions}
    assert bodies[found.places[member("o")].symbol] == Product((Name("v"), member("h")))


def test_a_way_that_is_not_among_them():
    assert named("L", (by(member("h")), by(member("o"))), STEPS, {}, is_end) is None
    assert named("L", (by(member("h")), by(member("h", NEXT))), STEPS, {}, is_end) is None


def test_nothing_comes_after_the_last_member():
    last = Name("T")
    assert named("L", (by(member("h", last)), by(member("o", last))), STEPS, {}, is_end) is not None


def test_weights_of_all_members_are_no_variable():
    assert named("L", (by(Name("v")), by(member("o"))), STEPS, {}, is_end) is None


def test_last_members_are_read_as_members():
    families = {"h"}
    assert with_last_members(by(Name("h_{T}")), families) == by(member("h", Name("T")))
    assert with_last_members(by(Name("g_{T}")), families) == by(Name("g_{T}"))
    assert with_last_members(by(Name("h_{t}")), families) == by(Name("h_{t}"))


def test_members_that_others_of_their_kind_give_are_not_written_out():
    assert unfolded(member("o"), {"o": STEPS["o"]}) == Product((Name("v"), member("h")))
    assert unfolded(member("h"), {"h": STEPS["h"]}) is None
