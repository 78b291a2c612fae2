"""Properties that a note may take for granted of names that it does not declare.

Notes say "y is one-hot" or "the weights are positive" in words that no rule reads, or not at all. A step that
fails in general but holds once an undeclared name has such a property is conditional, and the property named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.scope import IdenticallyDistributed, Independent, Scope
from errata.language.sorts import POSITIVE, UNIT, Family, Matrix, RandomVariable, Real, Sort, Vector
from errata.language.statements import Reading
from errata.language.symbols import any_member
from errata.language.terms import (
    Aggregate,
    Binder,
    Comparison,
    Entry,
    Expectation,
    MomentOf,
    Name,
    Number,
    Term,
    Values,
    subterms,
)

Holds = Callable[[Reading, Scope], bool]

MOST_TRIES = 12


def rescuing_property(reading: Reading, scope: Scope, holds: Holds) -> str | None:
    """Return a property of one inferred name under which the reading holds, in words; None if there is none."""
    terms = [t for side in (reading.left, reading.right) for t in subterms(side)]
    names = {t.symbol for t in terms if isinstance(t, Name)} - {b.name.symbol for b in _over_all_numbers(terms)}
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
    for words, stronger in _of_families(reading, scope):
        if holds(reading, stronger):
            return words
    for words, sort in (("positive", POSITIVE), ("between 0 and 1", UNIT)):
        together = {s: _within(scope.sorts[s], sort) for s in sorted(names & scope.inferred.keys())}
        if len(together) > 1 and holds(reading, replace(scope, sorts=MappingProxyType({**scope.sorts, **together}))):
            return f"all undeclared numbers are {words}"
    return None


def _over_all_numbers(terms: list[Term]) -> Iterator[Binder]:
    """Yield the bound names of extrema that are written to be over all numbers."""
    for term in terms:
        if isinstance(term, Aggregate) and isinstance(term.binder.domain, Values) and term.binder.domain.said:
            yield term.binder


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


def _of_families(reading: Reading, scope: Scope) -> Iterator[tuple[str, Scope]]:
    """Yield what notes take for granted of families of random variables, in words, and the scope with it."""
    terms = [*subterms(reading.left), *subterms(reading.right)]
    if any(isinstance(t, MomentOf) and len(t.arguments) == 2 and t.arguments[0] != t.arguments[1] for t in terms):
        return  # it speaks of their covariances
    means = any(isinstance(t, Expectation | MomentOf) for t in terms)
    families = [s for s, sort in scope.sorts.items() if isinstance(sort, Family) and _is_random(sort)]
    if not means or not families:
        return
    names = tuple(sorted(families))
    spoken = " and ".join(names)
    if any(isinstance(f, Independent) and set(families) & set(f.names) for f in scope.facts):
        if not any(isinstance(f, IdenticallyDistributed) for f in scope.facts):
            same = (*scope.facts, IdenticallyDistributed(names))
            yield f"all members of {spoken} have one law", replace(scope, facts=same)
        return
    apart = (*scope.facts, Independent(names, members=names))
    yield f"all members of {spoken} are independent", replace(scope, facts=apart)
    alike = (*apart, IdenticallyDistributed(names))
    yield f"all members of {spoken} are independent and have one law", replace(scope, facts=alike)
    zero = tuple(_mean_zero(name, scope) for name in names)
    centered = replace(scope, facts=alike, assumptions=(*scope.assumptions, *zero))
    yield f"all members of {spoken} are independent, have one law and mean 0", centered


def _is_random(family: Family) -> bool:
    return isinstance(family.element, RandomVariable) and family.element.law is None


def _mean_zero(name: str, scope: Scope) -> Comparison:
    sort = scope.sorts[name]
    assert isinstance(sort, Family)
    indices = tuple(Name(any_member(n)) for n in range(len(sort.sizes)))
    return Comparison("=", Expectation((), Entry(Name(name), indices)), Number(Fraction(0)))


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
