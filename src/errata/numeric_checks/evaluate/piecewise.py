"""What is put together from pieces: |x|, max(0, x), 1[x > t], cases.

A few points cannot tell it from a polynomial, for all of them may lie on one piece.
"""

from __future__ import annotations

from collections.abc import Iterable

from errata.language.scope import Scope
from errata.language.terms import Cases, Elementary, Indicator, Name, Term, subterms

_PIECEWISE = frozenset(("abs", "relu", "sign", "floor", "ceiling", "max", "min", "delta"))


def is_piecewise(terms: Iterable[Term], scope: Scope) -> bool:
    """Return whether anything in these terms, or in what they rest on by definitions, is put together from pieces."""
    waiting, seen = list(terms), set[str]()
    while waiting:
        for part in subterms(waiting.pop()):
            if isinstance(part, Indicator | Cases) or (isinstance(part, Elementary) and part.function in _PIECEWISE):
                return True
            if isinstance(part, Name) and part.symbol not in seen:
                seen.add(part.symbol)
                waiting.extend(d.body for s, d in scope.definitions.items() if s == part.symbol)
                waiting.extend(d.body for d in scope.densities if d.law == part.symbol)
                waiting.extend(r.body for s, r in scope.recursions.items() if s == part.symbol)
    return False
