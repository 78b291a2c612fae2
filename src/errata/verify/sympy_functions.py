"""The standard functions and the operations of linear algebra, in SymPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy

from errata.verify.sympy_terms import CannotEncode, OutOfRange
from errata.verify.sympy_values import Expression, IdentityValue, Value, entrywise, is_matrix, scalar

MAXIMAL_OPERATIONS_TO_INVERT = {2: 200, 3: 60}
"""A matrix of symbols with so many rows is not inverted if its entries have more operations."""

_ONE_ARGUMENT: Mapping[str, Callable[[Expression], Expression]] = {
    "log": sympy.log,
    "exp": sympy.exp,
    "sqrt": sympy.sqrt,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arctan": sympy.atan,
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
    "relu": lambda x: sympy.Max(0, x),
    "sign": sympy.sign,
    "floor": sympy.floor,
    "ceiling": sympy.ceiling,
    "factorial": sympy.factorial,
    "gamma": sympy.gamma,
}
_RELATIONS: Mapping[str, Callable[[Expression, Expression], Expression]] = {
    "<": sympy.Lt,
    "<=": sympy.Le,
    ">": sympy.Gt,
    ">=": sympy.Ge,
}


def apply_elementary(function: str, arguments: list[Value]) -> Value:
    """Apply a standard function, entrywise where it has one argument that is a matrix."""
    if function in ("max", "min"):
        cells = [cell for part in arguments for cell in (list(part) if is_matrix(part) else [scalar(part)])]
        return (sympy.Max if function == "max" else sympy.Min)(*cells)
    if function == "binomial":
        return sympy.binomial(*(scalar(part) for part in arguments))
    if function == "mod":
        dividend, modulus = map(scalar, arguments)
        return dividend - modulus * sympy.floor(dividend / modulus)
    if function == "log" and len(arguments) == 2:
        return entrywise(arguments[0], sympy.log) / sympy.log(scalar(arguments[1]))
    if len(arguments) != 1:
        raise CannotEncode(f"{function} of {len(arguments)} arguments")
    if function == "abs":
        if is_matrix(arguments[0]) and arguments[0].rows == arguments[0].cols > 1:
            return arguments[0].det()
        return entrywise(arguments[0], sympy.Abs)
    if function not in _ONE_ARGUMENT:
        raise CannotEncode(f"the function {function}")
    return entrywise(arguments[0], _ONE_ARGUMENT[function])


def apply_matrix_operation(operation: str, arguments: list[Value], kind: str) -> Value:
    """Apply an operation of linear algebra to values."""
    first = arguments[0] if arguments else None
    match operation:
        case "identity":
            if first is None:
                return IdentityValue(sympy.Integer(1))
            return sympy.ImmutableMatrix(sympy.eye(_size(first)))
        case "transpose":
            return first if not is_matrix(first) else first.T
        case "inverse":
            return _inverse(first)
        case "trace":
            return _square(first).trace()
        case "determinant":
            return sympy.factor(_square(first).det())
        case "squared_norm":
            return _squared_norm(first, kind)
        case "norm":
            if kind == "1" and is_matrix(first) and 1 in first.shape:
                return sympy.Add(*(sympy.Abs(cell) for cell in first))
            return sympy.sqrt(_squared_norm(first, kind))
        case "diagonal":
            cells = [cell for part in arguments for cell in (list(part) if is_matrix(part) else [scalar(part)])]
            return sympy.ImmutableMatrix(sympy.diag(*cells))
        case "ones":
            return sympy.ones(_size(first), 1)
        case "hadamard":
            return _hadamard(arguments)
        case "dot":
            return _dot(arguments)
    raise CannotEncode(f"the operation {operation}")


def _size(value: Value) -> int:
    number = scalar(value)
    if not number.is_Integer or not 1 <= int(number) <= 8:
        raise CannotEncode("an identity matrix of unknown size")
    return int(number)


def _square(value: Value) -> Expression:
    if not is_matrix(value):
        raise CannotEncode("an operation on matrices is applied to a number")
    if value.rows != value.cols:
        raise CannotEncode("an operation on square matrices is applied to another")
    return value


def _inverse(value: Value) -> Value:
    if isinstance(value, IdentityValue):
        return IdentityValue(1 / value.scale)
    if not is_matrix(value):
        return 1 / scalar(value)
    matrix = _square(value)
    if all(cell.is_Rational for cell in matrix):
        if matrix.det() == 0:
            raise OutOfRange("an inverse of a singular matrix in this instance")
        return sympy.ImmutableMatrix(matrix.inv())
    if sympy.count_ops(list(matrix)) > MAXIMAL_OPERATIONS_TO_INVERT[min(max(matrix.rows, 2), 3)]:
        raise OutOfRange("an inverse that is too large in this instance")
    determinant = sympy.factor(matrix.det())
    if determinant == 0:
        raise OutOfRange("an inverse of a singular matrix in this instance")
    return sympy.ImmutableMatrix(matrix.adjugate() / determinant)


def _squared_norm(value: Value, kind: str) -> Expression:
    if kind not in ("", "2", "F"):
        raise CannotEncode(f"the norm of index {kind}")
    if not is_matrix(value):
        return scalar(value) ** 2
    if kind == "2" and 1 not in value.shape:
        raise CannotEncode("the spectral norm of a matrix")
    return sympy.Add(*(cell**2 for cell in value))


def _hadamard(arguments: list[Value]) -> Value:
    result = arguments[0]
    for part in arguments[1:]:
        if (is_matrix(part) and not is_matrix(result)) or (is_matrix(result) and not is_matrix(part)):
            result = result * part  # a number that stands for a vector of equal entries
            continue
        if not is_matrix(result) or not is_matrix(part) or result.shape != part.shape:
            raise CannotEncode("an entrywise product of different shapes")
        result = result.multiply_elementwise(part)
    return result


def _dot(arguments: list[Value]) -> Value:
    if len(arguments) != 2:
        raise CannotEncode("an inner product of more than two")
    one, other = arguments
    if not is_matrix(one) and not is_matrix(other):
        return scalar(one) * scalar(other)
    if not is_matrix(one) or not is_matrix(other) or one.shape != other.shape:
        raise CannotEncode("an inner product of different shapes")
    return sympy.Add(*(a * b for a, b in zip(one, other, strict=True)))


def truth_of(relation: str, left: Expression, right: Expression) -> bool:
    """Return whether a comparison holds. Raises CannotEncode where that depends on free quantities."""
    if relation not in _RELATIONS:
        raise CannotEncode(f"a condition with the relation {relation}")
    truth = _RELATIONS[relation](left, right)
    if truth == True:  # noqa: E712
        return True
    if truth == False:  # noqa: E712
        return False
    raise CannotEncode("a condition that depends on free quantities")
