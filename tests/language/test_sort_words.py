"""Sorts in words."""

from fractions import Fraction

import pytest

from errata.language.sort_words import sort_in_words, space_in_words
from errata.language.sorts import (
    POSITIVE,
    SIZE,
    UNIT,
    AbstractSpace,
    EuclideanSpace,
    Family,
    FiniteSpace,
    Function,
    Law,
    Matrix,
    Point,
    RandomVariable,
    Real,
    Vector,
)
from errata.language.terms import Name, Number

N = Name("n")


@pytest.mark.parametrize(
    ("sort", "words"),
    [
        (Real(), "a real number"),
        (Real(integer=True), "an integer"),
        (Real(nonzero=True), "a nonzero real number"),
        (POSITIVE, "a positive real number"),
        (Real(low=0.0, low_open=False), "a nonnegative real number"),
        (SIZE, "a positive integer"),
        (Real(low=0.0, low_open=False, integer=True), "a nonnegative integer"),
        (UNIT, "a real number in (0, 1)"),
        (Real(high=1.0, high_open=False), "a real number in (-∞, 1]"),
        (Real(low=2.0, low_open=False, integer=True), "an integer in [2, ∞)"),
        (Point("x"), "a point of the space of x"),
        (Vector(N), "a vector of size n"),
        (Vector(N, simplex=True), "a probability vector of size n"),
        (Matrix(N, N, frozenset(("symmetric",))), "a symmetric matrix of size n × n"),
        (Family((N, None), Real()), "a family of size n × unknown, each a real number"),
        (Function((Real(),), UNIT), "a function of a real number; its value is a real number in (0, 1)"),
        (Law(("x", "z"), ("\\theta",)), "a law over x, z with parameters θ"),
        (RandomVariable("x"), "a random variable"),
    ],
)
def test_sorts(sort, words):
    assert sort_in_words(sort) == words


def test_spaces():
    assert space_in_words(AbstractSpace()) == "a space that nothing is said about"
    assert space_in_words(FiniteSpace((Number(Fraction(0)), Number(Fraction(1))))) == "{0, 1}"
    assert space_in_words(EuclideanSpace()) == "the real line"
    assert space_in_words(EuclideanSpace(N)) == "real vectors of size n"
