"""Maxima and minima over free numbers, where each variable stands alone.

On an open interval a differentiable function with one critical point, at which the second derivative is
negative, has its maximum there; a sum of functions of one variable each is maximised term by term.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from errata.language.sorts import Real
from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Expression, substitution_of


def extremum(
    body: Expression, variables: list[Expression], domains: Mapping[Expression, Real], maximum: bool
) -> Expression:
    """Return the largest (smallest) value of the body over all values of the variables.

    Raises CannotEncode where the variables do not separate or the critical point is not unique.
    """
    result = body
    for variable in variables:
        slope = sympy.diff(body, variable)
        if slope == 0:
            continue
        if slope.free_symbols & (set(variables) - {variable}):
            raise CannotEncode("an extremum over variables that depend on each other")
        point = only_root(slope, variable)
        if point is None:
            raise CannotEncode("an extremum whose critical point is not unique")
        _require_inside(point, variable, domains)
        curvature = sympy.diff(slope, variable).subs(variable, point)
        curvature = sympy.factor(sympy.together(curvature.subs(substitution_of(domains))))
        if not (curvature.is_negative if maximum else curvature.is_positive):
            raise CannotEncode("an extremum whose kind is not known")
        result = result.subs(variable, point)
    return result


def only_root(expression: Expression, variable: Expression) -> Expression | None:
    """Return the only root of an expression whose numerator is linear in the variable; None for any other."""
    numerator = sympy.expand(sympy.fraction(sympy.together(expression))[0])
    if not numerator.is_polynomial(variable) or sympy.degree(numerator, variable) != 1:
        return None
    slope, rest = numerator.coeff(variable, 1), numerator.coeff(variable, 0)
    if sympy.factor(slope).is_nonzero:
        return sympy.factor(-rest / slope)
    return None


def _require_inside(point: Expression, variable: Expression, domains: Mapping[Expression, Real]) -> None:
    sort = domains.get(variable, Real())
    for gap in (
        None if sort.low is None else point - sympy.nsimplify(sort.low),
        None if sort.high is None else sympy.nsimplify(sort.high) - point,
    ):
        if gap is not None and not sympy.factor(sympy.together(gap)).is_positive:
            raise CannotEncode("an extremum that may lie outside the domain")
