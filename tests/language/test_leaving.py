"""What is known once a case is left."""

from reading_helpers import claims_of

from errata.language.leaving import plain
from errata.language.sorts import Function, Matrix, RandomVariable, Real, Vector
from errata.language.terms import Name

N = Name("n")


def test_what_a_thing_is():
    assert plain(Matrix(N, N, frozenset({"symmetric"}))) == Matrix(N, N)
    assert plain(Real(low=0.0)) == Real()
    assert plain(Real(low=1.0, low_open=False, integer=True)) == Real(low=1.0, low_open=False, integer=True)
    assert plain(Vector(N, simplex=True)) == Vector(N)
    assert plain(RandomVariable("x", N)) == RandomVariable("x")
    assert plain(Function((Real(),), Real(), frozenset({"convex", "entrywise"}))).properties == {"entrywise"}


def left(note):
    return claims_of(note)[-1].statement.left


def test_a_case_that_is_left_makes_another_claim():
    note = "Let $A$ be an $n\\times n$ matrix. Suppose that $A$ is symmetric. In general,\n\n$$x^T A y = y^T A x$$"
    other = left(note)
    assert other is not None
    assert other.scope.sorts["A"].properties == frozenset()


def test_claims_that_rest_on_nothing_left_carry_no_other():
    note = "Let $A$ be an $n\\times n$ matrix. Suppose that $b > 0$. In general,\n\n$$x^T A y = y^T A^T x$$"
    assert left(note) is None


def test_what_is_not_left_stays():
    assert left("Suppose that $x > 0$. Then\n\n$$|x| = x$$") is None
    assert left("For $x > 0$ and $y = 2$ we have\n\n$$x y = 2 x$$") is None


def test_what_is_supposed_anew_leaves_the_rest():
    other = left("Assume $c = 2$ and $d = 3$. Then $c d = 6$. Now assume $c = 4$. Then\n\n$$c + d = 7$$")
    assert other is None or "d" in other.scope.definitions


def test_a_number_that_is_denied_is_left():
    other = left("Let $\\alpha = 1$. Then $\\alpha m = m$. But $\\alpha < 1$ means\n\n$$\\alpha m = m$$")
    assert other is not None
    assert "\\alpha" not in other.scope.definitions
