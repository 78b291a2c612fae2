r"""Transition kernels: P(s' | s, a) takes two points of one space, so it is a function of all its places.

In each of its conditions it is a law of the first place; nothing relates it to a joint law of both points. It
goes by a name of its own, P(\cdot\mid\cdot), so that it cannot be mistaken for the law that P may be elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from errata.language.symbols import base_name
from errata.language.terms import Apply, Entry, Name, Slot, Span, Term

_MARK = "(\\cdot\\mid\\cdot)"


def kernel_symbol(symbol: str) -> str:
    """Return the name of the kernel that is written with this symbol."""
    return symbol + _MARK


def is_kernel(symbol: str) -> bool:
    """Return whether the symbol is the name of a kernel."""
    return symbol.endswith(_MARK)


def kernel_law(symbol: str) -> str:
    """Return the symbol that a kernel is written with."""
    return symbol.removesuffix(_MARK)


def steps(values: Sequence[str], given: Sequence[str]) -> bool:
    """Return whether one value, whose space is among those of the conditions once, makes a call that of a kernel."""
    return len(values) == 1 and list(given).count(values[0]) == 1 and len(set(given)) == len(given)


def is_step(values: Sequence[Slot], given: Sequence[Slot]) -> bool:
    """Return whether a law's places are those of a kernel: its points are told apart by primes or by indices.

    Labels may be told apart otherwise: x_a and x_b may be parts of one vector, which have a joint law.
    """
    points = [slot.value for slot in (*values, *given) if slot.space == values[0].space]
    told = any(isinstance(p, Entry) or (isinstance(p, Name) and p.symbol.endswith("'")) for p in points)
    return told and steps([slot.space for slot in values], [slot.space for slot in given])


def kernel(symbol: str, values: Sequence[Slot], given: Sequence[Slot], span: Span) -> Term:
    """Return the value of the kernel at these points."""
    points = tuple(slot.value for slot in (*values, *given))
    return Apply(Name(kernel_symbol(symbol), span=span), points, span=span)


def kernel_points(term: Apply) -> list[tuple[str, str]]:
    """Return the names (of points, or of families of points) in the places of a kernel, each with its space."""
    if not is_kernel(term.function.symbol):
        return []
    names = [part.array if isinstance(part, Entry) else part for part in term.arguments]
    return [(name.symbol, base_name(name.symbol)) for name in names if isinstance(name, Name)]


def protected(words: Mapping[str, str]) -> dict[str, str]:
    """Return words that were not understood, by symbol, with those of a law told of its kernel, too."""
    return {**words, **{kernel_symbol(symbol): told for symbol, told in words.items() if not is_kernel(symbol)}}
