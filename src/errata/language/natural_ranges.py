"""The range of an index that is written without one: that of the arrays which it selects from.

What the letter runs over elsewhere in the note says less: a sum over i up to t does not make t the length of w in
the sum over i of w_i x_i.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from errata.language.index_ranges import length_along
from errata.language.scope import Scope
from errata.language.terms import Domain, Entry, IndexSet, Name, Number, Range, Term, subterms

DEEPEST = 4
ONE = Number(Fraction(1))


def natural_range(domain: Domain, index: Name, body: Term, scope: Scope) -> Domain:
    """Return the range of an index of the body, given the one that its letter has elsewhere in the note."""
    if not isinstance(domain, Range):
        return domain
    lengths = set(_lengths(index, body, scope, DEEPEST))
    if not lengths or domain.high in lengths:
        return domain
    return Range(ONE, lengths.pop()) if len(lengths) == 1 else IndexSet(index.symbol)


def _lengths(index: Name, body: Term, scope: Scope, depth: int) -> Iterator[Term]:
    """Yield the lengths of the arrays that the index selects from; of one that is defined by entries, of its parts."""
    for part in subterms(body):
        if not isinstance(part, Entry) or not isinstance(part.array, Name):
            continue
        symbol, definition = part.array.symbol, scope.definitions.get(part.array.symbol)
        for place, own in enumerate(part.indices):
            if own != index:
                continue
            if definition is not None and definition.entry_wise and depth and place < len(definition.parameters):
                yield from _lengths(Name(definition.parameters[place]), definition.body, scope, depth - 1)
            elif (known := length_along(scope.sorts, (symbol, place))) is not None:
                yield known
