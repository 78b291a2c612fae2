"""What to say of a step that rests on a name which the note never explains.

Such a name protects the step: anything may be meant by it. But where the name can only be one of finitely many, an
index of a declared array or a point of a space, and some interpretation makes the step false whichever it is, the
step is wrong whatever is meant. That is asked of both witnesses as one claim: the product of the differences is 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.sorts import Family, Matrix, Point, Vector
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Binder,
    Domain,
    Entry,
    Name,
    Negative,
    Number,
    Range,
    Space,
    Sum,
    Term,
    subterms,
)
from errata.language.unsaid import SPOKEN_OF, STRANGE

UNBOUND, UNDEFINED = "unbound-index", "undefined-name"
ONE, ZERO = Number(Fraction(1)), Number(Fraction(0))


def rests_on(reading: Reading, symbol: str, words: str) -> tuple[str, str]:
    """Return the rule and the message of a step that rests on a name. words: why it is not understood."""
    if not words.startswith(STRANGE) or words.startswith(SPOKEN_OF):
        return "undecided", f'what is said of {symbol} was not understood: "{words}"'
    if any(symbol == i for entry in _entries(reading) for i in _indices(entry)):
        return UNBOUND, f"nothing binds the index {symbol}: no sum runs over it here, and nothing says what it is"
    return UNDEFINED, f"nothing says what {symbol} is: it is neither declared nor defined before"


def whichever(reading: Reading, symbols: Iterable[str], scope: Scope) -> tuple[Reading, Scope] | None:
    """Return the claim that for some value of the names the step holds, with its scope; None if there are too many.

    Only for an equation between numbers.
    """
    difference = Sum((reading.left, Negative(reading.right)))
    product: Aggregate | Sum = difference
    left_out = set(symbols)
    for symbol in sorted(left_out):
        words = scope.not_understood[symbol]
        domain = _domain(reading, symbol, scope)
        if reading.relation != "=" or domain is None or not words.startswith(STRANGE) or words.startswith(SPOKEN_OF):
            return None
        product = Aggregate("product", Binder(Name(symbol), domain), product)
    known = {s: words for s, words in scope.not_understood.items() if s not in left_out}
    return Reading("=", product, ZERO), replace(scope, not_understood=MappingProxyType(known))


def whatever(symbols: Iterable[str]) -> str:
    """Say that a step fails whatever some names are."""
    names = " and ".join(to_text(Name(s)) for s in symbols)
    return f"nothing binds {names} here, and the two sides differ whatever is meant by it"


def _domain(reading: Reading, symbol: str, scope: Scope) -> Domain | None:
    """Return what a name that nothing explains can be: a place in the arrays it is an index of, or a point."""
    sort = scope.sorts.get(symbol)
    if isinstance(sort, Point):
        return Space(sort.space)
    places = [(entry, place) for entry in _entries(reading) for place, i in enumerate(_indices(entry)) if i == symbol]
    sizes = {_size(entry, place, scope) for entry, place in places}
    size = sizes.pop() if len(sizes) == 1 else None
    return None if size is None else Range(ONE, size)


def _size(entry: Entry, place: int, scope: Scope) -> Name | None:
    """Return how long an array is along one of its indices, where that is a name."""
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


def _entries(reading: Reading) -> list[Entry]:
    return [t for side in (reading.left, reading.right) for t in subterms(side) if isinstance(t, Entry)]


def _indices(entry: Entry) -> list[str | None]:
    return [i.symbol if isinstance(i, Name) else None for i in entry.indices]
