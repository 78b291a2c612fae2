"""Formulas that bound how far points lie apart, and those that only measure it."""

import pytest

from errata.language.diameters import diameters


@pytest.mark.parametrize(
    "formula",
    [
        r"|x - y| \le 1",
        r"\|x - y\| \leq D",
        r"\lVert x - x' \rVert_2 < 2",
        r"\left\| x_i - x_j \right\| \leqslant R",
        r"d(x, y) \le 1",
        r"\operatorname{diam}(X) = 1",
        r"|x - y| = 1",
    ],
)
def test_a_bound_of_distances_is_a_condition_on_them(formula):
    (told,) = diameters([formula])
    assert (told.about, told.universal) == ("distances", True)


@pytest.mark.parametrize(
    "formula",
    [
        r"W(p, q) = \inf_{\gamma \in \Pi(p, q)} \mathbb{E}[|x - y|]",
        r"|x - y| \ge 1",
        r"|x| \le 1",
        r"|f(x) - f(y)| \le |x - y|",
    ],
)
def test_other_formulas_are_none(formula):
    assert diameters([formula]) == ()
