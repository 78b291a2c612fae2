r"""E(s) and E_D(s) as functions, energies or errors, where a note gives them by a formula: they are no means there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from errata.language import symbols
from errata.language.bound_variables import averaged_over
from errata.language.cursor import relation_of, split
from errata.language.syntax import Group, Node, Scripted, Words, everything, leaf_text

_E = "E"


def energies(formulas: Sequence[Sequence[Node]]) -> frozenset[str]:
    """Return the symbols that some formula defines by their argument, and that only stand before names."""
    calls = [call for formula in formulas for call in _calls(formula)]
    defined = {symbol for formula in formulas for symbol in _defined(formula)}
    return frozenset(s for s in defined if all(_names(bracket) for symbol, bracket in calls if symbol == s))


def _calls(formula: Sequence[Node]) -> Iterator[tuple[str, Group]]:
    """Yield E or E_D and the bracket after it, on every level of a formula."""
    for level in _levels(formula):
        for node, following in pairwise(level):
            if isinstance(_bare(following), Group) and (symbol := _energy(node)) is not None:
                yield symbol, _bare(following)  # type: ignore[misc]


def _energy(node: Node) -> str | None:
    """Return E, whatever stands above it, or E_D, D being its label; None for other names."""
    if leaf_text(_bare(node)) != _E:
        return None
    label = symbols.label(node.lower or ()) if isinstance(node, Scripted) else ""
    return symbols.compose(_E, label) if label else _E


def _levels(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    yield nodes
    for node in everything(nodes):
        if isinstance(node, Group):
            yield node.items


def _bare(node: Node) -> Node:
    return node.base if isinstance(node, Scripted) else node


def _names(bracket: Group) -> tuple[str, ...]:
    """Return the names in a bracket, () where it has anything else, a condition, or square brackets."""
    if bracket.opening != "(":
        return ()
    parts = [part[0] if len(part) == 1 else None for part in split(bracket.items, (",",))]
    found = [symbols.decorated(n) if n is not None and not isinstance(n, Words) else None for n in parts]
    return tuple(symbols.base_name(s) for s in found if s is not None) if all(found) else ()


def _defined(formula: Sequence[Node]) -> Iterator[str]:
    """Yield the E of a formula that says E(s) = ... s ...: with a value of s, not a mean over it."""
    if len(formula) < 4 or not isinstance(formula[1], Group) or relation_of(formula[2]) not in ("=", ":="):
        return
    symbol = _energy(formula[0])
    right = formula[3:]
    arguments = set(_names(formula[1])) - averaged_over([right])
    if symbol is None or any(_energy(n) == symbol for n in everything(right)):
        return
    if symbols.base_name(symbol.partition("_{")[2].rstrip("}")) in arguments:
        return  # E_x(x): the mean over x
    if any((s := symbols.decorated(n)) is not None and symbols.base_name(s) in arguments for n in everything(right)):
        yield symbol
