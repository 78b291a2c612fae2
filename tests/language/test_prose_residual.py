"""What was not understood protects, and what is no declaration yields nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose_helpers import said, sorts

from errata.language.prose.vocabulary import ATTRIBUTES, STOP_WORDS
from errata.language.scope import Definition, Scope
from errata.language.sorts import Matrix, Real
from errata.language.terms import Comparison, MatrixOperation, Name, Product

SQUARE = r"\mathbb{R}^{n \times n}"


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        (f"Let $A \\in {SQUARE}$ be circulant.", {"A": "circulant"}),
        ("Let $x$ be sparse and let $y$ be positive.", {"x": "sparse"}),
        ("Suppose $A$ and $B$ commute.", {"A": "commute", "B": "commute"}),
        (f"Let $A \\in {SQUARE}$ be not symmetric.", {"A": "not symmetric"}),
        ("Let $f$ be harmonic.", {"f": "harmonic"}),
        ("Let $x$ be positive definite.", {"x": "positive definite"}),
        ("where $\\lambda$ is positive and $g$ is a frobnicator.", {"g": "frobnicator"}),
        ("Denote by $s$ the standard deviation.", {"s": "standard deviation"}),
    ],
)
def test_words_left_over_block_their_names(text: str, blocked: dict[str, str]) -> None:
    found = dict(said(text).not_understood)
    assert found == blocked


def test_negated_properties_are_not_given() -> None:
    assert frozenset() == sorts(said(f"Let $A \\in {SQUARE}$ be not symmetric."))["A"].properties  # type: ignore[attr-defined]
    both = said(f"Let $A \\in {SQUARE}$ be not necessarily symmetric.")
    assert dict(both.not_understood) == {}


def test_hypotheses_of_an_if_sentence_hold_only_there() -> None:
    found = said("If $A$ is symmetric, then $A^T = A$.")
    assert sorts(found) == {}
    assert {"A"} == set(found.not_understood)


@pytest.mark.parametrize(
    "text",
    [
        "Then $a = b$.",
        "We have $x \\in [0,1]$.",
        "Hence $A$ is symmetric.",
        "It follows that $a > 0$ and $b = c$.",
        "Let us differentiate with respect to $x$.",
        "Suppose we want to estimate the mean of $f(x)$.",
        "The derivative of $f$ at $x$ vanishes.",
        "No formula at all stands here.",
    ],
)
def test_running_sentences_yield_nothing(text: str) -> None:
    found = said(text)
    assert not found.is_declaring
    assert (sorts(found), dict(found.not_understood), found.assumptions + found.definitions) == ({}, {}, ())


@pytest.mark.parametrize(
    "text",
    [
        "For any $x > 0$, $\\log x \\le x - 1$.",
        "With $a > 0$, $b \\le c$.",
        "where the last step used Jensen, $c \\le b$.",
    ],
)
def test_claims_after_an_opening_clause_are_not_assumed(text: str) -> None:
    assert said(text).assumptions == ()


# Equations -------------------------------------------------------------------------------------------


def test_definitions() -> None:
    (found,) = said("Let $f(x) = x^2$.").definitions
    assert (found.symbol, found.parameters) == ("f", ("x",))
    assert tuple(d.symbol for d in said("where $m = \\frac{a+b}{2}$ is the midpoint.").definitions) == ("m",)
    assert tuple(d.symbol for d in said("where $p_m = \\frac{p+q}{2}$.").definitions) == ("p_{m}",)
    (density,) = said("Let $p(x \\mid z) = q(x)$.").densities
    assert (density.law, density.values, density.given) == ("p", (("x", "x"),), (("z", "z"),))


def test_where_leaves_known_names_to_others() -> None:
    scope = Scope(sorts={"a": Real()}, definitions={"a": Definition("a", (), Name("b"))})
    found = said("where $a = c$.", scope)
    assert found.definitions + found.assumptions == ()
    assert frozenset() == found.consumed


def test_assumptions_between_known_things() -> None:
    scope = Scope(sorts={"A": Matrix(Name("n"), Name("n")), "B": Matrix(Name("n"), Name("n"))})
    assert (Comparison("=", Name("A"), Name("B")),) == said("Assume $A = B$.", scope).assumptions
    tall = said(r"Let $W \in \mathbb{R}^{m \times n}$ with $W^\top W = I$.")
    left = Product((MatrixOperation("transpose", (Name("W"),)), Name("W")))
    assert (Comparison("=", left, MatrixOperation("identity")),) == tall.assumptions


def test_equations_that_are_properties() -> None:
    found = said(f"Let $W \\in {SQUARE}$ with $W^\\top W = I$.")
    assert frozenset(("orthogonal",)) == sorts(found)["W"].properties  # type: ignore[attr-defined]
    assert found.assumptions == ()
    symmetric = said(f"Let $A \\in {SQUARE}$ be such that $A = A^\\top$.")
    assert frozenset(("symmetric",)) == sorts(symmetric)["A"].properties  # type: ignore[attr-defined]


def test_description_of_a_definition_needs_no_understanding() -> None:
    assert dict(said("Let $g(z) = \\frac{1}{1 + z^2}$ be the witch of Agnesi.").not_understood) == {}
    assert {"L"} == set(said("Let $A = LL^\\top$ be a Cholesky factorisation.").not_understood)


def test_earlier_declarations_are_refined() -> None:
    scope = Scope(sorts={"A": Matrix(Name("n"), Name("n"), frozenset(("symmetric",)))})
    found = said("Let $A$ be invertible.", scope)
    assert Matrix(Name("n"), Name("n"), frozenset(("symmetric", "invertible"))) == sorts(found)["A"]


def test_every_vocabulary_word_is_consumed_by_nothing_else() -> None:
    assert not {w for (w,) in (k for k in ATTRIBUTES if len(k) == 1)} & STOP_WORDS


WORDS = st.sampled_from(
    [
        "let",
        "where",
        "with",
        "be",
        "is",
        "are",
        "and",
        ",",
        ";",
        "symmetric",
        "positive",
        "definite",
        "matrix",
        "law",
        "of",
        "density",
        "mean",
        "variance",
        "not",
        "if",
        "then",
        "independent",
        "circulant",
        "given",
        "random",
        "variable",
        "the",
        "a",
        "for",
        "all",
        "such",
        "that",
        "log",
        "base",
        "2",
        "take",
        "values",
        "in",
    ]
)
FORMULAS = st.sampled_from(
    [
        "$x$",
        "$A$",
        "$x > 0$",
        "$x \\in \\mathbb{R}^n$",
        "$a = b$",
        "$z \\sim p$",
        "$p(x|z)$",
        "$\\{0,1\\}$",
        "$n\\times n$",
    ]
)


@given(st.lists(st.one_of(WORDS, FORMULAS), min_size=1, max_size=14))
def test_no_sentence_breaks_the_reader(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = said(text)
    assert found == said(text)
    if not found.is_declaring:
        assert dict(found.not_understood) == {}
