import numpy as np

from errata.numeric_checks.chances import _tilted

RNG = np.random.default_rng(1)
DRAWN = RNG.dirichlet(np.ones(4), size=6)
A, B = np.array([0.0, 0, 1, 1]), np.array([0.0, 1, 0, 1])


def tilted(*chances):
    features = np.stack([event - chance for event, chance in chances], axis=-1)
    return _tilted(DRAWN, np.broadcast_to(features, (6, 4, len(chances))))


def test_chances_are_met_and_all_laws_stay_laws():
    law = tilted((A, 0.3), (B, 0.5), (A * B, 0.1))
    assert np.allclose(law.sum(axis=-1), 1) and (law >= 0).all()
    assert np.allclose([law @ A, law @ B, law @ (A * B)], [[0.3] * 6, [0.5] * 6, [0.1] * 6])


def test_what_the_chances_leave_open_stays_as_drawn():
    law = tilted((A, 0.3))
    assert np.allclose((law @ (A * B)) / (law @ A), (DRAWN @ (A * B)) / (DRAWN @ A))


def test_chances_that_no_law_has_change_nothing():
    assert np.array_equal(tilted((A, 0.2), (A * B, 0.4)), DRAWN)
