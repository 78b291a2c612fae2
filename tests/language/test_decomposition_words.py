"""Words that tell of a decomposition, and words that tell of something else."""

from __future__ import annotations

import pytest

from errata.language.decomposition_words import decompositions_told, tells_full


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("If we perform *eigen value decomposition* on $ we get:", {"eigen"}),
        ("by the spectral theorem, $", {"eigen"}),
        ("$ can be diagonalized", {"eigen"}),
        ("We take the **SVD**: $", {"svd"}),
        ("Singular-value factorisation of $", {"svd"}),
        ("a Cholesky factor $", {"cholesky"}),
        ("the reduced QR factorization", {"qr"}),
        ("its LU-decomposition", {"lu"}),
        ("the SVD and the eigendecomposition", {"svd", "eigen"}),
        ("the truncated SVD", set()),
        ("$ is not diagonalizable", set()),
        ("the generalized eigendecomposition", set()),
        ("the QR algorithm", set()),
        ("a decomposition of the error", set()),
    ],
)
def test_words_that_tell_of_a_decomposition(words: str, told: set[str]) -> None:
    assert decompositions_told(words) == told


def test_the_full_form_is_told_but_not_by_full_rank() -> None:
    assert tells_full("the full SVD of $")
    assert not tells_full("$ has full rank, and its SVD is")
