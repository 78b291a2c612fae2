"""The meanings of phrases about single eigenvalues and eigenvectors (patterns in `spectral_frames`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import Meaning, Said
from errata.language.scope import Definition
from errata.language.sorts import Matrix, Real, Vector
from errata.language.terms import Comparison, Entry, MatrixOperation, Name, Number, Product, Term

_ONE = Number(Fraction(1))


def _extreme(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Define the value as the first or the last of the subject's."""
    matrix = _matrix_of(subjects, notes)
    return matrix is not None and _define_extreme(said, said.subjects("value"), matrix, notes)


def _extreme_of(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    matrix = _matrix_of(said.subjects("matrix"), notes)
    return matrix is not None and _define_extreme(said, subjects, matrix, notes)


def _define_extreme(said: Said, values: Sequence[Subject], matrix: tuple[str, Matrix], notes: Notebook) -> bool:
    name, sort = matrix
    if len(values) != 1 or values[0].indices or values[0].sizes or notes.is_defined(values[0].symbol):
        return False
    if values[0].arguments not in (None, (name,)):
        return False
    of_square = said.token.groups["what"].startswith("eigen")
    if of_square and sort.rows != sort.columns:
        return False
    largest = said.token.groups["which"] in ("largest", "maximal", "maximum", "greatest")
    if not of_square and not largest:
        return False
    operation = MatrixOperation("eigenvalues" if of_square else "singular_values", (Name(name),))
    value = Entry(operation, (_ONE if largest else sort.rows,))
    parameters = values[0].arguments or ()
    notes.definitions.append(Definition(values[0].symbol, parameters, value))
    return True


def _pair(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    return _is_pair(said, _matrix_of(subjects, notes), said.subjects("vector"), notes)


def _vector_of(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    return _is_pair(said, _matrix_of(said.subjects("matrix"), notes), subjects, notes)


def _is_pair(said: Said, matrix: tuple[str, Matrix] | None, vectors: Sequence[Subject], notes: Notebook) -> bool:
    """Assume A v = c v, with v of length 1 where that is said."""
    values = said.subjects("value")
    if matrix is None or len(vectors) != 1 or len(values) != 1 or matrix[1].rows != matrix[1].columns:
        return False
    if any(s.indices or s.sizes or s.arguments is not None or notes.is_defined(s.symbol) for s in (*vectors, *values)):
        return False
    vector, value = Name(vectors[0].symbol), Name(values[0].symbol)
    is_number = isinstance(notes.scope.sorts.get(vector.symbol), Real)
    if is_number or isinstance(notes.sort_of(value.symbol), Vector | Matrix):
        return False
    if not isinstance(notes.sort_of(vector.symbol), Vector):
        notes.sorts[vector.symbol] = Vector(matrix[1].rows)  # "v is not 0" alone would make a number of it
    if notes.sort_of(value.symbol) is None:
        notes.sorts[value.symbol] = Real()
    left: Term = Product((Name(matrix[0]), vector))
    notes.assume(Comparison("=", left, Product((value, vector))))
    if re.search("unit|normali", said.token.groups.get("kind", "")):
        notes.assume(Comparison("=", MatrixOperation("norm", (vector,)), _ONE))
    return True


def _matrix_of(subjects: Sequence[Subject], notes: Notebook) -> tuple[str, Matrix] | None:
    if len(subjects) != 1 or subjects[0].indices or subjects[0].arguments is not None:
        return None
    sort = notes.sort_of(subjects[0].symbol)
    return (subjects[0].symbol, sort) if isinstance(sort, Matrix) else None


SPECTRAL_MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {
        "extreme eigenvalue": _extreme,
        "extreme eigenvalue of": _extreme_of,
        "eigenpair": _pair,
        "eigenvector of": _vector_of,
    }
)
