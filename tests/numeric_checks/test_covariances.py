import numpy as np
import pytest

from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.covariances import with_covariances

RNG = np.random.default_rng(0)
VALUES, WEIGHTS = RNG.normal(size=(5, 14, 3)), RNG.uniform(0.1, 1.0, (5, 14))
ROOT = RNG.normal(size=(5, 3, 3))
COVARIANCES = ROOT @ np.swapaxes(ROOT, -1, -2)


def moments(values):
    share = (WEIGHTS / WEIGHTS.sum(axis=-1, keepdims=True))[..., None]
    return (share * values).sum(axis=1), np.swapaxes(share * values, -1, -2) @ values


def test_covariances_and_means_are_met():
    mean = RNG.normal(size=(5, 3))
    found, products = moments(with_covariances(VALUES, WEIGHTS, mean, None, COVARIANCES))
    assert np.allclose(found, mean)
    assert np.allclose(products - found[..., :, None] * found[..., None, :], COVARIANCES)


@pytest.mark.parametrize("mean", [None, np.zeros((5, 3))])
def test_means_of_products_are_met(mean):
    found, products = moments(with_covariances(VALUES, WEIGHTS, mean, COVARIANCES, None))
    assert np.allclose(products, COVARIANCES)
    assert (mean is None) == (np.abs(found).min() > 1e-6)


@pytest.mark.parametrize("matrix", [-np.eye(3), np.triu(np.ones((3, 3)))])
def test_what_is_no_covariance_is_undefined(matrix):
    assert np.isnan(with_covariances(VALUES, WEIGHTS, None, None, np.broadcast_to(matrix, (5, 3, 3)))).all()


def test_too_few_outcomes_are_refused():
    with pytest.raises(Unanswerable):
        with_covariances(VALUES[:, :3], WEIGHTS[:, :3], None, None, COVARIANCES)
