r"""Indices that nothing binds of families that were declared by any member: after "let x_n \in R^D", x_n is any x.

A claim with such an x_n is one about every member. The family must have been declared without a count, and the
document must write no other index at it: of x_1, \dots, x_n the x_n is the last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from errata.language.sorts import Family, Sort
from errata.language.statements import Reading
from errata.language.terms import Aggregate, Entry, Name, subterms


def free_members(
    reading: Reading, sorts: Mapping[str, Sort], announced: Collection[str], subscripts: Mapping[str, Collection[str]]
) -> frozenset[str]:
    """Return the indices of a claim that stand for any member of what they are written at.

    announced: names that a sentence declares. subscripts: the letters that the document writes below a name.
    """
    uses: dict[str, list[tuple[Entry, int]]] = defaultdict(list)
    written: Counter[str] = Counter()
    taken = set(announced)
    for term in (*subterms(reading.left), *subterms(reading.right)):
        match term:
            case Aggregate(binder=binder):
                taken.add(binder.name.symbol)
            case Entry(indices=indices):
                for place, index in enumerate(indices):
                    if isinstance(index, Name):
                        uses[index.symbol].append((term, place))
            case Name(symbol):
                written[symbol] += 1
    return frozenset(
        symbol
        for symbol, places in uses.items()
        if symbol not in taken and len(symbol) == 1 and symbol.islower() and written[symbol] == len(places)
        if all(_is_any(entry, place, symbol, sorts, announced, subscripts) for entry, place in places)
    )


def _is_any(
    entry: Entry,
    place: int,
    index: str,
    sorts: Mapping[str, Sort],
    announced: Collection[str],
    subscripts: Mapping[str, Collection[str]],
) -> bool:
    """Return whether an index stands at a family of unknown length that is declared, and no other index does."""
    if not isinstance(entry.array, Name) or entry.array.symbol not in announced:
        return False
    sort = sorts.get(entry.array.symbol)
    alone = set(subscripts.get(entry.array.symbol, ())) == {index}
    return isinstance(sort, Family) and len(sort.sizes) == len(entry.indices) and sort.sizes[place] is None and alone
