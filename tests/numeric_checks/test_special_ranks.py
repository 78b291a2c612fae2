"""Matrices of zeros and ones, where ranks are compared."""

import numpy as np

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.numeric_checks.batches import interpret, pose
from errata.numeric_checks.budget import Budget, Meter
from errata.numeric_checks.special_ranks import special_ranks


def found(declared, claim):
    statement = list(read_document(read_text(f"{declared}\n\n$${claim}$$\n", "note.md")))[-1].statement
    problem, meter = pose(statement.readings[0], statement.scope), Meter(Budget())
    drawn = interpret(problem, meter, seed=1, attempt=1, count=16)
    return drawn, list(special_ranks(problem, drawn))


def test_all_pairs_of_special_matrices_occur():
    drawn, moved = found(
        r"Let $A, B \in \mathbb{R}^{2 \times 2}$.", r"\operatorname{rank}(AB) = \operatorname{rank}(BA)"
    )
    arrays = [np.concatenate([m.values[s].array for m in moved]) for s in "AB"]
    assert all(m.count == drawn.count == len(m.values["A"].array) for m in moved)
    first, second = (np.linalg.matrix_rank(a) for a in (arrays[0] @ arrays[1], arrays[1] @ arrays[0]))
    assert len(np.unique(np.hstack([a.reshape(len(a), -1) for a in arrays]), axis=0)) == 64
    assert (first < second).any() and (first > second).any()


def test_what_was_declared_is_kept():
    _, moved = found(r"Let $A \in \mathbb{R}^{3 \times 3}$ be invertible.", r"\operatorname{rank}(A) = 3")
    assert moved == []


def test_claims_without_ranks_have_none():
    assert found(r"Let $A \in \mathbb{R}^{3 \times 3}$.", r"\det(A^2) = \det(A)^2")[1] == []
