"""Columns and diagonal entries of factors by custom."""

from __future__ import annotations

from errata.language.decompositions import factored
from errata.language.factor_columns import BY_CUSTOM, enter_columns, written_both_ways
from errata.language.parsing import Parsing
from errata.language.state import State
from errata.language.terms import Entry, MatrixOperation, Name, Product

FOUND = factored({"eigen"}, Product((Name("U"), Name("\\Lambda"), MatrixOperation("transpose", (Name("U"),)))))


def test_columns_and_values_are_taken_out_of_the_factors() -> None:
    assert FOUND is not None
    state = State()
    enter_columns(FOUND, (), state)
    index = Name("i")
    column = Product((Name("U_{\\circ}"), MatrixOperation("basis", (index,))))
    assert state.customary["u"].body == column
    assert state.customary["\\lambda"].body == Entry(Name("\\Lambda_{\\circ}"), (index, index))
    assert state.definitions["U_{\\circ}"].body == Name("U")
    assert state.not_understood["U_{\\circ}"] == BY_CUSTOM


def test_letters_of_other_things_stay_what_they_are() -> None:
    assert FOUND is not None
    state = State(announced={"u"})
    enter_columns(FOUND, ("\\lambda",), state)
    assert not state.customary


def test_names_that_stand_with_and_without_an_index() -> None:
    rows = Parsing({}).rows("u_i + v + \\mathbf{w}_k + v_k + z")
    assert written_both_ways([row.nodes for row in rows]) == {"v"}
