import pytest

from errata.language.sorts import Function, Real, Vector
from errata.language.taken_arrays import arrays_taken, gradient_at
from errata.language.terms import Apply, At, Derivative, Elementary, Name

X, Y, SIZE = Name("x"), Name("y"), Name("d")
OF_VECTORS = {"f": Function((Vector(SIZE),), Real())}
F_OF_X = Apply(Name("f"), (X,))


@pytest.mark.parametrize(
    ("term", "sorts", "found"),
    [
        (F_OF_X, OF_VECTORS, [(X, Vector(SIZE))]),
        (At(Derivative(F_OF_X, X), X, Y), OF_VECTORS, [(Y, Vector(SIZE))]),
        (At(F_OF_X, Y, Name("z")), OF_VECTORS, []),
        (F_OF_X, {"f": Function((Real(),), Real())}, []),
        (F_OF_X, {}, []),
        (Apply(Name("f"), (X, Y)), OF_VECTORS, []),
        (X, OF_VECTORS, []),
    ],
)
def test_a_declared_function_tells_what_it_takes(term, sorts, found):
    assert found == list(arrays_taken(term, sorts))


def test_a_gradient_is_like_the_place_where_it_is_taken():
    assert gradient_at(At(Derivative(F_OF_X, X), X, Y)) == Y
    assert gradient_at(At(Derivative(F_OF_X, X, 2), X, Y)) is None
    assert gradient_at(At(Derivative(Elementary("exp", (X,)), X), X, Y)) is None
    assert gradient_at(At(F_OF_X, X, Y)) is None
