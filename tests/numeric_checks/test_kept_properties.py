"""What was moved is held against its declaration; an unknown property counts as lost."""

import numpy as np
import pytest

from errata.language.sorts import Matrix, Real, Vector
from errata.language.terms import Name
from errata.numeric_checks.kept_properties import kept

N = Name("n")
TURN = np.array([[0.0, -1.0], [1.0, 0.0]])
GRAM = np.array([[2.0, 1.0], [1.0, 2.0]])


@pytest.mark.parametrize(
    ("properties", "fine", "lost"),
    [
        ({"orthogonal"}, TURN, 2 * TURN),
        ({"symmetric"}, GRAM, TURN),
        ({"antisymmetric"}, TURN, GRAM),
        ({"positive definite"}, GRAM, -GRAM),
        ({"diagonal"}, np.diag([1.0, -2.0]), GRAM),
        ({"invertible"}, TURN, np.ones((2, 2))),
        ({"idempotent"}, np.ones((2, 2)) / 2, GRAM),
    ],
)
def test_properties_of_matrices(properties, fine, lost):
    sort = Matrix(N, N, frozenset(properties))
    assert kept(sort, np.stack([fine, lost])).tolist() == [True, False]


def test_a_property_without_a_test_counts_as_lost():
    assert kept(Matrix(N, N, frozenset({"some structure"})), GRAM[None]).tolist() == [False]


def test_bounds_of_numbers_and_of_entries():
    assert kept(Real(low=0.0), np.array([[1.0], [-1.0]])).tolist() == [True, False]
    column = np.array([[[0.25], [0.75]], [[0.5], [0.75]]])
    assert kept(Vector(N, simplex=True), column).tolist() == [True, False]
