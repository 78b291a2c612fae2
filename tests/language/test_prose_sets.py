"""Declarations by formula: set notations, maps, families, draws and bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from prose_helpers import said, sorts

from errata.language.scope import Independent
from errata.language.sorts import (
    POSITIVE,
    UNIT,
    EuclideanSpace,
    Family,
    FiniteSpace,
    Function,
    Law,
    Matrix,
    Point,
    RandomVariable,
    Real,
    Sort,
    Vector,
)
from errata.language.terms import Comparison, LawReference, MatrixOperation, Name, Number, Slot, StandardLaw

N, D, M = Name("n"), Name("d"), Name("m")


def number(value: int) -> Number:
    return Number(Fraction(value))


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x \in \mathbb{R}", {"x": Real()}),
        (r"x\in\mathbb R^d", {"x": Vector(D)}),
        (r"c_0, c_1, x \in \mathbb{R}", {"c_{0}": Real(), "c_{1}": Real(), "x": Real()}),
        (r"A \in \mathbb{R}^{m \times n}", {"A": Matrix(M, N)}),
        (r"\mathbf{w} \in \mathbb{R}_{>0}^d", {r"\mathbf{w}": Vector(D, POSITIVE)}),
        (r"x \in \mathbb{R}_{+}", {"x": POSITIVE}),
        (r"x \in \mathbb{R}_{\ge 0}", {"x": Real(low=0.0, low_open=False)}),
        (r"x \in \mathbb{R} \setminus \{0\}", {"x": Real(nonzero=True)}),
        (r"\lambda \in (0,1)", {r"\lambda": UNIT}),
        (r"\lambda \in [0, \infty)", {r"\lambda": Real(low=0.0, low_open=False)}),
        (r"x \in [-1, 1]^n", {"x": Vector(N, Real(-1.0, 1.0, False, False))}),
        (r"k \in \mathbb{Z}", {"k": Real(integer=True)}),
        (r"n \in \mathbb{N}", {"n": Real(low=1.0, low_open=False, integer=True)}),
        (r"y \in \{0,1\}", {"y": Real(0.0, 1.0, False, False, integer=True)}),
        (r"y \in \{-1,1\}", {"y": Point("y")}),
        (r"y \in \{0,1\}^n", {"y": Vector(N, Real(0.0, 1.0, False, False, integer=True))}),
        (r"w \in \Delta^{n-1}", {"w": Vector(N, UNIT, simplex=True)}),
        (r"f : \mathbb{R} \to \mathbb{R}", {"f": Function((Real(),), Real())}),
        (r"D : X \to (0,1)", {"D": Function((Point("x"),), UNIT)}),
        (r"G: \mathcal{Z} \to \mathcal{X}", {"G": Function((Point("z"),), Point("x"))}),
        (r"g : \mathbb{R}^n \times \mathbb{R} \to \mathbb{R}", {"g": Function((Vector(N), Real()), Real())}),
        (r"x_1, \dots, x_n \in \mathbb{R}^d", {"x": Family((N,), Vector(D))}),
        (r"x^{(1)}, \dots, x^{(n)} \in \mathbb{R}", {"x": Family((N,), Real())}),
        (r"x_i \in \mathbb{R}^d", {"x": Family((None,), Vector(D))}),
        (r"D(x) \in (0,1)", {"D": Function((Point("x"),), UNIT)}),
        (r"a > 0", {"a": POSITIVE}),
        (r"a, b > 0", {"a": POSITIVE, "b": POSITIVE}),
        (r"0 < \lambda < 1", {r"\lambda": UNIT}),
        (r"n \geq 2", {"n": Real(low=2.0, low_open=False)}),
        (r"x \ne 0", {"x": Real(nonzero=True)}),
        (r"w_1, \dots, w_n > 0", {"w": Family((N,), POSITIVE)}),
    ],
)
def test_formula_declares(latex: str, expected: dict[str, Sort]) -> None:
    found = said(f"Let ${latex}$.")
    assert expected == sorts(found)
    assert dict(found.not_understood) == {}
    assert len(found.consumed) == 1


def test_symbolic_bounds_become_assumptions() -> None:
    found = said(r"Let $k \in \{1, \dots, K\}$.")
    assert {"k": Real(low=1.0, low_open=False, integer=True)} == sorts(found)
    assert (Comparison("<=", Name("k"), Name("K")),) == found.assumptions


def test_points_of_a_finite_set_are_its_space() -> None:
    assert {"y": FiniteSpace((number(0), number(1)))} == dict(said(r"Let $y \in \{0,1\}$.").spaces)


def test_index_ranges_size_the_family() -> None:
    found = said(r"Let $t_i \in \mathbb{R}$ and $\gamma_{ik} \geq 0$ for $i = 1,\dots,n$ and $k=1,\dots,m$.")
    gamma = Family((N, M), Real(low=0.0, low_open=False))
    assert {"t": Family((N,), Real()), r"\gamma": gamma} == sorts(found)


def test_draws() -> None:
    found = said(r"Let $z \sim \mathcal{N}(0, I)$ and $x \sim p$ and $y \sim q(y \mid x)$.")
    normal = StandardLaw("normal", (number(0), MatrixOperation("identity")))
    given = LawReference(Name("q"), (Slot("y", Name("y")),), (Slot("x", Name("x")),))
    expected = {
        "z": RandomVariable("z", normal),
        "x": RandomVariable("x", LawReference(Name("p"))),
        "p": Law(("x",)),
        "y": RandomVariable("y", given),
        "q": Law(("y", "x")),
    }
    assert expected == sorts(found)


def test_gaussian_space_follows_its_covariance() -> None:
    assert {"x": EuclideanSpace(None)} == dict(said(r"Let $x \sim \mathcal{N}(\mu, \sigma^2)$.").spaces)
    sized = said(r"Let $\Sigma \in \mathbb{R}^{n \times n}$ and $x \sim \mathcal{N}(\mu, \Sigma)$.")
    assert {"x": EuclideanSpace(N)} == dict(sized.spaces)


def test_independent_draws() -> None:
    found = said(r"Let $x_1,\dots,x_n \overset{iid}{\sim} p$.")
    assert Family((N,), RandomVariable("x", LawReference(Name("p")))) == sorts(found)["x"]
    assert (Independent(("x",), members=("x",)),) == found.facts


def test_simplex_needs_nonnegative_weights() -> None:
    good = said(r"Let $w_1,\dots,w_n > 0$ with $\sum_{i=1}^n w_i = 1$.")
    assert {"w": Vector(N, POSITIVE, simplex=True)} == sorts(good)
    free = said(r"Let $w \in \mathbb{R}^n$ with $\sum_{i=1}^n w_i = 1$.")
    assert {"w": Vector(N)} == sorts(free)
    assert len(free.assumptions) == 1


@pytest.mark.parametrize("latex", [r"X \in \mathbb{C}_0^n", r"x \in \mathbb{Q}_p", r"x \in \mathcal{B}(H)_+"])
def test_unknown_sets_protect(latex: str) -> None:
    found = said(f"Let ${latex}$.")
    assert found.is_declaring
    assert sorts(found) == {}
    assert latex[0] in found.not_understood


@pytest.mark.parametrize(
    "latex", ["x \\in", "\\in \\mathbb{R}", "x \\in \\mathbb{R}^{" * 40, "(" * 500, ",,,", "x_{_{_"]
)
def test_hostile_formulas_do_no_harm(latex: str) -> None:
    said(f"Let ${latex}$ be real.")
