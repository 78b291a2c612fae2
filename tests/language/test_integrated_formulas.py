"""Which integrals run over a whole space because they are of formulas, not of laws."""

import pytest

from errata.language.integrated_formulas import integrated_formulas
from errata.language.reading import read_document
from errata.notes.document import read_text


def spaces(note):
    placed = read_document(read_text(note))
    claim = next(p.statement for p in placed if p.statement.kind == "claim")
    reading = claim.readings[0]
    return integrated_formulas([reading.left, reading.right], claim.scope)


@pytest.mark.parametrize("formula", ["e^{-E(x)}", "x^2", "E(E(x))"])
def test_what_computes_with_its_variable_is_a_formula(formula):
    declared = "Let $E(x) = x^2$ and let $p$ be a law of $x$."
    assert spaces(f"{declared}\n\n$$\\int {formula} dx = 1$$\n") == {"x"}


@pytest.mark.parametrize("body", ["f(x)", "p(x)", "x \\, p(x)", "g(x)"])
def test_what_a_law_weighs_or_nothing_explains_is_none(body):
    declared = "Let $f: X \\to \\mathbb{R}$, let $p$ be a law of $x$ and $g(x) = x^2 p(x)$."
    assert spaces(f"{declared}\n\n$$\\int {body} dx = 1$$\n") == set()
