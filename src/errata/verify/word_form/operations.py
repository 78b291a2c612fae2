"""Operations of linear algebra on words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from errata.language import terms as t
from errata.verify.normal_form.facts import suppose_nonnegative_difference
from errata.verify.normal_form.polynomials import constant, multiply, power
from errata.verify.normal_form.workspace import Polynomial, Refused
from errata.verify.word_form import blocks, kronecker, pseudo_inverses
from errata.verify.word_form.columns import unit_column
from errata.verify.word_form.determinants import determinant
from errata.verify.word_form.letters import Value, Words, identity

ADJUGATE = "adjugate as determinant times inverse"

if TYPE_CHECKING:
    from errata.verify.word_form.lowering import WordLowering


def operation(lowering: WordLowering, term: t.MatrixOperation) -> Value:
    """Return the value of an operation of linear algebra."""
    m = lowering.m
    if term.operation == "identity":
        size = lowering.plain().argument(term.arguments[0]) if term.arguments else None
        return identity(size)
    if term.operation in ("ones", "basis"):
        return unit_column(lowering, term)
    if term.operation == "determinant" and blocks.is_written(lowering, term.arguments[0]):
        return blocks.determinant_of_blocks(lowering, term.arguments[0])
    values = [lowering.value(argument) for argument in term.arguments]
    first = values[0]
    match term.operation:
        case "transpose":
            return first if isinstance(first, dict) else m.transpose(first)
        case "inverse":
            return inverse(lowering, first) if isinstance(first, Words) else _reciprocal(lowering, first)
        case "trace":
            return m.trace(first)
        case "determinant":
            return determinant_of(lowering, first)
        case "dot":
            return dot(lowering, first, values[1])
        case "kronecker":
            return kronecker.kronecker_product(m, first, values[1])
        case "vectorisation":
            return kronecker.vectorised(m, first)
        case "pseudo_inverse":
            return pseudo_inverses.pseudo_inverse(m, first)
        case "adjugate":
            return _adjugate(lowering, first)
        case "norm" | "squared_norm":
            return _norm(lowering, term, first)
    raise Refused(term.operation)


def _reciprocal(lowering: WordLowering, value: Polynomial) -> Polynomial:
    lowering.suppose_nonzero(value)
    return power(lowering.w, value, -1)


def inverse(lowering: WordLowering, value: Words) -> Words:
    """Return an inverse as the claim writes it: it exists."""
    if not lowering.guarded:
        lowering.m.suppose_invertible(value)
        if len(value.terms) == 1:
            lowering.suppose_nonzero(next(iter(value.terms.values())))
    return lowering.m.inverse(value)


def _adjugate(lowering: WordLowering, value: Value) -> Words:
    """adj(A) = det(A) A^-1, an identity of polynomials where the invertible matrices are dense: a free letter."""
    m = lowering.m
    if isinstance(value, dict) or len(value.terms) != 1 or not lowering.w.allows(ADJUGATE):
        raise Refused("the adjugate of a sum or a number")
    ((word, coefficient),) = value.terms.items()
    if len(word) != 1 or coefficient != constant(1) or not m.varies_freely(word[0]):
        raise Refused("the adjugate of a matrix that is not free")
    factor = determinant(m, value)
    lowering.suppose_nonzero(factor)
    return m.scaled(factor, m.inverse(value))


def determinant_of(lowering: WordLowering, value: Value) -> Polynomial:
    """Return a determinant; of a number, the number."""
    return value if isinstance(value, dict) else determinant(lowering.m, value)


def dot(lowering: WordLowering, left: Value, right: Value) -> Polynomial:
    """Return the sum of the products of entries, tr(A^T B)."""
    m = lowering.m
    if isinstance(left, dict) and isinstance(right, dict):
        return multiply(lowering.w, left, right)
    if isinstance(left, dict) or isinstance(right, dict) or left.shape is None or right.shape is None:
        raise Refused("an inner product of a number and an array")
    if left.shape != right.shape:
        raise Refused("an inner product of arrays of different shapes")
    product = m.product(m.transpose(left), right)
    return m.trace(product)


def _norm(lowering: WordLowering, term: t.MatrixOperation, value: Value) -> Polynomial:
    w = lowering.w
    if isinstance(value, dict):
        return multiply(w, value, value) if term.operation == "squared_norm" else lowering.function("abs", value)
    vector = value.shape is not None and value.shape[1] is w.freeze(constant(1))
    if term.kind not in ("", "2", "F") or (term.kind == "2" and not vector):
        raise Refused(f"the norm with index {term.kind}")
    squared = dot(lowering, value, value)
    suppose_nonnegative_difference(w, squared)
    return squared if term.operation == "squared_norm" else power(w, squared, Fraction(1, 2))
