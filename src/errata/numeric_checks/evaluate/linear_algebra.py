"""The operations of linear algebra on vectors and matrices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from errata.language.terms import ComplexDeterminant, MatrixOperation, Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate import matrix_functions, transport
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.scalars import inverse_or_nan, matrix_product, multiply
from errata.numeric_checks.interpretation import Value
from errata.numeric_checks.quantities import Quantity, agree, aligned, shape_text


def evaluate_matrix_operation(term: Term, env: Environment) -> Value:
    """Dispatch on the operation."""
    assert isinstance(term, MatrixOperation)
    if term.operation == "identity":
        if not term.arguments:
            return Quantity(np.ones((1,)), 0, unit=True)
        return Quantity(np.eye(matrix_functions.size_of(term.arguments, env))[None], 2)
    if term.operation == "ones":
        return Quantity(np.ones((1, matrix_functions.size_of(term.arguments, env), 1)), 2)
    if term.operation == "basis":
        return matrix_functions.basis(env.number(term.arguments[0]), matrix_functions.size_of(term.arguments[1:], env))
    values = [env.number(argument) for argument in term.arguments]
    if term.operation == "kronecker" and len(values) == 2:
        return matrix_functions.kronecker(*values)
    if term.operation in ("dot", "hadamard") and len(values) == 2:
        return _pair(term.operation, values[0], values[1], env)
    if term.operation == "cheapest_plan" and len(values) == 3:
        return transport.cheapest_plan(*values)
    if len(values) != 1:
        raise Unanswerable(f"{term.operation} of {len(values)} arguments is not interpreted")
    return one_argument(term.operation, values[0], term.kind)


def evaluate_complex_determinant(term: Term, env: Environment) -> Value:
    """One part of the determinant of A + iB."""
    assert isinstance(term, ComplexDeterminant)
    both = agree([env.number(term.real), env.number(term.imaginary)])
    (a, b), _, rank = aligned(both)
    if rank and a.shape[-1] != a.shape[-2]:
        raise Unanswerable(f"shapes do not agree: the determinant of a {shape_text(both[0].shape)} matrix")
    matrix = a + 1j * b if rank else (a + 1j * b)[..., None, None]
    value = np.linalg.det(matrix)
    bound = np.sqrt((np.abs(matrix) ** 2).sum(axis=-1)).prod(axis=-1)
    return Quantity(value.real if term.part == "real" else value.imag, 0, bound)


def one_argument(operation: str, q: Quantity, kind: str = "") -> Quantity:
    """Operations of one matrix or vector; a number counts as 1 by 1."""
    if operation == "transpose":
        if not q.rank:
            return q
        scale = None if q.scale is None else np.swapaxes(q.scale, -1, -2)
        return Quantity(np.swapaxes(q.array, -1, -2), 2, scale)
    if operation in ("norm", "squared_norm"):
        return _norm(q, kind, squared=operation == "squared_norm")
    if operation == "diagonal":
        return _diagonal(q)
    if operation == "vectorisation" and not q.unit:
        return matrix_functions.vectorisation(q)
    if q.unit and operation in ("inverse", "pseudo_inverse"):
        return Quantity(np.where(q.array == 0, np.nan, 1.0 / np.where(q.array == 0, 1.0, q.array)), unit=True)
    if q.unit:
        raise Unanswerable(f"the {operation} of an identity matrix of unknown size")
    if operation in ("inverse", "trace", "determinant"):
        return _square(operation, q)
    if operation == "function":
        return matrix_functions.of_matrix(kind, q)
    if operation in _WHOLE:
        return _WHOLE[operation](q)
    raise Unanswerable(f"{operation} is not interpreted")


_WHOLE: Mapping[str, Callable[[Quantity], Quantity]] = MappingProxyType(
    {
        "pseudo_inverse": matrix_functions.pseudo_inverse,
        "rank": matrix_functions.rank,
        "adjugate": matrix_functions.adjugate,
        "eigenvalues": matrix_functions.eigenvalues,
        "eigenvectors": matrix_functions.eigenvectors,
        "singular_values": matrix_functions.singular_values,
        "softmax": matrix_functions.softmax,
    }
)


def _square(operation: str, q: Quantity) -> Quantity:
    array = q.array if q.rank else q.array[..., None, None]
    if array.shape[-1] != array.shape[-2]:
        raise Unanswerable(f"shapes do not agree: the {operation} of a {shape_text(q.shape)} matrix")
    if operation == "trace":
        diagonal = np.diagonal(array, axis1=-2, axis2=-1)
        return Quantity(diagonal.sum(-1), 0, np.abs(diagonal).max(-1))
    if operation == "determinant":
        # Hadamard's bound: a nearly singular matrix has a determinant that is a difference of larger products.
        bound = np.sqrt((array**2).sum(axis=-1)).prod(axis=-1)
        return Quantity(np.linalg.det(array), 0, bound)
    inverse = inverse_or_nan(array)
    return Quantity(inverse, 2) if q.rank else Quantity(inverse[..., 0, 0])


def _norm(q: Quantity, kind: str, *, squared: bool) -> Quantity:
    if q.unit:
        raise Unanswerable("the norm of an identity matrix of unknown size")
    if not q.rank:
        return Quantity(q.array**2 if squared else np.abs(q.array))
    own = tuple(range(-q.rank, 0))
    vector = q.rank == 1 or 1 in q.shape
    if kind in ("1", "\\infty") and vector:
        size = np.abs(q.array)
        result = size.sum(axis=own) if kind == "1" else size.max(axis=own)
        return Quantity(result**2 if squared else result)
    if kind in ("column sums", "row sums") and q.rank == 2:
        result = np.abs(q.array).sum(axis=-2 if kind == "column sums" else -1).max(axis=-1)
        return Quantity(result**2 if squared else result)
    if kind == "2" and not vector:
        result = np.linalg.norm(q.array, 2, axis=(-2, -1))
        return Quantity(result**2 if squared else result)
    if kind not in ("", "2", "F") and not (kind == "1" and vector):
        raise Unanswerable(f"the norm with index {kind} is not interpreted")
    total = (q.array**2).sum(axis=own)
    return Quantity(total if squared else np.sqrt(total))


def _diagonal(q: Quantity) -> Quantity:
    if not q.rank:
        return q
    if q.rank == 2 and q.shape[0] == q.shape[1]:
        return Quantity(np.diagonal(q.array, axis1=-2, axis2=-1)[..., None], 2)
    if q.rank == 2 and 1 in q.shape:
        flat = q.array.reshape((*q.array.shape[: q.lead], -1))
        return Quantity(flat[..., None] * np.eye(flat.shape[-1]), 2)
    raise Unanswerable("shapes do not agree: the diagonal of a matrix that is not square")


def _pair(operation: str, left: Quantity, right: Quantity, env: Environment) -> Quantity:
    if operation == "hadamard" and (left.unit or right.unit) and (left.rank or right.rank):
        left, right = agree([left, right])
    if not left.rank or not right.rank:
        return multiply(left, right, env)
    if operation == "dot":
        if left.shape != right.shape:
            raise Unanswerable(f"shapes do not agree: {shape_text(left.shape)} and {shape_text(right.shape)}")
        if left.shape[1] == 1:
            return matrix_product(one_argument("transpose", left), right, env)
        return matrix_product(left, one_argument("transpose", right), env)
    arrays, scales, rank = aligned(agree([left, right]))
    return Quantity(arrays[0] * arrays[1], rank, scales[0] * scales[1])
