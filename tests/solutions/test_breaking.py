"""Long formulas are broken between terms, never inside a bracket, and nothing is lost."""

import pytest

from errata.solutions.breaking import broken, width

LONG = " + ".join(rf"\frac{{a_{{{n}}}}}{{b}} \left( x - y \right)" for n in range(12))


def test_a_short_formula_stays_whole():
    assert broken("a + b") == ("a + b",)


def test_a_long_one_is_broken_before_signs_where_no_bracket_is_open():
    lines = broken(LONG, 30)
    assert " ".join(lines) == LONG
    assert len(lines) > 3 and all(line.startswith("+ ") for line in lines[1:])
    assert all(width(line) <= 30 for line in lines)


def test_what_has_no_sign_to_break_at_stays_whole():
    product = r"\left( " + "a + " * 60 + r"b \right) c"
    assert broken(product, 30) == (product,)


@pytest.mark.parametrize(
    ("latex", "letters"),
    [(r"\frac{a}{bcd}", 3.5), (r"\mathrm{ab}", 2), ("x_{12}", 2.4), (r"\left(a\right)", 3), (r"\alpha", 1)],
)
def test_about_how_wide_a_formula_is(latex, letters):
    assert width(latex) == pytest.approx(letters)
