"""Sums over pairs, i < j: both names are bound, unless one of them stands free in the same statement."""

from __future__ import annotations

from collections.abc import Sequence

from errata.language.terms import (
    Aggregate,
    Cases,
    Comparison,
    Indicator,
    Name,
    Number,
    Product,
    Term,
    children,
    subterms,
)


def loose_pair(sides: Sequence[Term]) -> str | None:
    """Return a name of a pair below a sum of which it is not clear whether the sum runs over it; None without one.

    Of a pair i < j that is one that stands free outside of the sum. In a sum over j with j != i it is i unless that
    does: \\sum_{j \\ne i} a_j = S - a_i is of a single i, and \\sum_{j \\ne i} a_i a_j = S may be of all.
    """
    free = _names(sides, None)
    for side in sides:
        for part in subterms(side):
            condition = _condition(part) if isinstance(part, Aggregate) else None
            if isinstance(part, Aggregate) and condition is not None:
                pair = [t.symbol for t in (condition.left, condition.right) if isinstance(t, Name)]
                loose = [symbol for symbol in pair if symbol in free]
                if loose and not _is_of_one(part, condition, sides):
                    return loose[0]
    return None


def _condition(summed: Aggregate) -> Comparison | None:
    """Return the condition that stands below a sum or a product: see how operators are read."""
    match summed.body:
        case Product((Indicator(Comparison() as condition), *_)) | Cases(((_, Comparison() as condition),), Number()):
            return condition
    return None


def _is_of_one(summed: Aggregate, condition: Comparison, sides: Sequence[Term]) -> bool:
    """Return whether a sum leaves out the value of a name that stands outside of it."""
    left, right = condition.left, condition.right
    alone = left == summed.binder.name and left not in _free_of(sides, summed)
    return alone and isinstance(right, Name) and right.symbol in _names(sides, summed)


def _free_of(sides: Sequence[Term], but: Aggregate | None) -> list[Name]:
    return [name for side in sides for name in _free(side, frozenset(), but)]


def _names(sides: Sequence[Term], but: Aggregate | None) -> set[str]:
    return {name.symbol for name in _free_of(sides, but)}


def _free(term: Term, bound: frozenset[str], but: Aggregate | None) -> list[Name]:
    if term == but:
        return []
    if isinstance(term, Name):
        return [] if term.symbol in bound else [term]
    inner = bound | {term.binder.name.symbol} if isinstance(term, Aggregate) else bound
    return [name for part in children(term) for name in _free(part, inner, but)]
