"""Inequalities between logarithms, by tangents: 1 - t/a <= log(a/t) <= a/t - 1 for positive a and t.

Gibbs' inequality, Jensen's for the logarithm, and the log-sum inequality all follow from a tangent at the right
place (Cover and Thomas, Elements of Information Theory, chapter 2). A difference that is linear in its logarithms,
with coefficients of known sign, is bounded from below by a fraction; if that is nowhere negative, nor is it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sympy

from errata.language.sorts import Real
from errata.verify.sympy_values import Expression
from errata.verify.sympy_zero import Deadline, vanishes

MAXIMAL_OPERATIONS = 600
MAXIMAL_LOGARITHMS = 24
MAXIMAL_LEFT = 120


@dataclass(frozen=True, slots=True)
class _Logarithm:
    """coefficient * log(argument), with a positive argument; the coefficient is positive or, if falling, negative."""

    coefficient: Expression
    argument: Expression
    falling: bool

    def slope(self, place: Expression) -> Expression:
        """Return what coefficient * log(argument / place) is at least."""
        slope = self.argument / place - 1 if self.falling else 1 - place / self.argument
        return sympy.cancel(self.coefficient * slope)


Places = Sequence[tuple[_Logarithm, Expression | None]]


def is_nonnegative_by_tangents(gap: Expression, domains: Mapping[Expression, Real], deadline: Deadline) -> bool:
    """Tell whether an expression is proved to be >= 0 by bounding its logarithms by tangents."""
    if sympy.count_ops(gap) > MAXIMAL_OPERATIONS:
        return False
    parted = _parted(gap)
    if parted is None:
        return False
    rest, logarithms = parted
    for bound in _bounds(logarithms):
        if deadline.passed:
            return False
        if _is_nowhere_negative(rest, bound, domains, deadline):
            return True
    return False


def _parted(gap: Expression) -> tuple[Expression, tuple[_Logarithm, ...]] | None:
    """Return an expression as a rest and its logarithms; None where it is not linear in them, or a sign is open."""
    found = sorted(gap.atoms(sympy.log), key=sympy.default_sort_key)
    found = [part for part in found if part.args[0].free_symbols]
    if not found or len(found) > MAXIMAL_LOGARITHMS:
        return None
    marks = [sympy.Dummy(f"log_{place}", real=True) for place in range(len(found))]
    marked = gap.xreplace(dict(zip(found, marks, strict=True)))
    slopes = [sympy.diff(marked, mark) for mark in marks]
    if any(slope.has(*marks) for slope in slopes):
        return None
    logarithms = []
    for part, slope in zip(found, slopes, strict=True):
        coefficient, argument = (sympy.factor(sympy.together(e)) for e in (slope, part.args[0]))
        if argument.is_positive is not True or (coefficient.is_positive, coefficient.is_negative) == (None, None):
            return None
        logarithms.append(_Logarithm(coefficient, argument, bool(coefficient.is_negative)))
    return marked.xreplace(dict.fromkeys(marks, sympy.Integer(0))), tuple(logarithms)


def _bounds(logarithms: Sequence[_Logarithm]) -> Iterator[Places]:
    """Yield the logarithms with a place for a tangent each (None: kept as it is), in several ways."""
    merged = _merged(logarithms)
    yield [(part, sympy.Integer(1)) for part in merged]
    alike = dict.fromkeys({s for part in logarithms for s in part.argument.free_symbols}, sympy.Integer(1))
    middle = [part.argument.subs(alike) for part in logarithms]
    if all(place.is_positive for place in middle):
        yield list(zip(logarithms, middle, strict=True))
    for kept in logarithms:
        yield [(part, None if part.falling == kept.falling else kept.argument) for part in logarithms]


def _merged(logarithms: Sequence[_Logarithm]) -> list[_Logarithm]:
    """Write c log a - c log b as c log(a/b)."""
    rising = [part for part in logarithms if not part.falling]
    kept = []
    for part in (part for part in logarithms if part.falling):
        other = next((r for r in rising if sympy.cancel(r.coefficient + part.coefficient) == 0), None)
        if other is None:
            kept.append(part)
        else:
            rising.remove(other)
            kept.append(_Logarithm(other.coefficient, other.argument / part.argument, False))
    return [*rising, *kept]


def _is_nowhere_negative(
    rest: Expression, places: Places, domains: Mapping[Expression, Real], deadline: Deadline
) -> bool:
    """Tell whether the bound that these tangents give is nowhere negative: its fraction and each logarithm's weight."""
    fraction = sympy.Add(*(part.slope(place) for part, place in places if place is not None))
    weights: dict[Expression, Expression] = {}
    for part, place in places:
        argument = part.argument if place is None else place
        weights[argument] = weights.get(argument, sympy.Integer(0)) + part.coefficient
    logarithms = sympy.Add(*(sympy.cancel(weight) * sympy.log(place) for place, weight in weights.items()))
    fraction = sympy.factor(sympy.together(fraction))
    if logarithms.free_symbols or rest.free_symbols:
        total = rest + fraction + logarithms
        return sympy.count_ops(total) <= MAXIMAL_LEFT and vanishes(total, domains, deadline)
    if fraction.is_nonnegative is not True:
        return False
    constant = rest + logarithms
    return constant.is_nonnegative is True or vanishes(constant, domains, deadline)
