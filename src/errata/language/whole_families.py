r"""Arrays put together from a formula for their entries: $\mu_i = \sigma(w^T x_i)$ tells what $\mu$ is.

They are so if nothing limits the indices for which the formula holds, and if their sizes are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from errata.language.definitions import unfold_entries, used_symbols
from errata.language.scope import Definition
from errata.language.sorts import Matrix, Sort, Vector
from errata.language.terms import Aggregate, Binder, MatrixOperation, Name, Number, Product, Range, Term

_ONE = Number(Fraction(1))


def put_together(entries: Mapping[str, Definition], sorts: Mapping[str, Sort]) -> dict[str, Definition]:
    """Return what the vectors and matrices are whose entries these definitions tell, each a sum over its entries."""
    found: dict[str, Definition] = {}
    for symbol, told in entries.items():
        sizes = _sizes(sorts.get(symbol))
        indices = told.parameters
        if not sizes or len(sizes) != len(indices) or len(set(indices)) != len(indices):
            continue
        body = unfold_entries(told.body, {s: d for s, d in entries.items() if s != symbol})
        if symbol in used_symbols(body):
            continue
        for index, size in zip(reversed(indices), reversed(sizes), strict=True):
            unit: Term = MatrixOperation("basis", (Name(index), size))
            first = index == indices[0]
            body = Product((unit, body) if first and len(indices) == 2 else (body, _placed(unit, len(indices))))
        for index, size in zip(reversed(indices), reversed(sizes), strict=True):
            body = Aggregate("sum", Binder(Name(index), Range(_ONE, size)), body)
        found[symbol] = Definition(symbol, (), body)
    return found


def _sizes(sort: Sort | None) -> tuple[Term, ...]:
    match sort:
        case Vector(size=size, simplex=False, one_hot=False):
            return (size,)
        case Matrix(rows=rows, columns=columns):
            return (rows, columns)
    return ()


def _placed(unit: Term, dimensions: int) -> Term:
    """Return the unit vector of an entry's place as it stands behind the entry: as a row in a matrix."""
    return MatrixOperation("transpose", (unit,)) if dimensions == 2 else unit
