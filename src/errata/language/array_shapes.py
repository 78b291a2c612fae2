"""Shapes of terms as far as the declarations tell: () for a number, rows and columns for an array."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from errata.language.scope import Scope
from errata.language.sorts import Family, Function, Matrix, Point, Real, Sort, Vector
from errata.language.terms import (
    Aggregate,
    Apply,
    Array,
    At,
    ComplexPart,
    Constant,
    Density,
    Derivative,
    Elementary,
    Entry,
    Expectation,
    ImaginaryUnit,
    Limit,
    MatrixOperation,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    StandardDensity,
    Sum,
    Term,
)

Shape = tuple[Term, ...]

NUMBER: Shape = ()
ONE = Number(Fraction(1))
DEEPEST = 20

_NUMBERS = frozenset(("trace", "determinant", "norm", "squared_norm", "dot", "rank"))
_SAME = frozenset(("inverse", "hadamard", "softmax", "adjugate", "function"))


def shape_of(term: Term, scope: Scope) -> Shape | None:
    """Return the shape of a term, None where it is not known."""
    return _Shapes(scope, {}, 0).of(term)


def is_column(shape: Shape | None) -> bool:
    """Return whether this is the shape of a column vector."""
    return shape is not None and len(shape) == 2 and shape[1] == ONE


class _Shapes:
    def __init__(self, scope: Scope, bound: Mapping[str, Shape], depth: int) -> None:
        self.scope = scope
        self.bound = bound
        self.depth = depth

    def of(self, term: Term) -> Shape | None:
        match term:
            case Number() | Constant() | ImaginaryUnit() | Density() | StandardDensity():
                return NUMBER
            case Name(symbol):
                return self.name(symbol)
            case Entry(array, indices):
                return self.entry(array, len(indices))
            case Apply(function, arguments, _, order):
                return self.call(function.symbol, arguments) if not order else None
            case Negative(inner) | ComplexPart(_, inner):
                return self.of(inner)
            case Power(base, exponent):
                return self.of(base) or self.of(exponent) or self.of(base)
            case Quotient(numerator, denominator):
                return self.of(numerator) or self.of(denominator) or self.of(numerator)
            case Sum(terms):
                return self.common(terms)
            case Product(factors):
                return self.product(factors)
            case Elementary(function, arguments):
                shapes = [self.of(a) for a in arguments]
                return shapes[0] if len(shapes) == 1 and (function != "abs" or is_column(shapes[0])) else NUMBER
            case MatrixOperation(operation, arguments):
                return self.operation(operation, arguments)
            case Array(rows):
                return (Number(Fraction(len(rows))), Number(Fraction(len(rows[0])))) if rows else None
            case Aggregate(operation, binder, body):
                return self.of(binder.name if operation in ("argmax", "argmin") else body)
            case At(body) | Limit(body) | Expectation(_, body):
                return self.of(body)
            case Derivative(body, variable, order):
                return self.derivative(self.of(body), self.of(variable), order)
        return None

    def name(self, symbol: str) -> Shape | None:
        if symbol in self.bound:
            return self.bound[symbol]
        definition = self.scope.definitions.get(symbol)
        if definition is not None:
            return self.inside(definition.body, {}) if not definition.parameters else None
        return of_sort(self.scope.sorts.get(symbol))

    def inside(self, body: Term, bound: Mapping[str, Shape]) -> Shape | None:
        if self.depth >= DEEPEST:
            return None
        return _Shapes(self.scope, bound, self.depth + 1).of(body)

    def call(self, symbol: str, arguments: tuple[Term, ...]) -> Shape | None:
        definition = self.scope.definitions.get(symbol)
        if definition is not None:
            if len(definition.parameters) != len(arguments):
                return None
            shapes = [self.of(a) for a in arguments]
            known = {p: s for p, s in zip(definition.parameters, shapes, strict=True) if s is not None}
            return self.inside(definition.body, known)
        sort = self.scope.sorts.get(symbol)
        if isinstance(sort, Function) and "entrywise" in sort.properties and len(arguments) == 1:
            return self.of(arguments[0])
        return of_sort(sort.value) if isinstance(sort, Function) else None

    def entry(self, array: Term, count: int) -> Shape | None:
        sort = self.scope.sorts.get(array.symbol) if isinstance(array, Name) else None
        if isinstance(sort, Family):
            return of_sort(sort.element) if count == len(sort.sizes) else NUMBER
        shape = self.of(array)
        return NUMBER if shape is not None and (count == len(shape) or is_column(shape)) else None

    def common(self, terms: tuple[Term, ...]) -> Shape | None:
        shapes = [self.of(t) for t in terms]
        arrays = [s for s in shapes if s]
        if arrays:
            return arrays[0]
        return None if None in shapes else NUMBER

    def product(self, factors: tuple[Term, ...]) -> Shape | None:
        result: Shape | None = NUMBER
        for factor in factors:
            shape = self.of(factor)
            if shape is None or result is None:
                return None
            if not result or not shape:
                result = result or shape
            elif result == shape and is_column(shape):
                continue
            else:
                result = (result[0], shape[1]) if result[1] == shape[0] else None
            if result == (ONE, ONE):
                result = NUMBER
        return result

    def operation(self, operation: str, arguments: tuple[Term, ...]) -> Shape | None:
        if operation in _NUMBERS:
            return NUMBER
        shapes = [self.of(a) for a in arguments]
        if operation in ("transpose", "pseudo_inverse"):
            return shapes[0] and (shapes[0][1], shapes[0][0])
        if operation in _SAME:
            return next((s for s in shapes if s), None)
        if operation == "diagonal" and shapes[0]:
            return (shapes[0][0], shapes[0][0]) if is_column(shapes[0]) else (shapes[0][0], ONE)
        return None

    def derivative(self, body: Shape | None, variable: Shape | None, order: int) -> Shape | None:
        if variable == NUMBER or (body == NUMBER and order == 1):
            return body if variable == NUMBER else variable
        if is_column(variable) and variable is not None:
            if body == NUMBER and order == 2:
                return (variable[0], variable[0])
            if is_column(body) and body is not None and order == 1:
                return (variable[0], body[0])
        return None


def of_sort(sort: Sort | None) -> Shape | None:
    """Return the shape of what a name of this sort stands for."""
    match sort:
        case Real() | Point():
            return NUMBER
        case Vector(size):
            return (size, ONE)
        case Matrix(rows, columns):
            return (rows, columns)
        case Function(value=value, on=on) if on:
            return of_sort(value)
    return None
