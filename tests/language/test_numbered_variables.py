"""Which numbered names are variables of their own."""

import pytest
from reading_helpers import claims_of

from errata.language.printer import to_latex
from errata.language.symbols import base_name, numbered, written_below
from errata.language.terms import Density, subterms


def spaces(note):
    reading = claims_of(note)[-1].statement.readings[0]
    densities = [t for side in (reading.left, reading.right) for t in subterms(side) if isinstance(t, Density)]
    return [slot.space for t in densities for slot in (*t.values, *t.given)]


def test_numbered_members_that_stand_together_in_a_law_are_variables():
    assert {"x₁", "x₂"} == set(spaces("$$p(x_1,x_2) = p(x_1|x_2)p(x_2)$$"))


@pytest.mark.parametrize(
    "note",
    [
        "$$p(x_1) = \\sum_z p(x_1|z)p(z)$$",
        "$$\\sum_n \\log p(x_n) = \\log p(x_1) + \\sum_{n=2}^N\\log p(x_n)$$",
    ],
)
def test_other_numbers_count_members_of_a_family(note):
    assert "x" in spaces(note)


def test_a_numbered_variable_is_written_with_its_number_below():
    symbol = numbered("x", "12")
    assert (symbol, written_below(symbol), base_name("X₁₂")) == ("x₁₂", "x_{12}", "x₁₂")
    reading = claims_of("$$p(x_1,x_2) = p(x_1|x_2)p(x_2)$$")[0].statement.readings[0]
    assert to_latex(reading.left) == "p(x_1, x_2)"
