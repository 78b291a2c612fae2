"""Which terms are vectors and matrices, whose place in a product matters, and how their transposes are written."""

from __future__ import annotations

from functools import reduce

from errata.language.definitions import rebuilt
from errata.language.scope import Scope
from errata.language.sorts import Family, Matrix, Sort, Vector
from errata.language.terms import (
    Aggregate,
    Array,
    Elementary,
    Entry,
    MatrixOperation,
    Name,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
)

Kind = tuple[bool, bool]
"""Whether there is one row alone, and whether there is one column alone."""
NUMBER, COLUMN, ROW, MATRIX = (True, True), (False, True), (True, False), (False, False)

_NUMBERS = frozenset(("trace", "determinant", "norm", "squared_norm", "dot", "rank"))
_COLUMNS = frozenset(("ones", "basis", "eigenvalues", "singular_values", "vectorisation"))
_SYMMETRIC = frozenset(("symmetric", "positive definite", "positive semidefinite", "diagonal"))
_THROUGH = frozenset(("inverse", "pseudo_inverse", "adjugate", "function", "hadamard", "kronecker"))


def is_array(term: Term, scope: Scope) -> bool:
    """Return whether a term is a vector or matrix."""
    return kind_of(term, scope) != NUMBER


def kind_of(term: Term, scope: Scope) -> Kind:
    """Return whether a term is a number, a column, a row or a matrix, as far as the sorts tell."""
    match term:
        case Name(symbol):
            definition = scope.definitions.get(symbol)
            if definition is not None and not definition.parameters:
                return kind_of(definition.body, scope)
            return _of_sort(scope.sorts.get(symbol))
        case Entry(Name(symbol), indices):
            sort = scope.sorts.get(symbol)
            whole = isinstance(sort, Family) and len(indices) == len(sort.sizes)
            return _of_sort(sort.element) if whole and isinstance(sort, Family) else NUMBER
        case MatrixOperation("transpose", (inner,)):
            rows, columns = kind_of(inner, scope)
            return columns, rows
        case MatrixOperation(operation, arguments):
            if operation in _NUMBERS:
                return NUMBER
            if operation in _COLUMNS:
                return COLUMN
            if operation in ("identity", "diagonal"):
                return MATRIX
            return _widest(*(kind_of(a, scope) for a in arguments))
        case Array(rows):
            return len(rows) == 1, all(len(row) == 1 for row in rows)
        case Negative(inner) | Aggregate(_, _, inner) | Quotient(inner, _) | Power(inner, _):
            return kind_of(inner, scope)
        case Sum(terms):
            return _widest(*(kind_of(t, scope) for t in terms))
        case Elementary(_, arguments):
            return _widest(*(kind_of(a, scope) for a in arguments))
        case Product(factors):
            return reduce(_times, (kind_of(f, scope) for f in factors))
    return NUMBER


def _of_sort(sort: Sort | None) -> Kind:
    return COLUMN if isinstance(sort, Vector) else MATRIX if isinstance(sort, Matrix) else NUMBER


def _widest(*kinds: Kind) -> Kind:
    return next((kind for kind in kinds if kind != NUMBER), NUMBER)


def _times(one: Kind, other: Kind) -> Kind:
    if NUMBER in (one, other):
        return other if one == NUMBER else one
    return one[0], other[1]


def transposed(term: Term, scope: Scope) -> Term:
    """Return the transpose of a term: on each factor, none on a number or a symmetric matrix."""
    if not is_array(term, scope):
        return term
    match term:
        case MatrixOperation("transpose", (inner,)):
            return inner
        case MatrixOperation("identity"):
            return term
        case Negative(inner):
            return Negative(transposed(inner, scope))
        case Sum(terms):
            return Sum(tuple(transposed(t, scope) for t in terms))
        case Product(factors):
            numbers = tuple(f for f in factors if not is_array(f, scope))
            arrays = tuple(transposed(f, scope) for f in factors[::-1] if is_array(f, scope))
            return Product((*numbers, *arrays))
        case Quotient(numerator, denominator):
            return Quotient(transposed(numerator, scope), denominator)
        case Name(symbol) if has_property(symbol, _SYMMETRIC, scope):
            return term
    return MatrixOperation("transpose", (term,))


def transposed_within(term: Term, scope: Scope) -> Term:
    """Return the transpose of a term with transposes on names alone, as far as they can be carried there."""
    match term:
        case MatrixOperation(operation, arguments, kind) if operation in _THROUGH:
            return MatrixOperation(operation, tuple(transposed_within(a, scope) for a in arguments), kind)
        case Elementary(function, arguments) if is_array(term, scope):
            return Elementary(function, tuple(transposed_within(a, scope) for a in arguments))
        case Power(base, exponent) if is_array(base, scope):
            return Power(transposed_within(base, scope), exponent)
        case Negative(inner):
            return Negative(transposed_within(inner, scope))
        case Sum(terms):
            return Sum(tuple(transposed_within(t, scope) for t in terms))
        case Quotient(numerator, denominator):
            return Quotient(transposed_within(numerator, scope), denominator)
        case Product(factors) if is_array(term, scope):
            numbers = tuple(f for f in factors if not is_array(f, scope))
            arrays = tuple(transposed_within(f, scope) for f in factors[::-1] if is_array(f, scope))
            return Product((*numbers, *arrays))
    return transposed(term, scope)


def has_property(symbol: str, properties: frozenset[str], scope: Scope) -> bool:
    """Return whether a name is a matrix with one of these properties."""
    sort = scope.sorts.get(symbol)
    return isinstance(sort, Matrix) and bool(sort.properties & properties)


def commuted(term: Term, scope: Scope) -> Term:
    """Return a term with its addends, and the factors that are numbers, in an order of its own."""
    inner = rebuilt(term, lambda part: commuted(part, scope))
    match inner:
        case Sum(terms):
            return Sum(tuple(sorted(terms, key=repr)))
        case Product(factors):
            numbers = sorted((f for f in factors if not is_array(f, scope)), key=repr)
            return Product((*numbers, *(f for f in factors if is_array(f, scope))))
    return inner
