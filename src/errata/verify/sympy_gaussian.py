"""Exact expectations over normal laws by moments (Isserlis' theorem), and their densities.

Source: L. Isserlis, "On a formula for the product-moment coefficient of any order of a normal frequency
distribution in any number of variables", Biometrika 12 (1918).
"""

from __future__ import annotations

from functools import lru_cache

import sympy

from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Expression, IdentityValue, Value, is_matrix, scalar
from errata.verify.sympy_zero import expanded_logarithms

MAXIMAL_DEGREE = 10


def as_covariance(value: Value, size: int) -> Expression:
    """Return a covariance as a square matrix of this size."""
    if isinstance(value, IdentityValue):
        return value.scale * sympy.eye(size)
    if is_matrix(value):
        if value.shape != (size, size):
            raise CannotEncode("a covariance matrix has another size than its mean")
        return value
    if size == 1:
        return sympy.Matrix([[scalar(value)]])
    raise CannotEncode("a number stands for a covariance matrix")


def size_of_normal(mean: Value, covariance: Value, other: Value | None = None) -> int:
    """Return the dimension of a normal law; 0 where nothing tells it."""
    for value in (mean, covariance, other):
        if is_matrix(value):
            return int(value.rows)
    return 0 if isinstance(covariance, IdentityValue) else 1


def normal_density(point: Value, mean: Value, covariance: Value) -> Expression:
    """Return the density of a normal law of any dimension at a point."""
    size = size_of_normal(mean, covariance, point)
    if size == 0:
        raise CannotEncode("a normal law whose dimension is not known")
    matrix = as_covariance(covariance, size)
    if size == 1 and not is_matrix(point):
        variance = matrix[0, 0]
        gap = scalar(point) - scalar(mean)
        return sympy.exp(-(gap**2) / (2 * variance)) / sympy.sqrt(2 * sympy.pi * variance)
    gaps = column(point, size) - column(mean, size)
    form = (gaps.T * matrix.inv() * gaps)[0, 0]
    return sympy.exp(-form / 2) / sympy.sqrt((2 * sympy.pi) ** size * sympy.factor(matrix.det()))


def column(value: Value, size: int) -> Expression:
    """Return a value as a column vector; the number 0 stands for the zero vector."""
    if is_matrix(value):
        if value.shape != (size, 1):
            raise CannotEncode("a vector of another size than its law's")
        return value
    if value == 0:
        return sympy.zeros(size, 1)
    if size == 1:
        return sympy.Matrix([[scalar(value)]])
    raise CannotEncode("a number stands for a vector")


def normal_mean(body: Expression, errors: tuple[Expression, ...], covariance: Expression) -> Expression:
    """Return the mean of an expression in centred normal variables with this covariance.

    Each summand must be a polynomial in them, times the exponential of a linear function of them:
    E[exp(a'e) q(e)] = exp(a'Sa/2) E[q(e + Sa)]. Raises CannotEncode otherwise.
    """
    body = sympy.expand(expanded_logarithms(body), power_base=False)
    total = sympy.Integer(0)
    for summand in sympy.Add.make_args(body):
        factor, rest = _split_exponential(summand, errors)
        if factor is not None:
            slopes = sympy.Matrix([sympy.diff(factor, error) for error in errors])
            constant = factor.xreplace(dict.fromkeys(errors, sympy.Integer(0)))
            if sympy.expand(factor - constant - (slopes.T * sympy.Matrix(errors))[0, 0]) != 0:
                raise CannotEncode("the exponential of a quadratic form under a normal law")
            if slopes.free_symbols & set(errors):
                raise CannotEncode("the exponential of a quadratic form under a normal law")
            shift = covariance * slopes
            moved = {error: error + shift[place] for place, error in enumerate(errors)}
            rest = sympy.expand(rest.subs(moved, simultaneous=True))
            gain = sympy.exp(constant + (slopes.T * shift)[0, 0] / 2)
            total += gain * _polynomial_mean(rest, errors, covariance)
        else:
            total += _polynomial_mean(summand, errors, covariance)
    return total


def _split_exponential(summand: Expression, errors: tuple[Expression, ...]) -> tuple[Expression | None, Expression]:
    exponent = sympy.Integer(0)
    rest = sympy.Integer(1)
    found = False
    for factor in sympy.Mul.make_args(summand):
        if isinstance(factor, sympy.exp) and factor.has(*errors):
            exponent += factor.args[0]
            found = True
        else:
            rest *= factor
    return (sympy.expand(exponent), rest) if found else (None, summand)


def _polynomial_mean(body: Expression, errors: tuple[Expression, ...], covariance: Expression) -> Expression:
    if not body.has(*errors):
        return body
    if not body.is_polynomial(*errors):
        raise CannotEncode("an expectation over a normal law of what is no polynomial")
    polynomial = sympy.Poly(body, *errors)
    if polynomial.total_degree() > MAXIMAL_DEGREE:
        raise CannotEncode(f"a moment of order {polynomial.total_degree()} of a normal law")
    total = sympy.Integer(0)
    for powers, coefficient in polynomial.terms():
        places = tuple(place for place, power in enumerate(powers) for _ in range(power))
        total += coefficient * _moment(places, sympy.ImmutableMatrix(covariance))
    return total


@lru_cache(maxsize=4096)
def _moment(places: tuple[int, ...], covariance: Expression) -> Expression:
    """Return E[e_i e_j ...]: the sum over all pairings of products of covariances."""
    if not places:
        return sympy.Integer(1)
    if len(places) % 2:
        return sympy.Integer(0)
    first, others = places[0], places[1:]
    return sympy.Add(
        *(
            covariance[first, partner] * _moment(others[:place] + others[place + 1 :], covariance)
            for place, partner in enumerate(others)
            if covariance[first, partner] != 0
        )
    )
