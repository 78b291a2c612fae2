"""What the notes assume as equations is used by SymPy: by a Groebner basis, at sizes that the equations admit."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.sympy_encoding import confirm

NOTE = "Let $W \\in \\mathbb{R}^{%s}$ with $W W^\\top = I$ and $x \\in \\mathbb{R}^{%s}$.\n\n$$%s$$\n"


def confirmation(rows_and_columns, size, claim):
    placed = read_document(read_text(NOTE % (rows_and_columns, size, claim)))
    [statement] = [p.statement for p in placed if p.statement.kind == "claim"]
    return confirm(statement.readings[0], statement.scope, 20.0)


@pytest.mark.parametrize(
    "claim",
    [
        "\\|x - W^\\top W x\\|^2 = \\|x\\|^2 - \\|W x\\|^2",
        "W W^\\top W x = W x",
    ],
)
def test_claims_that_follow_are_confirmed_at_sizes_that_fit(claim):
    answer = confirmation("k \\times d", "d", claim)
    assert answer.kind == "instances"
    assert "k = 2, d = 3" in answer.reason or "d = 3, k = 2" in answer.reason


@pytest.mark.parametrize(
    "claim",
    [
        "\\|x - W^\\top W x\\|^2 = \\|x\\|^2 - 2 \\|W x\\|^2",
        "W^\\top W x = x",
    ],
)
def test_claims_that_do_not_follow_are_not(claim):
    assert confirmation("k \\times d", "d", claim).kind == "unknown"


def test_nothing_follows_from_equations_that_contradict_each_other():
    assert confirmation("3 \\times 2", "2", "\\|W x\\|^2 = 5 \\|x\\|^2").kind == "unknown"


@pytest.mark.parametrize(("property_", "kind"), [("an even function", "unknown"), ("a function", "refuted")])
def test_a_function_that_is_more_than_a_symbol_is_not_refuted(property_, kind):
    text = f"Let $f$ be {property_} of a real variable and $x \\in \\mathbb{{R}}$.\n\n$$f(x) f(-x) = f(x)^2$$\n"
    [claim] = [p.statement for p in read_document(read_text(text)) if p.statement.kind == "claim"]
    assert confirm(claim.readings[0], claim.scope, 20.0).kind == kind
