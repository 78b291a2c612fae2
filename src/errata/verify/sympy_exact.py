"""Whether a relation between exact numbers holds; decided by SymPy, never by floating-point numbers alone.

A difference is shown to be zero by algebra. That it is not, or its sign, is read off its digits, of which SymPy
bounds the error.
"""

from __future__ import annotations

from typing import Literal

import sympy

from errata.language.terms import Relation
from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Expression
from errata.verify.sympy_zero import Deadline, vanishes

DIGITS = 30
_SMALL = sympy.Rational(1, 10**20)
_MAXIMAL_OPERATIONS = 20_000

Outcome = Literal["holds", "fails", "open"]


def outcome(relation: Relation, left: Expression, right: Expression, deadline: Deadline) -> Outcome:
    """Return whether a relation between two exact numbers holds. Raises CannotEncode for other relations."""
    sign = sign_of(left - right, deadline)
    if sign is None:
        return "open"
    match relation:
        case "=":
            holds = sign == 0
        case "!=":
            holds = sign != 0
        case "<":
            holds = sign < 0
        case "<=":
            holds = sign <= 0
        case ">":
            holds = sign > 0
        case ">=":
            holds = sign >= 0
        case _:
            raise CannotEncode(f"the relation {relation}")
    return "holds" if holds else "fails"


def sign_of(gap: Expression, deadline: Deadline) -> int | None:
    """Return the sign of an exact number; None where it is no real number, or cannot be told."""
    if gap.is_Rational:
        return int(sympy.sign(gap))
    if gap.free_symbols or gap.has(sympy.nan, sympy.zoo, sympy.oo, sympy.Float):
        return None
    if sympy.count_ops(gap) > _MAXIMAL_OPERATIONS:
        return None
    value = gap.evalf(DIGITS, maxn=200)
    if value.is_Float and abs(value) > _SMALL:
        return 1 if value > 0 else -1
    if deadline.passed or not value.is_number or value.is_real is False:
        return None
    return 0 if _is_zero(gap, deadline) else None


def _is_zero(gap: Expression, deadline: Deadline) -> bool:
    if vanishes(sympy.expand(gap), {}, deadline):
        return True
    return bool(sympy.radsimp(sympy.sqrtdenest(gap)).expand() == 0)
