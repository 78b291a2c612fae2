"""Weaker scopes: laws left free and spaces abstract, where a claim does not need more."""

from errata.language.reading import read_document
from errata.language.sorts import AbstractSpace, EuclideanSpace, Point, Real
from errata.notes.document import read_text
from errata.verify.abstraction import without_formulas

GAUSSIAN = "Let $x \\in \\mathbb{R}$. Let $p(x) = \\mathcal{N}(x; 0, 1)$. Let $q$ be a law of $x$.\n\n"


def weaker(note):
    claim = [p.statement for p in read_document(read_text(note)) if p.statement.kind == "claim"][-1]
    reading = claim.readings[0]
    return claim.scope, without_formulas(claim.scope, (reading.left, reading.right))


def test_nothing_to_free_is_no_weaker():
    assert weaker("Let $p$ be a law of $x$.\n\n$$\\sum_x p(x) = 1$$")[1] is None
    assert weaker("Let $a > 0$.\n\n$$a + a = 2a$$")[1] is None


def test_a_law_by_formula_is_left_free_over_an_abstract_space():
    scope, found = weaker(GAUSSIAN + "$$KL(p \\| q) = H(p, q) - H(p)$$")
    assert (1, EuclideanSpace()) == (len(scope.densities), scope.spaces["x"])
    assert ((), AbstractSpace()) == (found.scope.densities, found.scope.spaces["x"])


def test_points_of_a_freed_space_are_points():
    _, found = weaker(GAUSSIAN + "$$\\log (p(x) q(x)) = \\log p(x) + \\log q(x)$$")
    assert Point("x") == found.scope.sorts["x"]


def test_a_space_whose_points_are_numbers_keeps_its_kind():
    _, found = weaker(GAUSSIAN + "$$x p(x) + x q(x) = x (p(x) + q(x))$$")
    assert found is not None
    assert (EuclideanSpace(), Real()) == (found.scope.spaces["x"], found.scope.sorts["x"])


def test_what_fails_without_the_formula_need_not_fail():
    _, found = weaker(GAUSSIAN + "$$\\log p(x) = -\\frac{1}{2} \\log(2\\pi) - \\frac{x^2}{2}$$")
    assert not found.faithful


def test_only_the_spaces_freed_is_faithful():
    note = "Let $x \\in \\mathbb{R}$. Let $p$ and $q$ be laws of $x$.\n\n$$p(x) q(x) = q(x) p(x)$$"
    _, found = weaker(note)
    assert found is None or found.faithful
