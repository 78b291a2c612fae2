"""Which remarks tell what is true anyway, and where they restrict nothing."""

import pytest

from errata.language.prose.truisms import is_symmetry
from errata.language.reading import read_document
from errata.notes.document import read_text


@pytest.mark.parametrize("remark", ["(the square is even)", "since the cosine is even", "the sine is odd around zero"])
def test_functions_that_are_even_or_odd_anyway(remark: str) -> None:
    assert is_symmetry(remark)


@pytest.mark.parametrize("remark", ["(f is even)", "(the square is odd)", "(if the square is even)", "(n is even)", ""])
def test_remarks_that_may_restrict(remark: str) -> None:
    assert not is_symmetry(remark)


@pytest.mark.parametrize(
    ("formula", "restricts"),
    [("\\int_0^r x^2 \\, dx &= \\frac{1}{2} \\int_{-r}^r x^2 \\, dx", False), ("r^2 &= 4 t^2", True)],
)
def test_a_truism_restricts_nothing_beside_an_integral(formula: str, restricts: bool) -> None:
    note = "Let $r, t > 0$.\n\n"
    note += f"$$\n\\begin{{aligned}}\n{formula} && \\text{{(the square is even)}}\n\\end{{aligned}}\n$$\n"
    (claim,) = [p.statement for p in read_document(read_text(note)) if p.statement.kind == "claim"]
    assert bool(claim.restricted) == restricts
