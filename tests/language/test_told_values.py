"""Values told at a place are no definitions of functions."""

from __future__ import annotations

import pytest

from errata.language.scope import Definition
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Derivative,
    Expectation,
    Limit,
    Name,
    Number,
    Sum,
    Values,
)
from errata.language.told_values import told_by, told_place, with_told_values

ONE = Number(1)


def value(*arguments: str) -> Apply:
    return Apply(Name("V"), tuple(map(Name, arguments)))


@pytest.mark.parametrize("argument", ["A", "s_{1}", "x_0", "\\mathrm{left}"])
def test_names_of_places(argument: str) -> None:
    assert told_place(value(argument), ONE) == value(argument)
    assert told_by(Definition("V", (argument,), ONE)) == value(argument)


@pytest.mark.parametrize("argument", ["x", "s", "\\theta", "x_{i}"])
def test_names_of_variables(argument: str) -> None:
    assert told_place(value(argument), ONE) is None
    assert told_by(Definition("V", (argument,), ONE)) is None


def test_a_formula_defines() -> None:
    assert told_place(value("A"), Sum((Name("A"), ONE))) is None
    assert told_place(value("A", "x"), ONE) is None
    assert told_by(Definition("V", ("A",), ONE, entry_wise=True)) is None
    assert told_by(Definition("V", (), ONE)) is None


def test_values_are_put_in_where_they_are_told() -> None:
    term = Sum((value("A"), value("B")))
    assert with_told_values(term, {value("A"): ONE}) == Sum((ONE, value("B")))
    assert with_told_values(term, {}) is term


def test_names_that_move_are_no_places() -> None:
    values = {value("A"): ONE}
    for term in (
        Derivative(value("A"), Name("A")),
        Aggregate("max", Binder(Name("A"), Values()), value("A")),
        Limit(value("A"), Name("A"), ONE),
        Expectation((), value("A")),
    ):
        assert with_told_values(term, values) == term
    inside = Derivative(value("A"), Name("t"))
    assert with_told_values(inside, values) == Derivative(ONE, Name("t"))
