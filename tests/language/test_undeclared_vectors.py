"""Undeclared names where a function of the note has a vector."""

from errata.language.scope import Definition, Scope
from errata.language.sorts import Real, Vector
from errata.language.terms import Apply, At, Derivative, MatrixOperation, Name, Product
from errata.language.undeclared_vectors import in_place_of_parameters

V, PLACE, OTHER = Name("v"), Name("v_{k}"), Name("u")
SQUARE = Definition("f", ("v",), Product((MatrixOperation("transpose", (V,)), V)))


def scope(sort):
    return Scope(sorts={"v": sort}, definitions={"f": SQUARE})


def value(argument):
    return Apply(Name("f"), (argument,))


def test_what_stands_for_a_vector_is_one():
    found = in_place_of_parameters([value(PLACE)], scope(Vector(Name("n"))), {"v_{k}"})
    assert found == {"v_{k}": Vector(Name("n"))}


def test_so_is_the_place_at_which_a_derivative_is_taken():
    taken = At(Derivative(value(OTHER), OTHER), OTHER, PLACE)
    assert in_place_of_parameters([taken], scope(Vector(Name("n"))), {"u", "v_{k}"}).keys() == {"u", "v_{k}"}


def test_numbers_and_what_is_known_stay_as_they_are():
    assert in_place_of_parameters([value(PLACE)], scope(Real()), {"v_{k}"}) == {}
    assert in_place_of_parameters([value(PLACE)], scope(Vector(Name("n"))), set()) == {}
