"""Arrays put together from a formula for their entries."""

from errata.language.scope import Definition
from errata.language.sorts import Matrix, Real, Vector
from errata.language.terms import Aggregate, Entry, Name, Product
from errata.language.whole_families import put_together

ENTRY = Entry(Name("z"), (Name("i"),))
SQUARE = Matrix(Name("n"), Name("n"))


def test_a_vector_is_the_sum_of_its_entries_times_unit_vectors():
    found = put_together({"m": Definition("m", ("i",), ENTRY, entry_wise=True)}, {"m": Vector(Name("n"))})
    body = found["m"].body
    assert isinstance(body, Aggregate)
    assert isinstance(body.body, Product)
    assert body.body.factors[0] == ENTRY


def test_a_matrix_is_a_double_sum():
    told = Definition("K", ("i", "j"), Product((ENTRY, Entry(Name("z"), (Name("j"),)))), entry_wise=True)
    body = put_together({"K": told}, {"K": SQUARE})["K"].body
    assert isinstance(body, Aggregate)
    assert isinstance(body.body, Aggregate)


def test_nothing_is_put_together_of_what_has_another_shape_or_tells_itself():
    told = {"m": Definition("m", ("i",), ENTRY, entry_wise=True)}
    assert put_together(told, {"m": Real()}) == {}
    assert put_together(told, {"m": SQUARE}) == {}
    assert put_together(told, {}) == {}
    itself = Definition("m", ("i",), Entry(Name("m"), (Name("i"),)), entry_wise=True)
    assert put_together({"m": itself}, {"m": Vector(Name("n"))}) == {}
