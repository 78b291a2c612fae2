"""Gauss rules against the raw moments of the laws, as SciPy has them."""

import numpy as np
import pytest
import scipy.stats

from errata.numeric_checks.evaluate.gauss_rules import EXACT_DEGREE, gauss_rule, has_rule

LAWS = {
    "normal": ((0.7, 2.3), scipy.stats.norm(0.7, 2.3**0.5)),
    "uniform": ((-1.0, 2.5), scipy.stats.uniform(-1.0, 3.5)),
    "exponential": ((1.7,), scipy.stats.expon(scale=1 / 1.7)),
    "gamma": ((2.2, 0.6), scipy.stats.gamma(2.2, scale=1 / 0.6)),
    "poisson": ((1.9,), scipy.stats.poisson(1.9)),
}


@pytest.mark.parametrize("kind", LAWS)
def test_the_moments_of_a_law_are_exact_up_to_the_degree_told(kind):
    parameters, law = LAWS[kind]
    points, weights = gauss_rule(kind, [np.array([p]) for p in parameters])
    for degree in range(EXACT_DEGREE + 1):
        expected = law.moment(degree) if degree else 1.0
        assert (weights * points**degree).sum() == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("kind", LAWS)
def test_the_next_moment_is_not_exact(kind):
    parameters, law = LAWS[kind]
    points, weights = gauss_rule(kind, [np.array([p]) for p in parameters])
    beyond = EXACT_DEGREE + 1
    assert (weights * points**beyond).sum() != pytest.approx(law.moment(beyond), rel=1e-6)


OUTSIDE = [("normal", (0.0, -1.0)), ("uniform", (2.0, 1.0)), ("gamma", (-1.0, 1.0))]


@pytest.mark.parametrize(("kind", "parameters"), OUTSIDE)
def test_there_are_no_points_outside_the_domain_of_the_parameters(kind, parameters):
    points, _ = gauss_rule(kind, [np.array([p]) for p in parameters])
    assert np.isnan(points).all()


def test_laws_without_a_rule_are_told():
    assert not has_rule("cauchy")
