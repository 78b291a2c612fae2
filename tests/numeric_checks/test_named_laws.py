"""Densities and moments of named laws, against SciPy's."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from errata.language.scope import Scope
from errata.language.sorts import Matrix, Real, Vector
from errata.language.terms import Draw, Expectation, Name, Number, Power, Product, StandardDensity, StandardLaw, Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate import evaluate
from errata.numeric_checks.interpretation import Interpretation
from errata.numeric_checks.quantities import Quantity, number

TWO, THREE = Number(Fraction(2)), Number(Fraction(3))
SCALE = np.array([[2.0, 0.3], [0.3, 1.0]])
POINT = np.array([[1.5, -0.2], [-0.2, 0.7]])
WORLD = {
    "a": number(2.5),
    "b": number(1.5),
    "m": number(5.0),
    "S": Quantity(SCALE[None], 2),
    "M": Quantity(POINT[None], 2),
    "x": number(0.6),
    "v": Quantity(np.array([[[0.2], [0.8]]]), 2),
    "c": Quantity(np.array([[[1.5], [2.5]]]), 2),
}
SCOPE = Scope(
    sorts={
        "x": Real(),
        "v": Vector(Name("k")),
        "c": Vector(Name("k")),
        "S": Matrix(Name("k"), Name("k")),
        "M": Matrix(Name("k"), Name("k")),
    }
)


def _value(term: Term) -> np.ndarray:
    return evaluate(term, Interpretation(1, {"k": 2}, {}, WORLD), SCOPE)[0]


def _names(*symbols: str) -> tuple[Term, ...]:
    return tuple(Name(symbol) for symbol in symbols)


def test_densities_are_those_of_scipy() -> None:
    from scipy import stats

    x, v, matrix = 0.6, np.array([0.2, 0.8]), POINT
    cases = [
        ("gamma", ("a", "b"), "x", stats.gamma.pdf(x, 2.5, scale=1 / 1.5)),
        ("beta", ("a", "b"), "x", stats.beta.pdf(x, 2.5, 1.5)),
        ("cauchy", ("a", "b"), "x", stats.cauchy.pdf(x, 2.5, 1.5)),
        ("dirichlet", ("c",), "v", stats.dirichlet.pdf(v, [1.5, 2.5])),
        ("student", ("c", "S", "m"), "v", stats.multivariate_t.pdf(v, [1.5, 2.5], SCALE, df=5)),
        ("wishart", ("S", "m"), "M", stats.wishart.pdf(matrix, 5, SCALE)),
        ("inverse wishart", ("S", "m"), "M", stats.invwishart.pdf(matrix, 5, SCALE)),
    ]
    for kind, parameters, point, expected in cases:
        found = _value(StandardDensity(Name(point), StandardLaw(kind, _names(*parameters))))
        assert found == pytest.approx(expected, rel=1e-10), kind


def test_moments_are_those_of_scipy() -> None:
    from scipy import stats

    def mean(kind: str, parameters: tuple[str, ...], body: Term) -> np.ndarray:
        law = StandardLaw(kind, _names(*parameters))
        return _value(Expectation((Draw(Name("y"), "y", law),), body))

    y = Name("y")
    gamma = stats.gamma(2.5, scale=1 / 1.5)
    assert mean("gamma", ("a", "b"), y) == pytest.approx(gamma.mean())
    assert mean("gamma", ("a", "b"), Power(y, TWO)) == pytest.approx(gamma.var() + gamma.mean() ** 2)
    assert mean("beta", ("a", "b"), y) == pytest.approx(stats.beta.mean(2.5, 1.5))
    assert mean("wishart", ("S", "m"), y) == pytest.approx(5 * SCALE)
    squared = 5 * 6 * SCALE @ SCALE + 5 * np.trace(SCALE) * SCALE
    assert mean("wishart", ("S", "m"), Product((y, y))) == pytest.approx(squared)
    assert mean("inverse wishart", ("S", "m"), y) == pytest.approx(SCALE / 2)
    with pytest.raises(Unanswerable):
        mean("gamma", ("a", "b"), Power(y, THREE))
    with pytest.raises(Unanswerable):
        mean("inverse wishart", ("S", "m"), Product((y, y)))
    with pytest.raises(Unanswerable):
        mean("cauchy", ("a", "b"), y)
