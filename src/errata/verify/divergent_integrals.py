r"""Integrals that diverge: an addend without the variable, integrated over the whole space.

    \int \frac12 \log\frac{1}{|\Sigma|} + \frac12 (x - \mu)^\top \Sigma^{-1} (x - \mu) \, p(x) \, dx

As it is written the first addend is integrated by itself, and grows beyond all bounds wherever it is not 0. Such a side
is no number, and equals none. Most often brackets were forgotten before the density, so this other reading is judged
too: where it holds, that is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from errata.language.addends import addends
from errata.language.definitions import used_symbols
from errata.language.inference import relevant
from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.sorts import EuclideanSpace
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Constant,
    Density,
    Expectation,
    Interval,
    MomentOf,
    Name,
    Number,
    Product,
    Space,
    StandardDensity,
    Sum,
    Term,
    children,
    subterms,
)
from errata.numeric_checks.outcome import Agreement, NumericOutcome, Refutation

ZERO = Number(Fraction(0))
Check = Callable[[Reading, Scope], NumericOutcome]


@dataclass(frozen=True, slots=True)
class Divergence:
    """words: why a side has no finite value. bracketed: the claim with the sum in brackets before its density."""

    words: str
    bracketed: Reading | None


def diverges(reading: Reading, scope: Scope, check: Check) -> Divergence | None:
    """Return why one side of an equation is infinite although the other is a number; None where that is not known."""
    if reading.relation != "=":
        return None
    for side, other, turned in ((reading.left, reading.right, False), (reading.right, reading.left, True)):
        found = [a for a in addends(side) if _is_endless(a.term, scope)]
        if len(found) != 1 or not isinstance(integral := found[0].term, Aggregate):
            continue
        split, place = _split(integral, scope), found[0].put
        if split is None or _is_free(integral.binder.name.symbol, other, scope) or _is_doubtful(reading, scope):
            continue  # with its variable on the other side it is the indefinite one
        constant, rest = split
        finite = (place(replace(integral, body=rest)), other)
        known = all(isinstance(check(Reading("=", term, term), scope), Agreement) for term in finite)
        nonzero = check(Reading("=", constant, ZERO), scope)
        if not known or not isinstance(nonzero, Refutation) or nonzero.thin:
            continue
        variable = integral.binder.name.symbol
        words = f"the integral over {variable} diverges: {to_text(constant)} does not depend on {variable}"
        body = _bracketed(constant, rest, variable)
        sides = None if body is None else (place(replace(integral, body=body)), other)
        whole = None if sides is None else replace(reading, left=sides[turned], right=sides[not turned])
        return Divergence(words, whole)
    return None


def _is_endless(term: Term, scope: Scope) -> bool:
    """Return whether a term is an integral over a whole space of numbers or vectors, or to an infinite end."""
    if not isinstance(term, Aggregate) or term.operation != "integral":
        return False
    match term.binder.domain:
        case Space(name):
            return isinstance(scope.spaces.get(name), EuclideanSpace)
        case Interval(low, high):
            return any(
                isinstance(part, Constant) and part.kind == "infinity" for part in (*subterms(low), *subterms(high))
            )
    return False


def _split(integral: Aggregate, scope: Scope) -> tuple[Term, Term] | None:
    """Return the addends of an endless integral without the variable, and the others, where there are both."""
    if not _is_endless(integral, scope) or not isinstance(integral.body, Sum):
        return None
    variable = integral.binder.name.symbol
    constant = [part for part in integral.body.terms if not _depends(part, variable, scope)]
    rest = [part for part in integral.body.terms if _depends(part, variable, scope)]
    return (_summed(constant), _summed(rest)) if constant and rest else None


def _depends(term: Term, variable: str, scope: Scope) -> bool:
    _, reached = relevant(scope, [term])
    return any(variable in used_symbols(part) for part in reached)


def _is_free(variable: str, term: Term, scope: Scope) -> bool:
    """Return whether a term depends on a variable that it neither integrates over nor takes a mean of."""
    if isinstance(term, Expectation | MomentOf) or (
        isinstance(term, Aggregate) and term.binder.name.symbol == variable
    ):
        return False
    if isinstance(term, Name):
        return _depends(term, variable, scope)
    return any(_is_free(variable, part, scope) for part in children(term))


def _is_doubtful(reading: Reading, scope: Scope) -> bool:
    """Return whether something is said of a name that was not understood: it may bound the space."""
    return bool((used_symbols(reading.left) | used_symbols(reading.right)) & scope.not_understood.keys())


def _summed(parts: list[Term]) -> Term:
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))


def _bracketed(constant: Term, rest: Term, variable: str) -> Term | None:
    """Return (a + b) p(x) for a + b p(x); None where no density of the variable is the last factor."""
    if not isinstance(rest, Product):
        return None
    *others, last = rest.factors
    named = isinstance(last, Density | StandardDensity) and any(t == Name(variable) for t in subterms(last))
    return Product((Sum((constant, Product(tuple(others)))), last)) if named and others else None
