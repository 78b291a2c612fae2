r"""What a second reader makes of scalar formulas, and where it reads something else than ours."""

import pytest

from errata.language.reading import read_document
from errata.language.terms import Name
from errata.notes.document import read_text
from errata.verify.second_reader import Formula, is_installed, is_scalar, second_reading

needs_second_reader = pytest.mark.skipif(not is_installed(), reason="the second reader needs Python below 3.13")


def term_of(latex):
    (placed,) = read_document(read_text(f"$${latex} = 0$$", "note.md"))
    return placed.statement.readings[0].left


def reading(latex):
    return second_reading(Formula(latex, term_of(latex)))


@needs_second_reader
@pytest.mark.parametrize("latex", [r"\frac{x^2 + 6y}{2}", r"\sqrt{x} - \ln y", r"e^{-x} \tanh y", r"2 \pi x_1"])
def test_where_both_read_the_same_nothing_is_said(latex):
    found = reading(latex)
    assert found.text and not found.problem and not found.difference


@needs_second_reader
def test_a_logarithm_to_another_base_differs_at_values_that_are_told():
    assert "log(x, 10)" in reading(r"\log x").text
    assert "x = 3/7 it is -0.847298 here, -0.367977 there" in reading(r"\log x").difference


@needs_second_reader
@pytest.mark.parametrize(
    ("latex", "told"),
    [("x + x'", "the name x' is that of another there, x"), (r"x^{(i)} y", r"x^{(i)} is x**i there")],
)
def test_names_that_it_takes_for_others_are_told(latex, told):
    assert told in reading(latex).difference


@needs_second_reader
def test_what_it_cannot_read_is_said():
    assert reading(r"2 \hat x").problem


@needs_second_reader
def test_what_it_fails_on_does_not_cost_the_next_formula():
    assert reading(r"d \left|a - b\right|").problem
    assert reading("x + 1").text == "x + 1"


def test_it_is_asked_about_scalars_alone():
    assert is_scalar(term_of("x + 2 y"), ["x", "y"])
    assert not is_scalar(term_of("x + 2 y"), ["x"])
    assert not is_scalar(term_of(r"\sum_{i=1}^n i"), ["i", "n"])
    assert is_scalar(Name("x"), {"x"})
