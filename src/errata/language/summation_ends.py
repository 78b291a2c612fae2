"""Names at which a sum begins or ends: they are whole numbers, whatever else a condition says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.definitions import used_symbols
from errata.language.inference import once, relevant
from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.terms import Aggregate, Derivative, Name, Negative, Number, Range, Sum, Term, subterms


def with_integer_ends(scope: Scope, terms: Iterable[Term]) -> Scope:
    """Return the scope with the numbers that are ends of sums in these terms as integers: 0 < t < T, of sums to T."""
    reached = relevant(scope, terms)[1]
    ranges = [p.binder.domain for term in reached for p in subterms(term) if isinstance(p, Aggregate)]
    ends = {s for domain in ranges if isinstance(domain, Range) for s in (*_whole(domain.low), *_whole(domain.high))}
    found = {
        symbol: replace(sort, integer=True)
        for symbol in sorted(ends)
        if isinstance(sort := scope.sorts.get(symbol), Real) and not sort.integer and not sort.complex
    }
    return replace(scope, sorts=MappingProxyType({**scope.sorts, **found})) if found else scope


def with_counts(
    scope: Scope, terms: Iterable[Term], ranges: Mapping[str, tuple[Term, Term]], told: Set[str]
) -> Scope:
    """Return the scope with names to which sums of the note run from 1 as counts, in terms without these sums, too.

    told: names of which a sentence says what they are.
    """
    counts = {high.symbol for low, high in ranges.values() if isinstance(high, Name) and low == Number(Fraction(1))}
    parts = [part for term in relevant(scope, terms)[1] for part in subterms(term)]
    varied = {s for p in parts if isinstance(p, Derivative) for s in used_symbols(p.variable)}
    plain = {s for s in counts - set(told) - varied if scope.sorts.get(s) == Real()}
    found = dict.fromkeys(sorted(plain), Real(1.0, low_open=False, integer=True))
    return replace(scope, sorts=MappingProxyType({**scope.sorts, **found})) if found else scope


def _whole(end: Term) -> Iterator[str]:
    """Yield the name of an end t, 2t, t + 1 or 2n - 1; of others, as n/2 or two names together, none."""
    match once(end):
        case Name(symbol):
            yield symbol
        case Sum((first, Number(added) | Negative(Number(added)))) if added.denominator == 1:
            yield from _whole(once(first)) if isinstance(once(first), Name) else ()
