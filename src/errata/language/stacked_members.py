r"""Matrices of members that are told already: with $x_i = \mu + \epsilon_i$, "X has rows $x_i^T$" tells what X is."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.prose.harvested import Harvest
from errata.language.prose.refine import is_unknown_size
from errata.language.scope import Definition
from errata.language.terms import Aggregate, Binder, Entry, MatrixOperation, Name, Number, Product, Range, Term

_ROW_VECTORS = re.compile(r"\brow[- ]vectors?\b", re.IGNORECASE)
_ONE = Number(Fraction(1))


def lines_in(found: Harvest) -> tuple[Definition, ...]:
    """Return the definitions of members as the rows or columns of a matrix, which a sentence makes in words."""
    declared = {d.symbol for d in found.declarations}
    return tuple(d for d in found.definitions if d.symbol in declared and _matrix_of(d) is not None)


def speaks_of_row_vectors(prose: str) -> bool:
    """Return whether vectors may lie in these words, so that a member may be the row itself."""
    return _ROW_VECTORS.search(prose) is not None


def without_lines(found: Harvest) -> Harvest:
    """Return what a sentence says where its members may lie: what they are is not understood."""
    lines = lines_in(found)
    if not lines:
        return found
    doubt = {d.symbol: "whether it is a row or a column" for d in lines}
    return replace(
        found,
        definitions=tuple(d for d in found.definitions if d not in lines),
        not_understood=MappingProxyType({**doubt, **found.not_understood}),
    )


def is_line(definition: Definition) -> bool:
    """Return whether members are told as the rows or columns of a matrix."""
    return _matrix_of(definition) is not None


def of_told_members(found: Harvest, told: Collection[str]) -> Harvest:
    """Return what a sentence says where members that a formula tells make up the matrix, instead of coming from it."""
    for line in lines_in(found):
        if line.symbol in told:
            found = _put_together(found, line)
    return found


def _put_together(found: Harvest, line: Definition) -> Harvest:
    matrix = _matrix_of(line)
    assert matrix is not None
    symbol, in_rows, count = matrix
    declarations = tuple(d for d in found.declarations if d.symbol != line.symbol)
    others = tuple(d for d in found.definitions if d is not line)
    if is_unknown_size(count):
        doubt = {symbol: f"how many members {symbol} has is not said", **found.not_understood}
        return replace(found, declarations=declarations, definitions=others, not_understood=MappingProxyType(doubt))
    (index,) = line.parameters
    member: Term = Entry(Name(line.symbol), (Name(index),))
    unit: Term = MatrixOperation("basis", (Name(index), count))
    if in_rows:
        body = Product((unit, MatrixOperation("transpose", (member,))))
    else:
        body = Product((member, MatrixOperation("transpose", (unit,))))
    whole = Definition(symbol, (), Aggregate("sum", Binder(Name(index), Range(_ONE, count)), body))
    return replace(found, declarations=declarations, definitions=(*others, whole))


def _matrix_of(definition: Definition) -> tuple[str, bool, Term] | None:
    """Return the matrix that members are taken out of, whether they are its rows, and how many they are."""
    match definition:
        case Definition(
            parameters=(index,), body=Product((whole, MatrixOperation("basis", (Name(place), count)))), entry_wise=True
        ) if place == index:
            match whole:
                case Name(symbol):
                    return symbol, False, count
                case MatrixOperation("transpose", (Name(symbol),)):
                    return symbol, True, count
    return None
