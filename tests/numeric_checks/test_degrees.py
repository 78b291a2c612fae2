"""Degrees of terms as polynomials, which say how many nodes a mean needs."""

from __future__ import annotations

import pytest
from numeric_builders import TWO, fn, minus, number, plus, times

from errata.language.scope import Definition, Recursion, Scope
from errata.language.terms import Entry, MatrixOperation, Name, Power, Quotient
from errata.numeric_checks.evaluate.degrees import degree_in

X, Y, A = (Name(s) for s in "xyA")
ROW = MatrixOperation("transpose", (X,))


@pytest.mark.parametrize(
    ("term", "degree"),
    [
        (times(X, ROW), 2),
        (MatrixOperation("trace", (times(X, ROW),)), 2),
        (MatrixOperation("squared_norm", (minus(X, Y),)), 2),
        (MatrixOperation("dot", (X, times(A, X))), 2),
        (Power(times(ROW, A, X), TWO), 4),
        (plus(Entry(X, (number(1),)), Y), 1),
        (Quotient(X, Y), 1),
        (Quotient(Y, X), None),
        (fn("exp", X), None),
        (fn("exp", Y), 0),
        (MatrixOperation("norm", (X,)), None),
        (MatrixOperation("inverse", (times(X, ROW),)), None),
    ],
)
def test_the_degree_in_one_name(term, degree):
    assert degree_in(term, {"x"}, Scope()) == degree


def test_definitions_are_followed():
    scope = Scope(definitions={"y": Definition("y", (), times(X, X))})
    assert degree_in(times(Y, X), {"x"}, scope) == 3


def test_a_recursion_that_depends_on_a_name_has_no_degree():
    def walk(step):
        return Scope(recursions={"h": Recursion("h", "t", plus(Entry(Name("h"), (Name("s"),)), step), ((0, A),))})

    value = times(Entry(Name("h"), (number(2),)), X)
    assert degree_in(value, {"x"}, walk(X)) is None
    assert degree_in(value, {"x"}, walk(Y)) == 1
