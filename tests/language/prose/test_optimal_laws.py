"""Laws told by what they make greatest."""

import pytest

from errata.language.prose.optimal_laws import optimal_law
from errata.language.prose.parts import Subject
from errata.language.scope import Definition
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Density,
    Functional,
    LawReference,
    Laws,
    Name,
    Product,
    Slot,
    Space,
    Sum,
)

Q, X, Z = Name("q"), Name("x"), Name("z")
OF_X = Density(Q, (Slot("x", X),))
GIVEN_X = Density(Q, (Slot("z", Z),), (Slot("x", X),))
JOINT = Density(Q, (Slot("x", X), Slot("z", Z)))
HEAD = Subject("q^{*}", arguments=("x",))
BARE = Functional("kl", (LawReference(Q), LawReference(Name("p"))))


def over_x(body):
    return Aggregate("sum", Binder(X, Space("x")), body)


def test_the_law_is_the_place_of_the_extremum():
    found = optimal_law(HEAD, "argmax", over_x(OF_X), ())
    own = Density(Name("q^{*}"), (Slot("x", X),))
    assert Definition("q^{*}", (), Aggregate("argmax", Binder(Name("q^{*}"), Laws()), over_x(own))) == found


def test_a_functional_is_written_out():
    known = [Definition("L", ("r",), over_x(Density(Name("r"), (Slot("x", X),))))]
    written = optimal_law(HEAD, "argmin", Apply(Name("L"), (LawReference(Q),)), known)
    assert optimal_law(HEAD, "argmin", over_x(OF_X), ()) == written


def test_another_part_of_the_law_stays():
    found = optimal_law(HEAD, "argmax", over_x(Product((OF_X, GIVEN_X))), ())
    assert found is not None
    assert Product((Density(Name("q^{*}"), (Slot("x", X),)), GIVEN_X)) == found.body.body.body


def test_a_bare_law_is_the_one_that_varies():
    found = optimal_law(HEAD, "argmax", Sum((over_x(OF_X), BARE)), ())
    assert found is not None
    assert LawReference(Name("q^{*}")) == found.body.body.terms[1].laws[0]


@pytest.mark.parametrize(
    "objective",
    [
        over_x(Product((OF_X, JOINT))),
        JOINT,
        BARE,
        over_x(Density(Name("p"), (Slot("x", X),))),
        Sum((over_x(Product((OF_X, GIVEN_X))), BARE)),
    ],
)
def test_where_it_is_unclear_what_varies(objective):
    assert optimal_law(HEAD, "argmax", objective, ()) is None


@pytest.mark.parametrize("head", [Subject("q", arguments=("x",)), Subject("q^{*}"), Subject("r", arguments=("x",))])
def test_the_head_is_another_name_of_it_at_points(head):
    assert optimal_law(head, "argmax", over_x(OF_X), ()) is None
