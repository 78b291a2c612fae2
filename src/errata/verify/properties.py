"""Properties that a note may take for granted of names that it does not declare.

Notes say "y is one-hot" or "the weights are positive" in words that no rule reads, or not at all. A step that
fails in general but holds once an undeclared name has such a property is conditional, and the property named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType

from errata.language.scope import Independent, Scope
from errata.language.sorts import POSITIVE, UNIT, Family, Matrix, RandomVariable, Real, Sort, Vector
from errata.language.statements import Reading
from errata.language.terms import MomentOf, Name, subterms

Holds = Callable[[Reading, Scope], bool]

MOST_TRIES = 12


def rescuing_property(reading: Reading, scope: Scope, holds: Holds) -> str | None:
    """Return a property of one inferred name under which the reading holds, in words; None if there is none."""
    names = {t.symbol for side in (reading.left, reading.right) for t in subterms(side) if isinstance(t, Name)}
    tries = 0
    for symbol in sorted(names & scope.inferred.keys()):
        for words, sort in _stronger(symbol, scope.sorts[symbol]):
            tries += 1
            if tries > MOST_TRIES:
                return None
            if holds(reading, replace(scope, sorts=MappingProxyType({**scope.sorts, symbol: sort}))):
                return f"{symbol} {words}"
    independent = _independence(reading, scope, names)
    if independent is not None and holds(reading, replace(scope, facts=(*scope.facts, independent))):
        return f"{' and '.join(independent.names)} are independent"
    for words, sort in (("positive", POSITIVE), ("between 0 and 1", UNIT)):
        together = {s: _within(scope.sorts[s], sort) for s in sorted(names & scope.inferred.keys())}
        if len(together) > 1 and holds(reading, replace(scope, sorts=MappingProxyType({**scope.sorts, **together}))):
            return f"all undeclared numbers are {words}"
    return None


def _independence(reading: Reading, scope: Scope, names: set[str]) -> Independent | None:
    """Return that the undeclared random variables are independent, unless the reading speaks of their covariance."""
    terms = [t for side in (reading.left, reading.right) for t in subterms(side)]
    if any(isinstance(t, MomentOf) and len(t.arguments) == 2 and t.arguments[0] != t.arguments[1] for t in terms):
        return None
    random = {s: sort for s in sorted(names) if isinstance(sort := scope.sorts.get(s), RandomVariable)}
    told = any(isinstance(f, Independent) and set(random) <= set(f.names) for f in scope.facts)
    if len(random) < 2 or told or not set(random) & scope.inferred.keys():
        return None
    return Independent(tuple(random))


def _within(sort: Sort, numbers: Real) -> Sort:
    """The sort with its numbers restricted, where they were any real numbers."""
    if isinstance(sort, Real) and not sort.integer and sort.low is None:
        return numbers
    if isinstance(sort, Family) and sort.element == Real():
        return Family(sort.sizes, numbers)
    return sort


def _stronger(symbol: str, sort: Sort) -> Iterator[tuple[str, Sort]]:
    if isinstance(sort, Real) and not sort.integer and sort.low is None:
        yield "is positive", POSITIVE
        yield "lies between 0 and 1", UNIT
    if isinstance(sort, Family) and len(sort.sizes) == 1 and isinstance(sort.element, Real):
        yield "has positive entries", Family(sort.sizes, POSITIVE)
        size = sort.sizes[0] or Name(f"\\dim {symbol}")
        yield "has positive entries that sum to 1", Vector(size, simplex=True)
    if isinstance(sort, Vector) and not sort.simplex:
        yield "has positive entries that sum to 1", replace(sort, simplex=True)
    if isinstance(sort, Matrix) and sort.rows == sort.columns:
        yield "is symmetric", replace(sort, properties=sort.properties | {"symmetric"})
        yield "is orthogonal", replace(sort, properties=sort.properties | {"orthogonal"})
