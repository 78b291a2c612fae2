"""Arrays that a note defines entry by entry, D_{ij} := x_i x_j, as wholes: D is the sum of D_{ij} e_i e_j^T."""

from __future__ import annotations

from fractions import Fraction

from errata.language.scope import Definition
from errata.language.sorts import Matrix, Sort, Vector
from errata.language.terms import Aggregate, Binder, MatrixOperation, Name, Number, Product, Range, Term

ONE = Number(Fraction(1))


def whole(defined: Definition, sort: Sort | None) -> Definition | None:
    """Return the definition of the array itself; None where the indices do not reach all entries of an array."""
    match sort:
        case Matrix(rows, columns) if len(defined.parameters) == 2:
            sizes: tuple[Term, ...] = (rows, columns)
        case Vector(size) if len(defined.parameters) == 1:
            sizes = (size,)
        case _:
            return None
    units = [MatrixOperation("basis", (Name(i), size)) for i, size in zip(defined.parameters, sizes, strict=True)]
    place: tuple[Term, ...] = (units[0], *(MatrixOperation("transpose", (unit,)) for unit in units[1:]))
    total: Term = Product((defined.body, *place))
    for index, size in reversed(list(zip(defined.parameters, sizes, strict=True))):
        total = Aggregate("sum", Binder(Name(index), Range(ONE, size)), total)
    return Definition(defined.symbol, (), total)
