"""The range of an index without one: the length of its arrays, before that of its letter elsewhere."""

from fractions import Fraction

import pytest

from errata.language.natural_ranges import natural_range
from errata.language.scope import Definition, Scope
from errata.language.sorts import Family, Matrix, Real, Vector
from errata.language.terms import Entry, IndexSet, Name, Number, Range, Space, Sum

ONE = Number(Fraction(1))
INDEX, N, T = Name("i"), Name("n"), Name("t")
ELSEWHERE = Range(ONE, T)
SCOPE = Scope(
    sorts={"w": Vector(N), "A": Matrix(T, N), "b": Family((None,), Real())},
    definitions={"p": Definition("p", ("k",), Entry(Name("w"), (Name("k"),)), entry_wise=True)},
)


def entry(array, *indices):
    return Entry(Name(array), indices)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (entry("w", INDEX), Range(ONE, N)),
        (entry("p", INDEX), Range(ONE, N)),
        (entry("A", Name("j"), INDEX), Range(ONE, N)),
        (entry("A", INDEX, Name("j")), ELSEWHERE),
        (entry("b", INDEX), ELSEWHERE),
        (INDEX, ELSEWHERE),
        (Sum((entry("w", INDEX), entry("A", INDEX, INDEX))), ELSEWHERE),
    ],
)
def test_the_arrays_tell_the_range(body, expected):
    assert natural_range(ELSEWHERE, INDEX, body, SCOPE) == expected


def test_arrays_of_several_lengths_leave_it_open():
    body = Sum((entry("w", INDEX), entry("A", INDEX, Name("j"))))
    assert natural_range(Range(ONE, Name("m")), INDEX, body, SCOPE) == IndexSet("i")


def test_another_domain_is_kept():
    assert natural_range(Space("x"), Name("x"), entry("w", INDEX), SCOPE) == Space("x")
