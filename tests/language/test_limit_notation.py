"""What moves below the sign of a limit, where to, and from which side."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.language.terms import Constant, Limit, Name, Negative, Number, Sum
from errata.notes.document import read_text


def side_of(latex: str):
    (placed,) = [p for p in read_document(read_text(f"$${latex} = 1$$\n")) if p.statement.kind == "claim"]
    return placed.statement.readings[0].left if placed.statement.readings else placed.statement.problem


@pytest.mark.parametrize(
    ("below", "side"),
    [
        ("x \\to 0", "both"),
        ("x \\rightarrow 0", "both"),
        ("x \\to 0^+", "above"),
        ("x \\to 0^{-}", "below"),
        ("x \\to 0+", "above"),
        ("x \\downarrow 0", "above"),
        ("x \\uparrow 0", "below"),
    ],
)
def test_the_side_is_read(below: str, side: str) -> None:
    found = side_of(f"\\lim_{{{below}}} x")
    assert (Name("x"), Number(0), side) == (found.variable, found.point, found.side)


@pytest.mark.parametrize(
    "sign", ["\\lim_{x \\to -\\infty}", "\\lim\\limits_{x \\to -\\infty}", "\\underset{x \\to -\\infty}{\\lim}"]
)
def test_the_sign_is_known_in_all_its_spellings(sign: str) -> None:
    assert Limit(Name("x"), Name("x"), Negative(Constant("infinity"))) == side_of(f"{sign} x")


def test_a_limit_goes_on_as_far_as_something_moves() -> None:
    found = side_of("\\lim_{x \\to 0} a x + b + x + c")
    assert isinstance(found, Sum)
    assert isinstance(found.terms[0], Limit)
    assert Name("c") == found.terms[-1]


@pytest.mark.parametrize(
    "latex", ["\\lim x", "\\lim_{x} x", "\\lim_{x \\to} x", "\\lim_{x, y \\to 0} x y", "\\lim_{x \\downarrow 0^-} x"]
)
def test_what_does_not_say_what_tends_where_is_not_read(latex: str) -> None:
    assert "limit" in side_of(latex).message or "single name" in side_of(latex).message
