"""A joint table is moved to have no covariance: its margins stay, and so does dependence."""

import numpy as np
import pytest

from errata.numeric_checks.evaluate.random_families import _uncorrelated
from errata.numeric_checks.interpretation import Axis, Euclidean, FinitePoints, Interpretation, TableLaw
from errata.numeric_checks.uncorrelated import _without_covariance

X, Y = np.array([[-1.0, 0.5, 3.0]]), np.array([[2.0, -1.0, 0.0, 1.5]])


class World:
    """What the function looks at of an environment."""

    interpretation = Interpretation(2, {}, {"x": FinitePoints(X), "y": FinitePoints(Y), "z": Euclidean()}, {}, "")


def covariance(table):
    def mean(values):
        return (table * values).sum(axis=(1, 2))

    x, y = X[:, :, None], Y[:, None, :]
    return mean(x * y) - mean(x) * mean(y)


@pytest.mark.parametrize("sharpness", [0.5, 6.0])
def test_the_covariance_goes_and_the_margins_stay(sharpness):
    logits = sharpness * np.random.default_rng(0).normal(size=(2, 3, 4)) + X[:, :, None] * Y[:, None, :]
    table = np.exp(logits) / np.exp(logits).sum(axis=(1, 2), keepdims=True)
    law = TableLaw((Axis("x", "x"), Axis("y", "y")), table)
    moved = _without_covariance(law, 0, 1, World()).table
    assert np.abs(covariance(table)).min() > 1e-3
    assert np.abs(covariance(moved)).max() < 1e-12
    assert moved.min() > 0
    for axis in (1, 2):
        assert np.allclose(moved.sum(axis=axis), table.sum(axis=axis))
    product = moved.sum(axis=2)[:, :, None] * moved.sum(axis=1)[:, None, :]
    assert np.abs(moved - product).max() > 1e-4


def test_members_lose_their_covariances_and_keep_means_and_variances():
    rng = np.random.default_rng(1)
    values, weights = rng.normal(size=(2, 14, 3)), np.full((2, 14), 1 / 14)
    values[..., 1] += values[..., 0]
    moved = _uncorrelated(values, weights)
    for row, before in zip(moved, values, strict=True):
        found = np.cov(row.T, bias=True)
        assert np.allclose(found, np.diag(np.diag(np.cov(before.T, bias=True))))
        assert np.allclose(row.mean(axis=0), before.mean(axis=0))
