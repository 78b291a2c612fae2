"""The sorts of names that nobody declared, and what of a scope a claim rests on."""

from fractions import Fraction

import pytest
from reading_helpers import claims_of, term_of

from errata.language.definitions import definition
from errata.language.inference import complete, relevant, size_names, vacuous_derivative
from errata.language.knowledge import Knowledge
from errata.language.scope import Definition, Scope
from errata.language.sorts import (
    SIZE,
    AbstractSpace,
    EuclideanSpace,
    Family,
    Function,
    Law,
    Matrix,
    Point,
    Real,
    Vector,
)
from errata.language.terms import Comparison, Name, Number


def inferred(note, symbol):
    """Return the sort of a name in the scope of the last claim of a note."""
    return claims_of(note)[-1].statement.scope.sorts[symbol]


@pytest.mark.parametrize(
    ("note", "symbol", "sort"),
    [
        ("$$2a = a + a$$", "a", Real()),
        (r"$$\sum_{i=1}^n c = n c$$", "n", SIZE),
        (r"$$\sum_{i=1}^n 2 x_i = 2 \sum_{i=1}^n x_i$$", "x", Family((Name("n"),), Real())),
        (r"$$p(x) = p(x) + 0$$", "x", Point("x")),
        (r"$$p(x, z) = p(x \mid z) p(z)$$", "p", Law(("x", "z"))),
        (r"$$f(a) + 1 = 1 + f(a)$$", "f", Function((Real(),), Real())),
        (r"$$p(x) D(x) = D(x) p(x)$$", "D", Function((Point("x"),), Real())),
        (r"$$p_\theta(x) = p_\theta(x) + 0$$", r"p_{\theta}", Law(("x",), (r"\theta",))),
    ],
)
def test_sorts_of_undeclared_names(note, symbol, sort):
    assert sort == inferred(note, symbol)


def test_a_declaration_wins():
    assert Real(low=0.0) == inferred("Let $a > 0$.\n\n$$2a = a + a$$", "a")


def test_what_was_inferred_is_said():
    statement = claims_of(r"$$\sum_{i=1}^n c = n c$$")[0].statement
    assert "n is a positive integer" in statement.assumed
    assert "c is a real number" in statement.assumed


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        (r"$$\sum_x p(x) = 1$$", AbstractSpace()),
        ("Let $x \\in \\mathbb{R}$. Let $p(x) = \\mathcal{N}(x; 0, 1)$.\n\n$$p(x) = p(x) + 0$$", EuclideanSpace()),
    ],
)
def test_what_a_space_is(note, kind):
    assert kind == claims_of(note)[-1].statement.scope.spaces["x"]


def test_the_relevant_part_of_a_scope_is_closed():
    body = term_of("b + 1")
    scope = Scope(
        definitions={"a": Definition("a", (), body), "u": Definition("u", (), term_of("v"))},
        assumptions=(Comparison(">", Name("b"), Name("c")), Comparison(">", Name("v"), Name("w"))),
    )
    kept, reached = relevant(scope, [term_of("a^2")])
    assert {"a"} == set(kept.definitions)
    assert (Comparison(">", Name("b"), Name("c")),) == kept.assumptions
    assert body in reached


def test_completing_keeps_only_what_is_relevant():
    scope = Scope(definitions={"u": Definition("u", (), Name("v"))})
    completed, words = complete(scope, Knowledge(), [term_of("a + 1")])
    assert ({}, {"a": Real()}) == (dict(completed.definitions), dict(completed.sorts))
    assert words == ("a is a real number",)


@pytest.mark.parametrize(
    ("body", "variable", "vacuous"),
    [
        ("a^2", "a", False),
        ("b^2", "a", True),
        ("y^2", "a", False),
        ("p_\\theta(x)", "\\theta", False),
        ("3", "a", False),
    ],
)
def test_a_derivative_by_what_does_not_occur_is_vacuous(body, variable, vacuous):
    scope = Scope(definitions={"y": definition(Name("y"), term_of("a + 1"))})
    found = vacuous_derivative(scope, [term_of(rf"\frac{{\partial}}{{\partial {variable}}} {body}")])
    assert vacuous is (found is not None)


def test_a_derivative_by_an_entry_needs_the_vector_alone():
    note = r"""Let $x, \mu \in \mathbb{R}^d$.

$$\frac{\partial}{\partial \mu_j} \|x - \mu\|^2 = -2 (x_j - \mu_j)$$"""
    assert claims_of(note)[-1].statement.problem is None


@pytest.mark.parametrize(
    ("sort", "sizes"),
    [(Real(), set()), (Vector(Name("d")), {"d"}), (Matrix(Name("m"), Name("n")), {"m", "n"})],
)
def test_the_sizes_of_a_sort(sort, sizes):
    assert sizes == set(size_names(sort))


def test_a_one_hot_vector_is_read_as_weights_and_protects_what_fails():
    (claim,) = claims_of("Let $y \\in \\mathbb{R}^n$ be one-hot.\n\n$$\\sum_{i=1}^n y_i = 1$$\n")
    sort = claim.statement.scope.sorts["y"]
    assert sort.simplex
    assert claim.statement.scope.not_understood["y"] == "one-hot"


@pytest.mark.parametrize(
    ("note", "symbol", "kind"),
    [
        ("$$w^T x + b = b + w^T x$$", "x", Vector),
        ("$$w^T x + b = b + w^T x$$", "b", Real),
        ("$$w^T x + w_0 = w_0 + x^T w$$", "w_{0}", Real),
        ("$$w^T A w = (A^T w)^T w$$", "A", Matrix),
        (r"$$\sum_{i=1}^n (x_i - m)^T (x_i - m) = \sum_{i=1}^n (m - x_i)^T (m - x_i)$$", "m", Vector),
        (r"$$\frac{N}{2} \ln |C| + \mathrm{tr}(C) = \mathrm{tr}(C) + \frac{N}{2} \ln |C|$$", "N", Real),
        ("$$a^2 B = B a^2$$", "B", Real),
    ],
)
def test_arrays_that_are_not_declared(note, symbol, kind):
    assert isinstance(inferred(note, symbol), kind)


def test_sizes_that_must_agree_are_equal():
    scope = claims_of(r"$$(A x - b)^T (A x - b) = \|A x\|^2 - 2 b^T A x + \|b\|^2$$")[0].statement.scope
    matrix, x, b = scope.sorts["A"], scope.sorts["x"], scope.sorts["b"]
    assert (matrix.rows, matrix.columns) == (b.size, x.size)
    assert matrix.rows != matrix.columns


def test_that_a_matrix_was_guessed_is_said():
    statement = claims_of("$$w^T A w = w^T A w + 0$$")[0].statement
    assert any(words.startswith("A is a matrix") for words in statement.assumed)
    assert frozenset("A") == statement.scope.numbers_perhaps


def test_a_number_beside_an_inner_product_is_no_matrix():
    note = r"$$2 u_{t+1} = u_t + (R_{t+1} + u_t^T x_{t+1} - u_t^T x_t) x_t$$"
    assert inferred(note, "R") == Family((None,), Real())


def test_no_size_becomes_one_because_of_a_definition_that_follows():
    note = "$$f + g^T d = f + d^T g$$\n\nat $d = -H^{-1} g$.\n\n$$g^T H g = g^T H^T g$$"
    assert inferred(note, "g").size != Number(Fraction(1))
