r"""Matrices of which words tell the rows or columns: "with rows $x_1^T, \dots, x_N^T$", "whose $n$-th row is $t_n^T$".

Members of which nothing more is known are taken out of the matrix; a matrix of members that a formula tells is put
together from them. A vector in a row lies, whether its transpose is written or not; a column must not be transposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from errata.language.prose.matrix_predicates import TRANSPOSED, listed
from errata.language.prose.notebook import Notebook
from errata.language.prose.parts import Subject
from errata.language.prose.predicates import Meaning, Said
from errata.language.prose.refine import is_unknown_size, looks_like_matrix, unknown_size
from errata.language.scope import Definition
from errata.language.sorts import Family, Matrix, Vector
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Comparison,
    Entry,
    MatrixOperation,
    Name,
    Number,
    Product,
    Range,
    Term,
    subterms,
)

_PLACE = re.compile(r"\s*(?P<index>[a-z])\s*(?:\^.*)?", re.DOTALL)


def _lines(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read what the rows or the columns of one matrix are."""
    matrix = _stacked(subjects, notes)
    values = listed(said, notes)
    if matrix is None:
        return False
    name, known = matrix
    if values is None:
        return _of_values(said, name, known, notes)
    if values.arguments is not None or notes.is_defined(values.symbol):
        return False
    rows = _in_rows(said)
    if not rows and TRANSPOSED.search(said.latex("values")):
        return False
    sort = _of_members(known, rows, values, notes)
    if sort is None:
        return False
    count, length = (sort.rows, sort.columns) if rows else (sort.columns, sort.rows)
    index = _index(said, values)
    if index is None:
        return False
    whole: Term = MatrixOperation("transpose", (Name(name),)) if rows else Name(name)
    line = Product((whole, MatrixOperation("basis", (Name(index), count))))
    notes.definitions.append(Definition(values.symbol, (index,), line, entry_wise=True))
    notes.sorts[values.symbol] = Family((count,), Vector(length))
    notes.sorts[name] = sort
    return True


def _in_rows(said: Said) -> bool:
    return any((said.token.groups.get(group) or "").startswith("row") for group in ("kind", "kind0"))


def _of_values(said: Said, name: str, sort: Matrix, notes: Notebook) -> bool:
    r"""Put a matrix together from the values of a function: its n-th row is \phi(x_n)^T."""
    place = _PLACE.fullmatch(said.latex("place")) if said.token.groups.get("place") else None
    term = notes.read.term(said.latex("values"))
    rows = _in_rows(said)
    if rows and isinstance(term, MatrixOperation) and term.operation == "transpose":
        term = term.arguments[0]
    count = sort.rows if rows else sort.columns
    indexed = (t for t in subterms(term) if isinstance(t, Entry)) if isinstance(term, Apply) else ()
    if place is None or is_unknown_size(count) or not any(Name(place["index"]) in t.indices for t in indexed):
        return False
    assert isinstance(term, Apply)
    index = Name(place["index"])
    unit: Term = MatrixOperation("basis", (index, count))
    line = (unit, MatrixOperation("transpose", (term,))) if rows else (term, MatrixOperation("transpose", (unit,)))
    body = Aggregate("sum", Binder(index, Range(Number(Fraction(1)), count)), Product(line))
    notes.definitions.append(Definition(name, (), body))
    notes.sorts[name] = sort
    return True


def _stacked(subjects: Sequence[Subject], notes: Notebook) -> tuple[str, Matrix] | None:
    """Return the one matrix that is spoken of: declared as one, or a capital of which nothing else is known."""
    if len(subjects) != 1 or subjects[0].indices or subjects[0].arguments is not None:
        return None
    symbol = subjects[0].symbol
    sort = notes.sort_of(symbol)
    if sort is None and looks_like_matrix(symbol) and not notes.is_defined(symbol):
        sort = Matrix(unknown_size(symbol, "_1"), unknown_size(symbol, "_2"))
    return (symbol, sort) if isinstance(sort, Matrix) else None


def _of_members(sort: Matrix, rows: bool, values: Subject, notes: Notebook) -> Matrix | None:
    """Return the matrix with sizes that its members tell, where none are told of itself; None where they differ."""
    count, length = (sort.rows, sort.columns) if rows else (sort.columns, sort.rows)
    told: Term | None = next((size for size in values.sizes if size is not None), None)
    size: Term | None
    match notes.sort_of(values.symbol):
        case Family((number,), Vector(size)):
            told = told or number
        case _:
            size = None
    count_told, length_told = _agreed(count, told), _agreed(length, size)
    if count_told is None or length_told is None:
        return None
    lines = (count_told, length_told) if rows else (length_told, count_told)
    return Matrix(*lines, sort.properties)


def _agreed(one: Term, other: Term | None) -> Term | None:
    """Return the size that is told, or the one that both are; None where they differ."""
    if other is None or one == other or is_unknown_size(other):
        return one
    return other if is_unknown_size(one) else None


def _index(said: Said, values: Subject) -> str | None:
    """Return the index of the members; None where the words count the lines by another letter."""
    index = (values.indices or ("i",))[0]
    place = _PLACE.fullmatch(said.latex("place")) if said.token.groups.get("place") else None
    return None if place is not None and place["index"] != index else index


def _orthonormal_lines(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "U has orthonormal columns u_1, ..., u_M"."""
    if not _lines(said, subjects, notes):
        return False
    matrix = Name(subjects[0].symbol)
    factors: tuple[Term, ...] = (MatrixOperation("transpose", (matrix,)), matrix)
    in_rows = said.token.groups["kind"] == "rows"
    notes.assume(Comparison("=", Product(factors[::-1] if in_rows else factors), MatrixOperation("identity")))
    return True


def _lines_of(said: Said, subjects: Sequence[Subject], notes: Notebook) -> bool:
    """Read "the rows of X are x_i^T", which names its matrix."""
    return _lines(said, said.subjects("matrix"), notes)


LINE_MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {"lines": _lines, "lines of": _lines_of, "orthonormal lines": _orthonormal_lines}
)
