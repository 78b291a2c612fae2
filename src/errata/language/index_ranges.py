"""One index, one range: a family whose length is not said has that of the arrays that share an index with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from errata.language.prose.refine import is_unknown_size
from errata.language.sorts import Family, Matrix, Sort, Vector
from errata.language.terms import Aggregate, Entry, Name, Number, Range, Term, subterms

ONE = Number(Fraction(1))
Place = tuple[str, int]
"""An array and which of its indices."""


def filled(terms: Iterable[Term], sorts: Mapping[str, Sort]) -> dict[str, Family]:
    """Return the families among these sorts with the lengths that follow, where something follows."""
    terms = tuple(terms)
    groups = [group for term in terms for group in _groups(term)]
    known = dict(sorts)
    changed: dict[str, Family] = {}
    for _ in range(len(groups)):
        before = dict(changed)
        for group, is_sum in groups:
            lengths = {length for place in group if (length := length_along(known, place)) is not None}
            if is_sum and not lengths:
                lengths = _summed(group, terms)
            if len(lengths) != 1:
                continue
            for symbol, place in group:
                family = known.get(symbol)
                if isinstance(family, Family) and place < len(family.sizes) and family.sizes[place] is None:
                    sizes = (*family.sizes[:place], *lengths, *family.sizes[place + 1 :])
                    known[symbol] = changed[symbol] = replace(family, sizes=sizes)
        if changed == before:
            break
    return changed


def summed_sizes(terms: Iterable[Term], sorts: Mapping[str, Sort]) -> tuple[dict[Term, Term], list[str]]:
    """Return the sizes of arrays that nothing but sums over their entries tell, and the arrays with several.

    Let u be a vector: the sum of u_i over i = 1..n says that it has n entries.
    """
    found: dict[Place, set[Term]] = {}
    for term in terms:
        for part in subterms(term):
            if isinstance(part, Aggregate) and isinstance(part.binder.domain, Range):
                for place in _places(part.body, part.binder.name.symbol):
                    length = length_along(sorts, place)
                    if length is not None and is_unknown_size(length) and part.binder.domain.low == ONE:
                        found.setdefault(place, set()).add(part.binder.domain.high)
    told: dict[Term, Term] = {}
    unclear: list[str] = []
    for place, ends in found.items():
        length = length_along(sorts, place)
        end = next(iter(ends))
        if length is None or len(ends) > 1 or not isinstance(end, Name) or told.setdefault(length, end) != end:
            unclear.append(place[0])
    return told, unclear


def _summed(group: Sequence[Place], terms: Iterable[Term]) -> set[Term]:
    """Return up to where sums from 1 on take members of arrays: n of x_1 + ... + x_n, where another runs over all."""
    return {
        part.binder.domain.high
        for term in terms
        for part in subterms(term)
        if isinstance(part, Aggregate) and isinstance(part.binder.domain, Range)
        if part.binder.domain.low == ONE and isinstance(part.binder.domain.high, Name)
        if not set(group).isdisjoint(_places(part.body, part.binder.name.symbol))
    }


def _groups(term: Term) -> Iterator[tuple[Sequence[Place], bool]]:
    """Yield, for every index of a term, the places that it stands in and whether it is that of a sum.

    Sums over a range tell theirs themselves.
    """
    sums = [part for part in subterms(term) if isinstance(part, Aggregate)]
    for part in sums:
        if not isinstance(part.binder.domain, Range):
            yield tuple(_places(part.body, part.binder.name.symbol)), True
    bound = {part.binder.name.symbol for part in sums}
    free = {i.symbol for part in subterms(term) if isinstance(part, Entry) for i in part.indices if isinstance(i, Name)}
    for symbol in sorted(free - bound):
        yield tuple(_places(term, symbol)), False


def _places(term: Term, index: str) -> Iterator[Place]:
    for part in subterms(term):
        if isinstance(part, Entry) and isinstance(part.array, Name):
            yield from ((part.array.symbol, k) for k, i in enumerate(part.indices) if i == Name(index))


def length_along(sorts: Mapping[str, Sort], place: Place) -> Term | None:
    """Return how many members an array has along one of its indices, None where that is not known."""
    symbol, number = place
    match sorts.get(symbol):
        case Vector(size) if number == 0:
            return size
        case Matrix(rows, columns) if number < 2:
            return (rows, columns)[number]
        case Family(sizes) if number < len(sizes):
            return sizes[number]
    return None
