"""Systems of equations told in one sentence: "we have $x = 1 + c y$ and $y = 2 + c x$" defines neither alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from errata.language.definitions import free_symbols
from errata.language.scope import Definition
from errata.language.terms import Comparison, Name


def system_in(definitions: Sequence[Definition]) -> tuple[Comparison, ...]:
    """Return the equations among the definitions of a sentence that refer to each other in a circle."""
    plain = {d.symbol: d for d in definitions if not d.parameters and not d.entry_wise}
    uses = {symbol: free_symbols(d.body) & plain.keys() for symbol, d in plain.items()}
    circular = [symbol for symbol in plain if symbol in _reached(symbol, uses)]
    return tuple(Comparison("=", Name(symbol), plain[symbol].body) for symbol in circular)


def _reached(symbol: str, uses: Mapping[str, set[str]]) -> set[str]:
    """Return the names that the definition of a name rests on."""
    found: set[str] = set()
    waiting = set(uses[symbol])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= uses[name]
    return found
