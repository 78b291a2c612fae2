"""The places at which a strict relation may fail by equality keep what was declared."""

import numpy as np
import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.numeric_checks.batches import pose
from errata.numeric_checks.budget import Budget, Meter
from errata.numeric_checks.strict import tight_places


def places(declared, claim):
    """Return the places of a claim, with the interpretations, by their words."""
    statement = list(read_document(read_text(f"{declared}\n\n$${claim}$$\n", "note.md")))[-1].statement
    return dict(tight_places(pose(statement.readings[0], statement.scope), 1, Meter(Budget())))


def test_a_relation_that_equality_meets_has_none():
    assert places(r"Let $B \in \mathbb{R}^{2 \times 2}$.", r"\det B \ge 0") == {}


def test_a_matrix_is_singular_and_zero():
    found = places(r"Let $B \in \mathbb{R}^{3 \times 3}$.", r"\det B \ne 0")
    assert list(found) == ["B is singular", "B = 0"]
    assert np.linalg.matrix_rank(found["B is singular"].values["B"].array).max() == 1


@pytest.mark.parametrize("properties", ["symmetric positive definite", "orthogonal"])
def test_what_was_declared_is_kept(properties):
    assert places(rf"Let $A \in \mathbb{{R}}^{{3 \times 3}}$ be {properties}.", r"\det A > 0") == {}


def test_a_law_is_sure_or_has_a_gap():
    found = places("Let $p$ be a law of $x$.", "p(x) < 1")
    assert list(found) == ["x takes one value only", "p is 0 somewhere"]
    table = found["p is 0 somewhere"].values["p"].table
    assert (table[..., 0] == 0).all() and np.allclose(table.sum(axis=-1), 1)
