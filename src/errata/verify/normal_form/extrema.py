"""Maxima and minima over a variable or a function.

A concave function of one variable has its maximum where its derivative is zero. The same holds point by point for
a sum (or integral) over x of g(D(x), x) over all functions D. Where that does not apply, an extremum stays opaque.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from errata.language import sorts
from errata.language import terms as t
from errata.verify.normal_form.derivatives import derivative
from errata.verify.normal_form.factors import cleared
from errata.verify.normal_form.polynomials import (
    accumulate,
    combined,
    multiply,
    power,
    scale,
    single,
    subtract,
    together,
)
from errata.verify.normal_form.signs import Bounds, of_sort, sign
from errata.verify.normal_form.substitution import closed, opened, renamed, replaced
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import (
    Atom,
    Domain,
    Exhausted,
    Monomial,
    NoProof,
    Polynomial,
    Refused,
    Workspace,
)

if TYPE_CHECKING:
    from errata.verify.normal_form.lowering import Lowering

STATIONARY = "stationary point of a concave function"


@dataclass(frozen=True)
class Optimum:
    """The place of an extremum, as a function of the point for an extremum over functions, and its value."""

    place: Polynomial
    value: Polynomial
    point: Atom | None = None


def extremum(lowering: Lowering, term: t.Aggregate) -> Polynomial:
    """Return an extremum, found or opaque."""
    if not isinstance(term.binder.domain, t.Functions | t.Values | t.Laws):
        raise Refused("an extremum over a range")
    w = lowering.w
    optimum = found_optimum(lowering, term)
    if optimum is not None:
        if term.operation in ("max", "min"):
            return optimum.value
        if optimum.point is None:
            return optimum.place
        raise Refused("a function in place of a number")
    symbol = term.binder.name.symbol
    inner = lowering.conditionally()
    if isinstance(term.binder.domain, t.Values):
        domain = Domain("values", symbol)
        variable = lowering.variable(domain)
        body = inner.inside({symbol: single(variable)}, domain).scalar(term.body)
        return single(closed(w, term.operation, (variable,), (domain,), combined(w, body)))
    if symbol in lowering.environment:
        raise Refused("a bound variable bound again")
    frozen = w.freeze(combined(w, inner.scalar(term.body)))
    kind = type(term.binder.domain).__name__
    return single(w.atom("extremum", term.operation, kind, symbol, frozen))


def found_optimum(lowering: Lowering, term: t.Aggregate) -> Optimum | None:
    """Return where a concave body is greatest (a convex one least), None where that is not seen."""
    w = lowering.w
    symbol = term.binder.name.symbol
    sort = w.scope.sorts.get(symbol)
    greatest = term.operation in ("max", "argmax")
    if symbol in lowering.environment or symbol in w.scope.definitions or not w.allows(STATIONARY):
        return None
    try:
        if isinstance(term.binder.domain, t.Values) and isinstance(sort, sorts.Real) and not sort.integer:
            variable = w.fresh(Domain("values", symbol))
            body = lowering.inside({symbol: single(variable)}).scalar(term.body)
            place = _stationary(w, body, variable, of_sort(sort), greatest)
            return None if place is None else Optimum(place, replaced(w, body, variable, place))
        if isinstance(term.binder.domain, t.Functions) and isinstance(sort, sorts.Function):
            return _optimal_function(lowering, term, sort, greatest)
    except Exhausted:
        raise
    except NoProof:
        return None
    return None


def _optimal_function(lowering: Lowering, term: t.Aggregate, sort: sorts.Function, greatest: bool) -> Optimum | None:
    """Point by point: the body must be a sum over x of terms that see D at x only."""
    w = lowering.w
    symbol = term.binder.name.symbol
    body = lowering.scalar(term.body)
    joined = _under_one_sum(w, {m: c for m, c in body.items() if _mentions(m, symbol)})
    if joined is None or not isinstance(sort.value, sorts.Real):
        return None
    variable, domain, inside = joined
    value = w.atom("apply", symbol, (w.freeze(single(variable)),), (), (0,))
    place = _stationary(w, inside, value, of_sort(sort.value), greatest)
    if place is None or _mentions_function(place, symbol):
        return None
    best = replaced(w, inside, value, place)
    if _mentions_function(best, symbol):
        return None
    rest = {m: c for m, c in body.items() if not _mentions(m, symbol)}
    accumulate(rest, total(w, ((variable, domain),), best))
    return Optimum(place, rest, variable)


def _under_one_sum(w: Workspace, body: Polynomial) -> tuple[Atom, Domain, Polynomial] | None:
    variable: Atom | None = None
    domain: Domain | None = None
    result: Polynomial = {}
    for m, c in body.items():
        sums = [atom for atom, e in m if atom.kind == "sum" and e == 1 and len(atom.arguments[0]) == 1]
        if len(sums) != 1:
            return None
        names, domains, inside = opened(w, sums[0])
        if variable is None:
            variable, domain = names[0], domains[0]
        elif domains[0] != domain:
            return None
        rest = tuple(pair for pair in m if pair[0] is not sums[0])
        accumulate(result, multiply(w, {rest: c}, renamed(w, inside, {names[0]: variable})))
    if variable is None or domain is None or domain.kind != "space":
        return None
    return variable, domain, result


def _stationary(w: Workspace, body: Polynomial, variable: Atom, bounds: Bounds, greatest: bool) -> Polynomial | None:
    """The zero of the derivative, where the second derivative has one sign and the zero lies in the domain."""
    first = derivative(w, body, variable)
    second = derivative(w, first, variable)
    curvature = sign(w, second) or sign(w, combined(w, second))
    if curvature != (-1 if greatest else 1):
        return None
    numerator, _ = together(w, first)
    place = _solved(w, numerator, variable)
    if place is None or not _inside(w, place, bounds):
        return None
    return place


def _solved(w: Workspace, zero: Polynomial, variable: Atom) -> Polynomial | None:
    factor: Polynomial = {}
    rest: Polynomial = {}
    for m, c in cleared(zero).items():
        exponent = dict(m).get(variable, 0)
        others: Monomial = tuple(pair for pair in m if pair[0] is not variable)
        if exponent not in (0, 1):
            return None
        (factor if exponent else rest)[others] = c
    if not factor or not sign(w, factor):
        return None
    return scale(-1, multiply(w, rest, power(w, factor, -1)))


def _inside(w: Workspace, place: Polynomial, bounds: Bounds) -> bool:
    for end, side in ((bounds.low, 1), (bounds.high, -1)):
        if end is None:
            continue
        distance = combined(w, scale(side, subtract(place, {(): end} if end else {})))
        if sign(w, distance) <= 0:
            return False
    return True


def _mentions(m: Monomial, symbol: str) -> bool:
    return _mentions_function({m: 1}, symbol)


def _mentions_function(polynomial: Polynomial, symbol: str) -> bool:
    stack: list[object] = [atom for m in polynomial for atom, _ in m]
    while stack:
        value = stack.pop()
        if isinstance(value, Atom):
            if value.kind == "apply" and value.arguments[0] == symbol:
                return True
            stack.extend(value.arguments)
        elif isinstance(value, tuple):
            stack.extend(value)
        elif hasattr(value, "items"):
            stack.extend(atom for m, _ in value.items for atom, _ in m)
    return False
