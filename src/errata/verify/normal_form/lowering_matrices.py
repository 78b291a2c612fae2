"""Operations of linear algebra, by entries."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language import terms as t
from errata.verify.normal_form import arrays
from errata.verify.normal_form.arrays import Block, ScaledIdentity, Value
from errata.verify.normal_form.lowering_binders import product_over
from errata.verify.normal_form.polynomials import constant, constant_value, multiply, power, single
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import Polynomial, Refused

if TYPE_CHECKING:
    from errata.verify.normal_form.lowering import Lowering


def operation(lowering: Lowering, term: t.MatrixOperation) -> Value:
    """Return the value of an operation of linear algebra."""
    w = lowering.w
    if term.operation == "identity":
        if not term.arguments:
            return ScaledIdentity(constant(1))
        return arrays.diagonal_block(w, lowering.argument(term.arguments[0]), lambda _: constant(1))
    values = [lowering.value(argument) for argument in term.arguments]
    first = values[0]
    match term.operation:
        case "transpose":
            return arrays.transpose(first)
        case "inverse":
            if isinstance(first, dict):
                lowering.suppose_nonzero(first)
            return arrays.inverse(w, first)
        case "trace":
            return arrays.trace(w, first, total)
        case "determinant":
            return determinant(lowering, first)
        case "dot":
            return arrays.dot(w, first, values[1], total)
        case "hadamard":
            return _hadamard(lowering, first, values[1])
        case "diagonal":
            return _diagonal(lowering, first)
        case "softmax":
            return _softmax(lowering, first)
        case "norm" | "squared_norm":
            return _norm(lowering, term, first)
    raise Refused(term.operation)


def _norm(lowering: Lowering, term: t.MatrixOperation, value: Value) -> Polynomial:
    w = lowering.w
    if isinstance(value, dict):
        return multiply(w, value, value) if term.operation == "squared_norm" else lowering.function("abs", (value,))
    if isinstance(value, ScaledIdentity):
        raise Refused("the norm of an identity matrix of unknown size")
    if term.kind == "1" and len(value.shape) == 1:
        result = _sum_of_entries(lowering, arrays.map_entries(value, lambda x: lowering.function("abs", (x,))))
        return result if term.operation == "norm" else multiply(w, result, result)
    if term.kind not in ("", "2", "F") or (term.kind == "2" and len(value.shape) > 1):
        raise Refused(f"the norm with index {term.kind}")
    squared = arrays.dot(w, value, value, total)
    return squared if term.operation == "squared_norm" else power(w, squared, Fraction(1, 2))


def _softmax(lowering: Lowering, value: Value) -> Value:
    """exp(z_i) / sum_l exp(z_l), entry by entry."""
    w = lowering.w
    if not isinstance(value, Block) or len(value.shape) != 1:
        raise Refused("the softmax of something that is no column")
    powers = arrays.map_entries(value, lambda x: lowering.function("exp", (x,)))
    share = power(w, _sum_of_entries(lowering, powers), -1)
    return arrays.map_entries(powers, lambda x: multiply(w, x, share))


def _sum_of_entries(lowering: Lowering, block: Block) -> Polynomial:
    ones = Block(block.shape, lambda _: constant(1))
    return arrays.dot(lowering.w, block, ones, total)


def _hadamard(lowering: Lowering, left: Value, right: Value) -> Value:
    w = lowering.w
    if isinstance(left, dict) and isinstance(right, dict):
        return multiply(w, left, right)
    if isinstance(left, Block) and isinstance(right, Block) and left.shape == right.shape:
        one, two = left, right
        return Block(one.shape, lambda indices: multiply(w, one.entry(indices), two.entry(indices)))
    raise Refused("a product by entries of arrays of different shapes")


def _diagonal(lowering: Lowering, value: Value) -> Value:
    if isinstance(value, Block) and len(value.shape) == 1:
        vector = value
        return arrays.diagonal_block(lowering.w, vector.shape[0], lambda i: vector.entry((i,)))
    if isinstance(value, dict):
        return value
    raise Refused("a diagonal matrix of something that is no vector")


def determinant(lowering: Lowering, value: Value) -> Polynomial:
    """Return the determinant: of a number, of a diagonal matrix, of a 2 by 2 matrix; else an opaque atom."""
    w = lowering.w
    if isinstance(value, dict):
        return value
    if isinstance(value, ScaledIdentity) or len(value.shape) != 2 or value.shape[0] is not value.shape[1]:
        raise Refused("the determinant of an array that is not square")
    if value.diagonal is not None:
        domain = arrays.index_domain(value.shape[0])
        variable = w.fresh(domain)
        return product_over(w, ((variable, domain),), value.diagonal(single(variable)))
    if constant_value(value.shape[0].polynomial()) == 2:
        one, two = constant(1), constant(2)
        main = multiply(w, value.entry((one, one)), value.entry((two, two)))
        other = multiply(w, value.entry((one, two)), value.entry((two, one)))
        main.update({m: main.get(m, 0) - c for m, c in other.items()})
        return {m: c for m, c in main.items() if c}
    return single(w.atom("determinant", arrays.freeze_array(w, value)))


def written_out(lowering: Lowering, term: t.Array) -> Value:
    """Return a matrix written by its entries; its entries can be read at numbers only."""
    w = lowering.w
    rows = [[lowering.scalar(cell) for cell in row] for row in term.rows]
    height, width = len(rows), len(rows[0]) if rows else 0
    if not height or any(len(row) != width for row in rows):
        raise Refused("a matrix with rows of different lengths")

    def entry(indices: tuple[Polynomial, ...]) -> Polynomial:
        places = [constant_value(index) for index in indices]
        row, column = places[0], places[1] if len(places) > 1 else 1
        if (
            not isinstance(row, int)
            or not isinstance(column, int)
            or not 1 <= row <= height
            or not 1 <= column <= width
        ):
            raise Refused("an entry of a written matrix at a symbolic index")
        return rows[row - 1][column - 1]

    if height == width == 1:
        return rows[0][0]
    sizes = (w.freeze(constant(height)), w.freeze(constant(width)))
    return Block(sizes[:1] if width == 1 else sizes, entry)
