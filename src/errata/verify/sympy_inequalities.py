"""A few inequalities that SymPy's signs and a tangent can show."""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from errata.language.sorts import Real
from errata.verify.sympy_extrema import only_root
from errata.verify.sympy_tangents import is_nonnegative_by_tangents
from errata.verify.sympy_values import Expression, substitution_of
from errata.verify.sympy_zero import Deadline, expanded_logarithms, vanishes

MAXIMAL_OPERATIONS = 80


def is_nonnegative(gap: Expression, domains: Mapping[Expression, Real], deadline: Deadline, strict: bool) -> bool:
    """Tell whether an expression is proved to be >= 0 (> 0 if strict) for all values of its symbols.

    Tried: its sign as SymPy sees it after factoring; and convexity in one symbol with the minimum where the
    derivative is zero (so log x <= x - 1, e^x >= 1 + x); and tangents of its logarithms.
    """
    change = substitution_of({made: sort for made, sort in domains.items() if made in gap.free_symbols})
    shifted = gap.subs(change)
    if not strict and is_nonnegative_by_tangents(shifted, domains, deadline):
        return True
    if sympy.count_ops(gap) > MAXIMAL_OPERATIONS:
        return False
    if _has_sign(shifted, strict):
        return True
    if not strict and vanishes(gap, domains, deadline):
        return True
    return any(_convex_minimum(shifted, variable, domains, deadline, strict) for variable in shifted.free_symbols)


def _has_sign(expression: Expression, strict: bool) -> bool:
    forms = (expression, sympy.expand(expression), sympy.factor(sympy.together(expression)))
    return any((form.is_positive if strict else form.is_nonnegative) is True for form in forms)


def _convex_minimum(
    gap: Expression, variable: Expression, domains: Mapping[Expression, Real], deadline: Deadline, strict: bool
) -> bool:
    if deadline.passed or variable.is_integer:
        return False
    slope = sympy.diff(gap, variable)
    curvature = sympy.factor(sympy.together(sympy.diff(slope, variable)))
    if curvature.is_positive is not True:
        return False
    point = only_root(slope, variable)
    if point is None:
        solutions = sympy.solve(slope, variable) if len(slope.free_symbols) == 1 else []
        point = solutions[0] if len(solutions) == 1 else None
    if point is None or point.is_real is not True or (variable.is_positive and not point.is_positive):
        return False
    least = expanded_logarithms(gap.subs(variable, point))
    return _has_sign(least, strict) or (not strict and vanishes(least, domains, deadline))
