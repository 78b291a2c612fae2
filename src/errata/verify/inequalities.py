"""Proofs of inequalities: the difference of the sides in normal form, and a search of certificates for its sign."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from errata.language import terms as t
from errata.language.scope import Scope
from errata.verify.averages import finite_log_sums, lower_bounds, monotone_logarithms
from errata.verify.certificates import (
    assumed_bounds,
    completed_squares,
    elementary_bounds,
    least_members,
    pointwise,
    positive_multiple,
    surely_nonnegative,
)
from errata.verify.normal_form.facts import suppose_nonnegative_difference, suppose_positive
from errata.verify.normal_form.lowering import Lowering
from errata.verify.normal_form.polynomials import constant, subtract
from errata.verify.normal_form.signs import sign
from errata.verify.normal_form.workspace import Exhausted, NoProof, Polynomial, Workspace
from errata.verify.normal_form.zero import reduced

DEPTH = 3


def at_most(w: Workspace, small: t.Term, large: t.Term, strict: bool) -> bool:
    """Whether small <= large (or small < large) is proved; the second pass knows what definedness tells."""
    for _ in range(2):
        w.tried.clear()
        difference = subtract(Lowering(w).scalar(large), Lowering(w).scalar(small))
        if sign(w, difference) > 0:
            return True
        if strict:
            if sign(w, reduced(w, difference)) > 0:
                return True
        elif surely_nonnegative(w, difference) or nonnegative(w, reduced(w, difference), DEPTH):
            return True
    return False


def nonnegative(w: Workspace, difference: Polynomial, depth: int) -> bool:
    """Whether the difference is proved to be >= 0."""
    if surely_nonnegative(w, difference):
        return True
    key = (w.freeze(difference), depth)
    if key in w.tried:
        return False
    w.tried.add(key)
    multiple = positive_multiple(w, difference)
    if multiple is not None and surely_nonnegative(w, multiple):
        return True
    if depth == 0:
        return False
    for smaller in _smaller(w, difference, multiple, depth):
        w.spend(20)
        if nonnegative(w, reduced(w, smaller), depth - 1):
            return True
    return False


def _smaller(w: Workspace, difference: Polynomial, multiple: Polynomial | None, depth: int) -> Iterator[Polynomial]:
    def below(other: Polynomial) -> bool:
        return nonnegative(w, reduced(w, other), depth - 1)

    yield from _surviving(lower_bounds(w, difference))
    if multiple is not None:
        yield from _surviving(completed_squares(w, multiple))
    yield from _surviving(assumed_bounds(w, difference))
    yield from _surviving(monotone_logarithms(w, difference, below))
    yield from _surviving(finite_log_sums(w, difference))
    yield from _surviving(pointwise(w, difference if multiple is None else multiple))
    yield from _surviving(least_members(w, difference))
    yield from _surviving(elementary_bounds(w, difference))


def _surviving(candidates: Iterator[Polynomial]) -> Iterator[Polynomial]:
    """Yield candidates until a step of the search meets something that is not modelled."""
    try:
        yield from candidates
    except Exhausted:
        raise
    except NoProof:
        return


def _suppose_value(w: Workspace, assumption: t.Comparison) -> None:
    """Take over an equation that gives a sum over an index (not a plain name) a number for its value."""
    try:
        lowering = Lowering(w, guarded=True)
        difference = subtract(lowering.scalar(assumption.left), lowering.scalar(assumption.right))
    except Exhausted:
        raise
    except NoProof:
        return
    terms = [(m, c) for m, c in difference.items() if m]
    if len(terms) == 1 and len(terms[0][0]) == 1:
        ((atom, exponent),), factor = terms[0]
        if atom.kind == "sum" and exponent == 1:
            w.values.append((atom, constant(Fraction(-difference.get((), 0)) / factor)))


def suppose(w: Workspace, scope: Scope) -> None:
    """Take over the assumptions of the scope that are inequalities between numbers, or tell a number's value."""
    for assumption in scope.assumptions:
        if assumption.relation == "=" and not w.mode.words:
            _suppose_value(w, assumption)
        if assumption.relation not in ("<", "<=", ">", ">="):
            continue
        try:
            lowering = Lowering(w, guarded=True)
            left, right = lowering.scalar(assumption.left), lowering.scalar(assumption.right)
        except Exhausted:
            raise
        except NoProof:
            continue
        difference = subtract(right, left) if assumption.relation in ("<", "<=") else subtract(left, right)
        suppose_nonnegative_difference(w, difference)
        if assumption.relation in ("<", ">"):
            suppose_positive(w, difference)
