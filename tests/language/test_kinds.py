"""What undeclared names are, from how the whole note uses them."""

import pytest
from reading_helpers import claims_of

from errata.language.sorts import Family, Matrix, Real, Vector, element_of


def sort_in(note, symbol, place=-1):
    return claims_of(note)[place].statement.scope.sorts.get(symbol)


def test_a_plain_letter_is_no_entry_of_a_family_in_bold():
    note = (
        "$$\\mathbf{v}_t = \\beta \\mathbf{v}_{t-1} + \\mathbf{g}_t$$\n\n"
        "$$(v_{t+1} - v_t)^2 = v_{t+1}^2 - 2 v_t v_{t+1} + v_t^2$$"
    )
    sort = sort_in(note, "v")
    assert isinstance(sort, Family)
    assert isinstance(sort.element, Real)


def test_what_is_behind_a_transposed_vector_is_one():
    sort = sort_in("$$\\sum_{i=1}^N (y_i - w^T x_i)^2 = \\sum_{i=1}^N (w^T x_i - y_i)^2$$", "x_{\\cdot}")
    assert isinstance(element_of(sort), Vector)


@pytest.mark.parametrize("before", ["", "$$p(y | x, w) = q(y | w)$$\n\n"])
def test_a_variable_of_a_law_may_be_a_vector_if_its_transpose_is_taken(before):
    note = before + "$$(w^T x)^2 = w^T x x^T w$$"
    assert isinstance(sort_in(note, "w"), Vector)


def test_a_name_that_is_defined_further_down_is_guessed_before():
    note = "$$\\ln |C^{-1}| = -\\ln |C|$$\n\n$$C = A A^T + B B^T$$\n\n$$C = B B^T + A A^T$$"
    assert isinstance(sort_in(note, "C", 0), Matrix)
