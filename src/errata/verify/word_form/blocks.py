"""Matrices written in blocks: products and sums block by block; an inverse is checked by multiplying.

M N = I proves M^-1 = N, as M is square and has an inverse where the claim has a value. The determinant of two by
two blocks is that of a block with an inverse times that of its Schur complement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from errata.language import terms as t
from errata.verify.normal_form.polynomials import constant, multiply
from errata.verify.normal_form.workspace import Frozen, Polynomial, Refused
from errata.verify.word_form.algebra import Matrices
from errata.verify.word_form.determinants import determinant
from errata.verify.word_form.equality import DEPTH, vanishes
from errata.verify.word_form.letters import Value, Words, identity, one

if TYPE_CHECKING:
    from errata.verify.word_form.lowering import WordLowering

SCHUR = "Schur complement"
BLOCK_INVERSE = "inverse of a matrix in blocks, by multiplying"
Rows = tuple[tuple[Words, ...], ...]


@dataclass(frozen=True)
class Blocks:
    """A matrix in blocks, or the inverse of one."""

    rows: Rows
    inverted: bool = False


def is_written(lowering: WordLowering, term: t.Term) -> bool:
    """Whether a matrix is written out somewhere in a term, or in the definition of a name that is the term."""
    if isinstance(term, t.Name):
        definition = lowering.w.scope.definitions.get(term.symbol)
        return definition is not None and not definition.parameters and is_written(lowering, definition.body)
    if isinstance(term, t.MatrixOperation) and term.operation in ("determinant", "trace"):
        return False
    return isinstance(term, t.Array) or any(is_written(lowering, part) for part in t.children(term))


def same_blocks(lowering: WordLowering, left: t.Term, right: t.Term) -> bool:
    """Whether two matrices in blocks are surely equal."""
    m = lowering.m
    first, second = value(lowering, left), value(lowering, right)
    if second.inverted and not first.inverted:
        first, second = second, first
    if first.inverted and not second.inverted:
        if not m.w.allows(BLOCK_INVERSE):
            return False
        return _same(m, product(m, first.rows, second.rows), _identity(first.rows))
    return _same(m, first.rows, second.rows)


def _same(m: Matrices, left: Rows, right: Rows) -> bool:
    if [len(row) for row in left] != [len(row) for row in right]:
        return False
    pairs = [pair for one_row, other in zip(left, right, strict=True) for pair in zip(one_row, other, strict=True)]
    return all(vanishes(m, m.difference(one_block, other), DEPTH) for one_block, other in pairs)


def value(lowering: WordLowering, term: t.Term) -> Blocks:
    """Return a matrix in blocks; raises Refused for what is none."""
    m = lowering.m
    match term:
        case t.Array(cells):
            return Blocks(_written(lowering, cells))
        case t.Name(symbol) if symbol not in lowering.environment:
            definition = lowering.w.scope.definitions.get(symbol)
            if definition is not None and is_written(lowering, term):
                return value(lowering.of_definition(symbol, {}), definition.body)
        case t.Negative(inner):
            return Blocks(_mapped(m, constant(-1), _plain(value(lowering, inner))))
        case t.MatrixOperation("transpose", (inner,)):
            rows = _plain(value(lowering, inner))
            return Blocks(tuple(tuple(m.transpose(block) for block in column) for column in zip(*rows, strict=True)))
        case t.MatrixOperation("inverse", (inner,)):
            return Blocks(_plain(value(lowering, inner)), inverted=True)
        case t.Product(factors):
            return _product_of(lowering, factors)
        case t.Sum(parts):
            total = _plain(value(lowering, parts[0]))
            for part in parts[1:]:
                total = _added(m, total, _plain(value(lowering, part)))
            return Blocks(total)
    raise Refused("a matrix that is not in blocks")


def _plain(blocks: Blocks) -> Rows:
    if blocks.inverted:
        raise Refused("the inverse of a matrix in blocks inside an expression")
    return blocks.rows


def _product_of(lowering: WordLowering, factors: tuple[t.Term, ...]) -> Blocks:
    number = constant(1)
    rows: Rows | None = None
    for factor in factors:
        if is_written(lowering, factor):
            block = _plain(value(lowering, factor))
            rows = block if rows is None else product(lowering.m, rows, block)
        else:
            number = multiply(lowering.w, number, lowering.scalar(factor))
    if rows is None:
        raise Refused("a matrix that is not in blocks")
    return Blocks(_mapped(lowering.m, number, rows))


def _mapped(m: Matrices, factor: Polynomial, rows: Rows) -> Rows:
    return tuple(tuple(m.scaled(factor, block) for block in row) for row in rows)


def _added(m: Matrices, left: Rows, right: Rows) -> Rows:
    if [len(row) for row in left] != [len(row) for row in right]:
        raise Refused("blocks that do not fit")
    return tuple(
        tuple(m.added(a, b) for a, b in zip(one_row, other, strict=True))
        for one_row, other in zip(left, right, strict=True)
    )


def product(m: Matrices, left: Rows, right: Rows) -> Rows:
    """Return the product, block by block."""
    if len(left[0]) != len(right):
        raise Refused("blocks that do not fit")
    return tuple(tuple(_cell(m, row, column) for column in zip(*right, strict=True)) for row in left)


def _cell(m: Matrices, row: tuple[Words, ...], column: tuple[Words, ...]) -> Words:
    parts = [m.matrix_product(a, b) for a, b in zip(row, column, strict=True)]
    result = parts[0]
    for part in parts[1:]:
        result = m.added(result, part)
    return result


def _identity(rows: Rows) -> Rows:
    """The identity in the blocks of a matrix whose diagonal blocks are square."""
    sizes: list[Frozen] = []
    for place, row in enumerate(rows):
        shape = row[place].shape if len(row) == len(rows) else None
        if shape is None or shape[0] is not shape[1]:
            raise Refused("diagonal blocks that are not square")
        sizes.append(shape[0])
    return tuple(
        tuple(identity(height) if height_at == at else Words((height, width), {}) for at, width in enumerate(sizes))
        for height_at, height in enumerate(sizes)
    )


def _written(lowering: WordLowering, rows: tuple[tuple[t.Term, ...], ...]) -> Rows:
    """The blocks as written; a number 0 or an identity takes the size that its row and column tell."""
    values = [[lowering.value(cell) for cell in row] for row in rows]
    if len({len(row) for row in values}) != 1:
        raise Refused("rows of different lengths")
    heights = [_told(row, 0) for row in values]
    widths = [_told(list(column), 1) for column in zip(*values, strict=True)]
    unit = one(lowering.w)
    return tuple(
        tuple(_sized(cell, height or unit, width or unit) for cell, width in zip(row, widths, strict=True))
        for row, height in zip(values, heights, strict=True)
    )


def _told(values: list[Value], side: int) -> Frozen | None:
    """The size that the matrices of a row or column of blocks agree on, None where it has numbers only."""
    sizes = {each.shape[side] for each in values if isinstance(each, Words) and each.shape is not None}
    if len(sizes) > 1:
        raise Refused("blocks of different sizes")
    return sizes.pop() if sizes else None


def _sized(cell: Value, height: Frozen, width: Frozen) -> Words:
    if isinstance(cell, dict):
        if cell and not (height is width and _is_one(height)):
            raise Refused("a number in place of a block")
        return Words((height, width), {(): cell} if cell else {})
    if cell.shape is None:
        if height is not width:
            raise Refused("an identity in place of a block that is not square")
        return Words((height, width), cell.terms)
    return cell


def _is_one(size: Frozen) -> bool:
    return size.items == (((), 1),)


def determinant_of_blocks(lowering: WordLowering, term: t.Term) -> Polynomial:
    """det [[A, B], [C, D]] = det(A) det(D - C A^-1 B), or by D, whichever surely has an inverse."""
    m = lowering.m
    rows = _plain(value(lowering, term))
    if len(rows) != 2 or len(rows[0]) != 2 or not m.w.allows(SCHUR):
        raise Refused("the determinant of blocks that are not two by two")
    (a, b), (c, d) = rows
    for pivot, across, down, other in ((a, b, c, d), (d, c, b, a)):
        if len(pivot.terms) == 1:
            ((word, coefficient),) = pivot.terms.items()
            if coefficient == constant(1) and all(m.surely_invertible(item) for item in word):
                inside = m.matrix_product(m.matrix_product(down, m.inverse(pivot)), across)
                whole = m.difference(other, inside)
                return multiply(m.w, determinant(m, pivot), determinant(m, whole))
    raise Refused("blocks of which none surely has an inverse")
