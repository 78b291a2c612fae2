"""Sizes that neither a sentence nor a guess tells."""

from __future__ import annotations

from errata.language.prose.refine import unknown_size
from errata.language.shapes import Arrays, has_open_sizes, unify
from errata.language.sorts import Matrix, Vector
from errata.language.terms import Comparison, MatrixOperation, Name, Product

N = Name("n")
D = unknown_size("D")
DIAGONAL = Matrix(D, D, frozenset(("diagonal",)))


def test_an_open_size_of_a_declared_matrix_is_what_stands_beside_it() -> None:
    sorts = {"D": DIAGONAL, "W": Matrix(N, N), "S": Matrix(N, N)}
    product = Product((Name("W"), Name("D"), MatrixOperation("transpose", (Name("W"),))))
    assert unify(Arrays({}), [Comparison("=", Name("S"), product)], sorts).sizes == {D: N}


def test_told_sizes_are_not_open() -> None:
    assert has_open_sizes([Vector(N), DIAGONAL])
    assert not has_open_sizes([Vector(N), Matrix(N, N)])
