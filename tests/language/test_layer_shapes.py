"""Shapes of layers that a note does not declare."""

from errata.language.grammar import parse_syntax
from errata.language.layer_shapes import layer_sorts, speaks_of_arrays
from errata.language.sorts import Family, Function, Matrix, Real, Vector
from errata.language.terms import Apply, Entry, MatrixOperation, Name, Product
from errata.language.tokens import tokenize

N = Name("n")
WEIGHTS, VALUES = Entry(Name("W"), (Name("l"),)), Entry(Name("a"), (Name("l"),))
LAYER = Apply(Name("\\sigma"), (Product((WEIGHTS, VALUES)),))


def told(*terms, known=None, arrays=False, entrywise=False):
    return layer_sorts(terms, known or {}, frozenset(), arrays=arrays, entrywise=entrywise)


def test_signs_of_arrays():
    formulas = ["W^\\top x", "a \\odot b", "x^2 + T"]
    assert [speaks_of_arrays([parse_syntax(tokenize(f))]) for f in formulas] == [True, True, False]


def test_capitals_are_matrices_and_the_rest_vectors_of_one_width():
    found = told(LAYER, MatrixOperation("transpose", (VALUES,)))
    assert found["W"] == Family((None,), Matrix(N, N))
    assert found["a"] == Family((None,), Vector(N))
    assert found["\\sigma"] == Function((Real(),), Real(), frozenset(("entrywise",)))


def test_other_functions_are_entrywise_where_something_tells_it():
    layer = Apply(Name("f"), (Product((WEIGHTS, VALUES)),))
    assert "f" not in told(layer, arrays=True)
    assert "f" in told(layer, arrays=True, entrywise=True)


def test_numbers_without_a_sign_of_arrays():
    assert told(Product((Entry(Name("w"), (Name("l"),)), VALUES))) == {}


def test_what_is_not_clear():
    assert told(LAYER) is None
    assert told(LAYER, Name("\\eta"), arrays=True) is None
    assert told(LAYER, known={"a": Family((None,), Vector(Name("d")))}, arrays=True) is None
