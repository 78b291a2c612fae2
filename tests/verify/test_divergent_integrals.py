"""A constant integrated over a whole space makes a side infinite; nothing else is called so."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

DECLARED = "Let $b, c > 0$ and $t \\in \\mathbb{R}$.\n\n"


def judged(claim):
    placed = read_document(read_text(f"{DECLARED}$${claim}$$\n"))
    found = judge(next(p.statement for p in placed if p.statement.kind == "claim"))
    return found.verdict, found.rule


@pytest.mark.parametrize(
    "claim",
    [
        "\\int_{-\\infty}^{\\infty} c + e^{-t^2} dt = c",
        "b - 2 \\int_0^\\infty c + e^{-t} dt = 1",
        "1 = \\int_0^\\infty b + e^{-b t} dt",
        "\\frac{1}{3} \\int_0^\\infty 1 + e^{-t} dt = \\int_0^\\infty e^{-t} dt",
    ],
)
def test_a_side_that_is_infinite_equals_no_number(claim):
    assert judged(claim) == ("wrong", "domain")


@pytest.mark.parametrize(
    "claim",
    [
        "\\int_0^\\infty c + t dt = c",  # the rest diverges too, perhaps against it
        "\\int_0^\\infty c - c + e^{-t} dt = 1",
        "\\int_0^1 c + t \\, dt = c + \\frac{1}{2}",
        "\\int_0^\\infty 1 + e^{-t} dt = \\infty",
        "\\int 1 + \\frac{1}{1 + t^2} dt = t + \\arctan t",
        "\\int_0^\\infty c + e^{-t} dt = \\int_0^\\infty c + e^{-t} dt",
        "\\exp\\left(- \\int_0^\\infty c + e^{-t} dt\\right) = 0",
    ],
)
def test_what_may_have_a_value_is_not_called_wrong(claim):
    assert judged(claim)[0] != "wrong"
