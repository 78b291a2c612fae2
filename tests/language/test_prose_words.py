"""Declarations by words: adjectives, laws, random variables, and whom they speak about."""

from __future__ import annotations

from fractions import Fraction

import pytest
from prose_helpers import said, sorts

from errata.language.scope import Definition, ImageLaw, Independent, Scope
from errata.language.sorts import (
    POSITIVE,
    AbstractSpace,
    EuclideanSpace,
    FiniteSpace,
    Function,
    Law,
    Matrix,
    Point,
    RandomVariable,
    Real,
    Vector,
)
from errata.language.terms import (
    Apply,
    Comparison,
    Constant,
    Expectation,
    LawReference,
    MatrixOperation,
    MomentOf,
    Name,
    Number,
    StandardLaw,
)

N = Name("n")
SQUARE = r"\mathbb{R}^{n \times n}"
SPD = frozenset(("symmetric", "positive definite"))


def number(value: int) -> Number:
    return Number(Fraction(value))


@pytest.mark.parametrize(
    ("words", "properties"),
    [
        ("symmetric", {"symmetric"}),
        ("symmetric and invertible", {"symmetric", "invertible"}),
        ("symmetric positive definite", SPD),
        ("an orthogonal matrix", {"orthogonal"}),
        ("a diagonal matrix", {"diagonal"}),
    ],
)
def test_matrix_properties(words: str, properties: set[str]) -> None:
    found = said(f"Let $A \\in {SQUARE}$ be {words}.")
    assert {"A": Matrix(N, N, frozenset(properties))} == sorts(found)
    assert dict(found.not_understood) == {}


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("positive", POSITIVE),
        ("a positive integer", Real(low=1.0, low_open=False, integer=True)),
        ("a real number", Real()),
        ("an integer", Real(integer=True)),
        ("nonzero", Real(nonzero=True)),
        ("non-negative", Real(low=0.0, low_open=False)),
        ("a probability", Real(low=0.0, high=1.0, low_open=False, high_open=False)),
    ],
)
def test_numbers(words: str, sort: Real) -> None:
    assert {"a": sort} == sorts(said(f"Let $a$ be {words}."))


@pytest.mark.parametrize("word", ["strictly convex", "concave", "increasing", "odd", "even"])
def test_functions(word: str) -> None:
    found = said(f"Let $f: \\mathbb{{R}} \\to \\mathbb{{R}}$ be a smooth {word} function.")
    assert {"f": Function((Real(),), Real(), frozenset((word,)))} == sorts(found)


def test_plural_predicate_reaches_the_whole_group() -> None:
    found = said(f"Let $A \\in {SQUARE}$ and $B \\in {SQUARE}$ be invertible.")
    invertible = Matrix(N, N, frozenset(("invertible",)))
    assert {"A": invertible, "B": invertible} == sorts(found)


def test_a_new_let_begins_a_new_group() -> None:
    found = said(f"Let $A \\in {SQUARE}$ be symmetric and let $B \\in {SQUARE}$ be diagonal.")
    assert {"A": Matrix(N, N, frozenset(("symmetric",))), "B": Matrix(N, N, frozenset(("diagonal",)))} == sorts(found)


def test_matrix_words_pass_by_vectors() -> None:
    found = said(
        f"Let $x$ be given with mean $m \\in \\mathbb{{R}}^n$ and symmetric positive definite $S \\in {SQUARE}$."
    )
    assert Vector(N) == sorts(found)["m"]
    assert Matrix(N, N, SPD) == sorts(found)["S"]


def test_adjective_without_verb_is_sure_of_the_nearest_only() -> None:
    found = said(f"Let $v \\in \\mathbb{{R}}^n$ with $U \\in {SQUARE}$ and $V \\in {SQUARE}$ orthogonal.")
    assert frozenset() == sorts(found)["U"].properties  # type: ignore[attr-defined]
    assert frozenset(("orthogonal",)) == sorts(found)["V"].properties  # type: ignore[attr-defined]
    assert dict(found.not_understood) == {"U": "orthogonal"}


def test_forward_adjectives() -> None:
    found = said("Let the positive numbers $a$ and $b$ and the column vector $x$ be given.")
    assert {"a": POSITIVE, "b": POSITIVE, "x": Vector(Name("\\dim x"))} == sorts(found)


def test_verb_speaks_about_its_subject_not_its_modifier() -> None:
    found = said(f"Let $A \\in {SQUARE}$ with $n > 2$ be symmetric.")
    assert frozenset(("symmetric",)) == sorts(found)["A"].properties  # type: ignore[attr-defined]


def test_shape_in_words() -> None:
    found = said("Let $S$ be a $d \\times d$ symmetric matrix.")
    assert {"S": Matrix(Name("d"), Name("d"), frozenset(("symmetric",)))} == sorts(found)


def test_one_hot() -> None:
    vector = Vector(Name("\\dim y"), one_hot=True)
    assert {"y": vector} == sorts(said("Let $y$ be a one-hot vector."))
    assert {"y": vector} == sorts(said("Let $y$ be a vector of zeros with a single 1."))


# Laws ------------------------------------------------------------------------------------------------


def test_laws() -> None:
    assert {"p": Law(("x",)), "q": Law(("x",))} == sorts(said("Let $p$ and $q$ be laws of $x$."))
    assert {"q": Law(("z", "x"))} == sorts(said("Let $q$ be the density of $z$ given $x$."))
    assert {"p": Law(("x", "z"))} == sorts(said("Let $p$ be the joint density of $x$ and $z$."))
    assert {"p": Law(("x", "z"))} == sorts(said("Let the joint law of $x$ and $z$ be $p$."))


def test_laws_on_a_finite_set() -> None:
    found = said("Let $p$ and $q$ be positive distributions on a finite set $\\mathcal{X}$.")
    assert {"p": Law(("x",)), "q": Law(("x",))} == sorts(found)
    assert {"x": AbstractSpace()} == dict(found.spaces)
    assert dict(found.not_understood) == {}


def test_image_law() -> None:
    scope = Scope(sorts={"G": Function((Point("z"),), Point("x"))})
    found = said(r"Let $p_g$ be the law of $G(z)$, where $z \sim p_z$.", scope)
    assert (ImageLaw("p_{g}", "x", "G", "p_{z}", "z"),) == found.facts
    assert Law(("x",)) == sorts(found)["p_{g}"]


def test_law_of_a_defined_name_is_an_image_or_not_understood() -> None:
    source = RandomVariable("z", LawReference(Name("r")))
    image = Definition("y", (), Apply(Name("g"), (Name("z"),)))
    known = Scope(sorts={"z": source}, definitions={"y": image})
    assert (ImageLaw("s", "", "g", "r", "z"),) == said("Let $s$ be the density of $y$.", known).facts
    other = Scope(definitions={"y": Definition("y", (), Name("z"))})
    assert "s" in said("Let $s$ be the density of $y$.", other).not_understood


def test_random_variables() -> None:
    found = said(r"Let $x \in \mathbb{R}^n$ be a random vector with mean $m$ and covariance $S$.")
    assert RandomVariable("x") == sorts(found)["x"]
    assert {"x": EuclideanSpace(N)} == dict(found.spaces)
    x = Name("x")
    mean = Comparison("=", Expectation((), x), Name("m"))
    assert (mean, Comparison("=", MomentOf("covariance", (), (x, x)), Name("S"))) == found.assumptions


def test_gaussian_in_words() -> None:
    found = said("Let $\\nu$ be independent of $z$ and Gaussian with mean $0$ and variance $1$.")
    assert RandomVariable("\\nu", StandardLaw("normal", (number(0), number(1)))) == sorts(found)["\\nu"]
    assert (Independent(("\\nu", "z")),) == found.facts


def test_other_standard_laws() -> None:
    uniform = StandardLaw("uniform", (number(0), number(1)))
    assert RandomVariable("z", uniform) == sorts(said("Let $z$ be uniformly distributed over $(0,1)$."))["z"]
    found = said(r"Let $x \in \{0,1\}$ be Bernoulli with parameter $\theta$.")
    assert RandomVariable("x", StandardLaw("bernoulli", (Name("\\theta"),))) == sorts(found)["x"]


def test_gaussian_notation_explained() -> None:
    found = said(r"Let $\mathcal{N}(x|m,S)$ denote the density of the Gaussian with mean $m$ and covariance $S$.")
    assert found.is_declaring
    assert dict(found.not_understood) == {}
    assert sorts(found) == {}


def test_finite_spaces() -> None:
    assert {"z": AbstractSpace()} == dict(said("Let $Z$ take finitely many values.").spaces)
    points = FiniteSpace((number(1), number(3)))
    assert {"x": points} == dict(said("Let $X$ take the values $1$ and $3$.").spaces)


def test_independence_of_random_things_only() -> None:
    assert (Independent(("x", "y")),) == said("Let $x$ and $y$ be independent random variables.").facts
    vectors = said(r"Let $u, v \in \mathbb{R}^n$ be independent.")
    assert vectors.facts == ()
    assert {"u", "v"} == set(vectors.not_understood)


# Logarithms and other languages ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("All logarithms are to base 2.", number(2)),
        ("Here $\\log$ has base $2$.", number(2)),
        ("Taking $\\log_2$ we find this.", number(2)),
        ("Here $\\log$ is the natural logarithm.", Constant("e")),
        ("$\\log = \\log_{10}$.", number(10)),
    ],
)
def test_log_base(text: str, base: object) -> None:
    assert base == said(text).log_base


def test_base_of_something_else() -> None:
    assert said("The vectors $u$ and $v$ form a base.").log_base is None


@pytest.mark.parametrize(
    "text",
    [
        "设 $x \\in \\mathbb{R}^n$ 是输入向量。",
        "فرض کنید $x \\in \\mathbb{R}^n$ یک بردار ورودی باشد.",
    ],
)
def test_other_languages_declare_by_formula(text: str) -> None:
    found = said(text)
    assert {"x": Vector(N)} == sorts(found)
    assert dict(found.not_understood) == {}


def test_other_languages_open_bounds() -> None:
    assert sorts(said("فرض کنید $\\sigma > 0$ باشد.")) == {"\\sigma": POSITIVE}
    assert said("设 $x \\in \\mathbb{R}$，则 $\\log x \\le x - 1$。").assumptions == ()


def test_matrix_operation_restated() -> None:
    found = said(f"Let $A \\in {SQUARE}$ be invertible with determinant $|A|$.")
    assert dict(found.not_understood) == {}


def test_identity() -> None:
    found = said("Let $E$ be the $n \\times n$ identity matrix.")
    assert (Definition("E", (), MatrixOperation("identity", (N,))),) == found.definitions
