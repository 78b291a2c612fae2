"""Equations that a claim presupposes, solved so that they can be put in."""

from __future__ import annotations

from collections.abc import Mapping

import sympy
from sympy.core.function import AppliedUndef

from errata.language.sorts import Real
from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Expression, substitution_of

Solution = dict[Expression, Expression]
MAXIMAL_CASES = 8


def solved_cases(hypotheses: tuple[Expression, ...], domains: Mapping[Expression, Real]) -> list[Solution]:
    """Return substitutions that together cover every way in which all the hypotheses are zero.

    Each hypothesis is solved for a symbol that stands in it linearly, with a factor that is never zero, or
    is a polynomial in one symbol whose real roots are all found. Raises CannotEncode otherwise.
    """
    cases: list[Solution] = [{}]
    for hypothesis in hypotheses:
        following: list[Solution] = []
        for case in cases:
            zero = sympy.together(sympy.sympify(hypothesis.subs(case), strict=True).doit())
            numerator = sympy.factor(sympy.fraction(zero)[0])
            if numerator == 0:
                following.append(case)
                continue
            for solution in _solve_one(numerator, domains):
                earlier = {name: value.subs(solution) for name, value in case.items()}
                following.append({**earlier, **solution})
        cases = following
        if len(cases) > MAXIMAL_CASES:
            raise CannotEncode("the premise has too many solutions")
    return cases


def follows_algebraically(hypotheses: tuple[Expression, ...], conclusion: Expression) -> bool:
    """Tell whether the conclusion's numerator is a combination of the hypotheses' numerators.

    Then it is zero wherever they are and its denominator is not.
    """
    numerators = [sympy.expand(sympy.fraction(sympy.together(part))[0]) for part in (*hypotheses, conclusion)]
    names = sorted(set().union(*(part.free_symbols for part in numerators)), key=str)
    if not names or not all(part.is_polynomial(*names) for part in numerators) or 0 in numerators[:-1]:
        return False
    _, remainder = sympy.reduced(numerators[-1], numerators[:-1], *names)
    return bool(sympy.expand(remainder) == 0)


def _solve_one(numerator: Expression, domains: Mapping[Expression, Real]) -> list[Solution]:
    variables = sorted(numerator.atoms(AppliedUndef) | numerator.free_symbols, key=str)
    for variable in variables:
        expanded = sympy.expand(numerator)
        if not expanded.is_polynomial(variable) or sympy.degree(expanded, variable) != 1:
            continue
        slope, rest = expanded.coeff(variable, 1), expanded.coeff(variable, 0)
        if sympy.factor(slope.subs(substitution_of(domains))).is_nonzero:
            return [{variable: sympy.factor(-rest / slope)}]
    if len(variables) == 1 and numerator.is_polynomial(variables[0]):
        polynomial = sympy.Poly(numerator, variables[0])
        roots = sympy.roots(polynomial)
        if sum(roots.values()) == polynomial.degree():
            allowed = [root for root in roots if _may_be(root, variables[0])]
            return [{variables[0]: root} for root in allowed]
    raise CannotEncode("the premise could not be solved")


def _may_be(root: Expression, variable: Expression) -> bool:
    """Tell whether a root is not ruled out by the variable's declared signs."""
    checks = (
        (variable.is_real, root.is_real),
        (variable.is_positive, root.is_positive),
        (variable.is_nonnegative, root.is_nonnegative),
        (variable.is_integer, root.is_integer),
    )
    return all(not declared or actual is not False for declared, actual in checks)
