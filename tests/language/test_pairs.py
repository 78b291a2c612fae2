"""Whether a sum with a condition below it runs over one name or two."""

import pytest

from errata.language.reading import read_document
from errata.language.terms import Aggregate, subterms
from errata.notes.document import read_text


def claim(formula):
    placed = read_document(read_text(f"Let $a_1, \\dots, a_n > 0$.\n\n$${formula}$$\n"))
    return next(p.statement for p in placed if p.statement.kind == "claim")


def running(formula):
    parts = subterms(claim(formula).readings[0].left)
    return [part.binder.name.symbol for part in parts if isinstance(part, Aggregate)]


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        ("\\sum_{j \\ne i} a_j = \\sum_j a_j - a_i", ["j"]),
        ("\\sum_{j \\ne k} a_j + a_k = \\sum_j a_j", ["j"]),
        ("\\prod_{j \\ne i} a_j = \\frac{\\prod_j a_j}{a_i}", ["j"]),
        ("\\sum_{i \\ne j} a_i a_j = 1", ["i", "j"]),
        ("\\sum_{i < j} a_i a_j = 1", ["i", "j"]),
    ],
)
def test_a_name_runs_unless_it_stands_outside(formula, names):
    assert running(formula) == names


@pytest.mark.parametrize("formula", ["\\sum_{j \\ne i} a_i a_j = 1", "\\sum_{i < j} a_i a_j = a_j"])
def test_what_is_not_clear_is_not_read(formula):
    assert claim(formula).problem is not None
