"""Sums over pairs, i < j: both names are bound, unless one of them stands free in the same statement."""

from __future__ import annotations

from collections.abc import Sequence

from errata.language.terms import Aggregate, Comparison, Indicator, Name, Product, Term, children, subterms


def loose_pair(sides: Sequence[Term]) -> str | None:
    """Return a name of a pair i < j below a sum that stands free outside of that sum; None where there is none."""
    free = {t.symbol for side in sides for t in _free(side, frozenset())}
    for side in sides:
        for part in subterms(side):
            if isinstance(part, Aggregate) and isinstance(part.body, Product):
                first = part.body.factors[0]
                if isinstance(first, Indicator) and isinstance(first.condition, Comparison):
                    pair = [t for t in (first.condition.left, first.condition.right) if isinstance(t, Name)]
                    loose = [t.symbol for t in pair if t.symbol in free]
                    if loose:
                        return loose[0]
    return None


def _free(term: Term, bound: frozenset[str]) -> list[Name]:
    if isinstance(term, Name):
        return [] if term.symbol in bound else [term]
    inner = bound | {term.binder.name.symbol} if isinstance(term, Aggregate) else bound
    return [name for part in children(term) for name in _free(part, inner)]
