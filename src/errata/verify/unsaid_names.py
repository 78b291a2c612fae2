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

from errata.language.definitions import free_symbols
from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.sorts import Point
from errata.language.statements import Reading
from errata.language.terms import Aggregate, Binder, Domain, Name, Negative, Number, Space, Sum
from errata.language.unsaid import PERHAPS_HERE, SPOKEN_OF, STRANGE
from errata.verify.free_indices import index_range, stands_as_index

UNBOUND, UNDEFINED = "unbound-index", "undefined-name"
ZERO = Number(Fraction(0))


def rests_on(reading: Reading, symbol: str, words: str) -> tuple[str, str]:
    """Return the rule and the message of a step that rests on a name. words: why it is not understood."""
    if not words.startswith(STRANGE) or words.startswith(SPOKEN_OF):
        return "undecided", f'what is said of {symbol} was not understood: "{words}"'
    if words.startswith(PERHAPS_HERE):
        return "undecided", f"this may say what {symbol} is, for one side alone mentions it"
    if stands_as_index((reading.left, reading.right), symbol):
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


def on_one_side(reading: Reading, symbols: Iterable[str]) -> list[str]:
    """Return the names that only one side mentions."""
    return sorted(set(symbols) & (free_symbols(reading.left) ^ free_symbols(reading.right)))


def whatever(symbols: Iterable[str]) -> str:
    """Say that a step fails whatever some names are."""
    names = " and ".join(to_text(Name(s)) for s in symbols)
    return f"nothing binds {names} here, and the two sides differ whatever is meant"


def _domain(reading: Reading, symbol: str, scope: Scope) -> Domain | None:
    """Return what a name that nothing explains can be: a place in the arrays it is an index of, or a point."""
    sort = scope.sorts.get(symbol)
    if isinstance(sort, Point):
        return Space(sort.space)
    return index_range((reading.left, reading.right), symbol, scope)
