"""Equations that a claim presupposes, solved so that they can be put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy
from sympy.core.function import AppliedUndef

from errata.language.sorts import Real
from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Expression, substitution_of

Solution = dict[Expression, Expression]
MAXIMAL_CASES = 8
MAXIMAL_EQUATIONS = 10
MAXIMAL_NAMES = 14


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


def follows_from_all(zeros: tuple[Expression, ...], conclusion: Expression) -> bool:
    """Tell whether the conclusion is in the ideal of polynomials that are, and can be, zero together.

    Decided by a Groebner basis; False where something is no polynomial or there is too much of it.
    """
    known, names = _polynomials((*zeros, conclusion))
    if not known or len(known) != len((*zeros, conclusion)):
        return False
    basis = _basis(known[:-1], names)
    return basis is not None and basis.exprs != [sympy.Integer(1)] and bool(basis.contains(known[-1]))


def contradict(zeros: tuple[Expression, ...]) -> bool:
    """Tell whether polynomials are known never to be zero together (sizes that do not fit: W W^T = I, W too tall)."""
    known, names = _polynomials(zeros)
    basis = _basis(known, names)
    return basis is not None and basis.exprs == [sympy.Integer(1)]


def _polynomials(parts: tuple[Expression, ...]) -> tuple[list[Expression], list[Expression]]:
    """Return the numerators, as far as they are polynomials, and the names in all of them."""
    numerators = [sympy.expand(sympy.fraction(sympy.together(part))[0]) for part in parts]
    names = sorted(set().union(*(part.free_symbols for part in numerators)), key=str)
    return [part for part in numerators if part.is_polynomial(*names)], names


def _basis(polynomials: Sequence[Expression], names: Sequence[Expression]) -> sympy.GroebnerBasis | None:
    distinct = list(dict.fromkeys(part for part in polynomials if part != 0))
    if not distinct or len(distinct) > MAXIMAL_EQUATIONS or not 0 < len(names) <= MAXIMAL_NAMES:
        return None
    return sympy.groebner(distinct, *names, order="grevlex")


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
