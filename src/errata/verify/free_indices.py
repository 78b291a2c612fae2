"""What an index that nothing binds can be: a place in the arrays that it stands at."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from errata.language.scope import Scope
from errata.language.sorts import Family, Matrix, Vector
from errata.language.terms import Entry, Name, Number, Range, Term, subterms

ONE = Number(Fraction(1))


def stands_as_index(terms: Iterable[Term], symbol: str) -> bool:
    """Return whether a name is an index of an array somewhere."""
    return bool(_places(terms, symbol))


def index_range(terms: Iterable[Term], symbol: str, scope: Scope) -> Range | None:
    """Return the places that an index can stand for, where all arrays that it indexes have one length with a name."""
    lengths = {_length(entry, place, scope) for entry, place in _places(terms, symbol)}
    length = lengths.pop() if len(lengths) == 1 else None
    return None if length is None else Range(ONE, length)


def _places(terms: Iterable[Term], symbol: str) -> list[tuple[Entry, int]]:
    entries = (t for term in terms for t in subterms(term) if isinstance(t, Entry))
    return [(entry, place) for entry in entries for place, i in enumerate(entry.indices) if i == Name(symbol)]


def _length(entry: Entry, place: int, scope: Scope) -> Name | None:
    sort = scope.sorts.get(entry.array.symbol) if isinstance(entry.array, Name) else None
    sizes: tuple[Term | None, ...] = ()
    match sort:
        case Vector(size):
            sizes = (size,)
        case Matrix(rows, columns):
            sizes = (rows, columns)
        case Family(found):
            sizes = found
    length = sizes[place] if place < len(sizes) else None
    return length if isinstance(length, Name) else None
