"""Extrema as bounds: whoever says max_x f(x) = c, or <= c, says that f(x) <= c for every x.

This refutes an extremum that does not exist, or that a search did not find, by one value of x. The other way round,
a bound a >= b + 2 \\max_x f(x) says no more than a >= b + 2 f(x) for every x, and needs no search at all.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from errata.language.addends import addends
from errata.language.definitions import free_symbols
from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Constant,
    Domain,
    Interval,
    Negative,
    Number,
    Term,
    Values,
    Where,
    subterms,
)

_SWAPPED = {"=": "=", "<=": ">=", "<": ">", ">=": "<=", ">": "<"}
_SAYS_BOUND = {"max": ("=", "<=", "<"), "min": ("=", ">=", ">")}


def bound_claim(reading: Reading, scope: Scope) -> tuple[Reading, Scope] | None:
    """Return the bound for all values that a claim on an extremum over numbers implies; None if there is none."""
    swapped = _SWAPPED.get(reading.relation)
    if swapped is None:
        return None
    directions = ((reading.left, reading.right, reading.relation), (reading.right, reading.left, swapped))
    for side, other, relation in directions:
        if not isinstance(side, Aggregate) or relation not in _SAYS_BOUND.get(side.operation, ()):
            continue
        symbol = side.binder.name.symbol
        sort = _values(side.binder.domain, scope.sorts.get(symbol))
        if sort is None or symbol in free_symbols(other) | scope.definitions.keys() or _is_rounded(other):
            continue
        strict = relation in ("<", ">")
        comparison = {"max": "<", "min": ">"}[side.operation] + ("" if strict else "=")
        inner = replace(scope, sorts=MappingProxyType({**scope.sorts, symbol: sort}))
        return Reading(comparison, side.body, other, reading.condition), inner  # type: ignore[arg-type]
    return None


def for_every_value(reading: Reading, scope: Scope) -> tuple[Reading, Scope] | None:
    """Return a bound on an extremum as one on what it is taken of, for every value of the variable.

    The two say the same. None where no side has a single extremum over numbers among its addends, on the side of it
    that is bounded.
    """
    swapped = {"<=": ">=", ">=": "<="}.get(reading.relation)
    if swapped is None:
        return None
    directions = ((reading.left, reading.right, reading.relation), (reading.right, reading.left, swapped))
    for side, other, relation in directions:
        found = [a for a in addends(side) if isinstance(a.term, Aggregate) and a.term.operation in ("max", "min")]
        if len(found) != 1 or not isinstance(extremum := found[0].term, Aggregate):
            continue
        symbol = extremum.binder.name.symbol
        sort = _values(extremum.binder.domain, scope.sorts.get(symbol))
        bounded = "max" if (relation == "<=") == (found[0].sign > 0) else "min"
        elsewhere = free_symbols(other) | free_symbols(side) | scope.definitions.keys()
        restricted = any(isinstance(part, Where) for part in subterms(extremum.body))
        if restricted or extremum.operation != bounded or sort is None or symbol in elsewhere or _is_rounded(other):
            continue
        inner = replace(scope, sorts=MappingProxyType({**scope.sorts, symbol: sort}))
        bound = Reading(relation, found[0].put(extremum.body), other, reading.condition)  # type: ignore[arg-type]
        return bound, inner
    return None


def _values(domain: Domain, sort: object) -> Real | None:
    if isinstance(domain, Values):
        return (sort or Real()) if sort is None or isinstance(sort, Real) else None
    if isinstance(domain, Interval):
        low, high = _end(domain.low), _end(domain.high)
        if low is not None and high is not None:
            return Real(low[0], high[0], low_open=domain.low_open, high_open=domain.high_open)
    return None


def _end(term: Term) -> tuple[float | None] | None:
    """An end of an interval: (number,), (None,) where it is infinite; None where it is anything else."""
    inner = term.term if isinstance(term, Negative) else term
    sign = -1 if isinstance(term, Negative) else 1
    if isinstance(inner, Number):
        return (float(sign * inner.value),)
    return (None,) if isinstance(inner, Constant) and inner.kind == "infinity" else None


def _is_rounded(term: Term) -> bool:
    return any(isinstance(part, Number) and part.decimals is not None for part in subterms(term))
