"""Rounder numbers keep what was declared: laws stay laws, positive matrices positive."""

import numpy as np
import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.numeric_checks.batches import interpret, pose
from errata.numeric_checks.budget import Budget, Meter
from errata.numeric_checks.coarsening import GRAINS, coarser
from errata.numeric_checks.witness import check


def claim(declared, formula):
    """Return the claim with its scope."""
    statement = list(read_document(read_text(f"{declared}\n\n$${formula}$$\n", "note.md")))[-1].statement
    return statement.readings[0], statement.scope


def drawn(declared, formula):
    """Return some interpretations of the claim, and those with rounder numbers."""
    problem = pose(*claim(declared, formula))
    interpretation = interpret(problem, Meter(Budget()), seed=3, attempt=0, count=8)
    return interpretation, list(coarser(interpretation, problem))


def test_numbers_are_multiples_of_the_grain_inside_their_interval():
    _, found = drawn("Let $a \\in (0, 1)$.", "a^2 = a")
    for grain, interpretation in zip(GRAINS, found, strict=True):
        values = interpretation.values["a"].array
        assert ((values > 0) & (values < 1)).all()
        if grain == 16:
            assert (values * 16 == np.round(values * 16)).mean() > 0.5


def test_laws_stay_laws_without_gaps():
    _, found = drawn("Let $p$ be a law of $x$.", r"\sum_x p(x)^2 = 1")
    for interpretation in found:
        table = interpretation.values["p"].table
        assert (table > 0).all() and np.allclose(table.sum(axis=-1), 1)


def test_what_rounding_would_break_stays():
    _, found = drawn(r"Let $A \in \mathbb{R}^{2 \times 2}$ be orthogonal.", r"\det A = 1")
    for interpretation in found:
        array = interpretation.values["A"].array
        assert np.allclose(array @ np.swapaxes(array, -1, -2), np.eye(2))


@pytest.mark.parametrize("bound", [r"\sum_x |p(x) - q(x)| \le 1", r"\sum_x p(x)^2 \le \frac{7}{8}"])
def test_a_counterexample_found_by_search_is_told_in_fractions(bound):
    refuted = check(*claim("Let $p$ and $q$ be laws of $x$.", bound), seed=0)
    assert "." not in refuted.counterexample.values["p(x)"]


def test_only_what_the_sides_depend_on_is_told():
    declared = r"Let $p$ be a law of $x$. Let $m \in \mathbb{R}$ and $s > 0$. Let $t \sim \mathcal{N}(m, s)$."
    refuted = check(*claim(declared, "p(x) = p(x)^2"), seed=0)
    assert set(refuted.counterexample.values) == {"p(x)", "x"}
