r"""Claims of where a function is greatest or least: \arg\max_x f(x) = c says that f(c) >= f(x) for every x.

Where the extremum is not attained, the left side has no value, and yet the claim may fail: at c something else may be.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from errata.language.definitions import free_symbols, substitute
from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.statements import Reading
from errata.language.terms import Aggregate, Constant, Interval, Negative, Number, Term, Values, subterms


def greatest_there(reading: Reading, scope: Scope) -> tuple[Reading, Scope] | None:
    """Return the claim that the function is nowhere greater (or less) than at the place told; None for other claims."""
    for extremum, place in ((reading.left, reading.right), (reading.right, reading.left)):
        match extremum:
            case Aggregate("argmax" | "argmin" as operation, binder, body) if reading.relation == "=":
                symbol = binder.name.symbol
                numbers = _numbers(binder.domain, scope.sorts.get(symbol))
                again = any(isinstance(t, Aggregate) for t in subterms(body))
                if numbers is None or again or symbol in free_symbols(place) or symbol in scope.definitions:
                    return None
                there = substitute(body, {symbol: place})
                known = replace(scope, sorts=MappingProxyType({**scope.sorts, symbol: numbers}))
                return Reading(">=" if operation == "argmax" else "<=", there, body), known
    return None


def is_bounded(reading: Reading, scope: Scope) -> bool:
    """Return whether the note says of every number in a claim in what bounds it lies: so wide is what it claims."""
    names = free_symbols(reading.left) | free_symbols(reading.right)
    sorts = [scope.sorts.get(s) for s in sorted(names) if s not in scope.definitions]
    return bool(sorts) and all(isinstance(s, Real) and (s.low is not None or s.high is not None) for s in sorts)


def _numbers(domain: object, sort: object) -> Real | None:
    if isinstance(domain, Interval):
        low, high = _end(domain.low), _end(domain.high)
        if low is None or high is None:
            return None
        return Real(None if low == -_INFINITE else low, None if high == _INFINITE else high)
    return sort if isinstance(domain, Values) and isinstance(sort, Real) and not sort.integer else None


_INFINITE = float("inf")


def _end(term: Term) -> float | None:
    match term:
        case Number(value):
            return float(value)
        case Constant("infinity"):
            return _INFINITE
        case Negative(inner) if (end := _end(inner)) is not None:
            return -end
    return None
