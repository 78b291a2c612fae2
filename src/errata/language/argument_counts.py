r"""One letter for functions of one and of several arguments: V(s) and V(s; \gamma) are two functions.

They are told apart only where the notes write each of them as the left side of an equation. What one says of the other
is known from their formulas alone: in a step that has one before its formula stands, it is in doubt, for f(x) may be
short for f(x; w).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from errata.language import symbols
from errata.language.cursor import relation_of, split, split_relations
from errata.language.definitions import used_symbols
from errata.language.inference import relevant
from errata.language.probability_notation import LAW_BASES
from errata.language.scope import Scope
from errata.language.syntax import (
    Command,
    Group,
    Leaf,
    Node,
    Scripted,
    leaf_text,
    levels,
    with_changed_runs,
)
from errata.language.terms import Term
from errata.language.token import Token

_SEPARATORS = (",", ";")
_BARS = frozenset(("|", "\\mid", "\\Vert", "="))
_OF_CUSTOM = frozenset(("E", "H", "I", "D", "O", "N", "U", "B", "\\Gamma", "\\delta", "\\sigma", "\\mathcal{N}"))
"""Letters of standard functions and laws, which take one argument or more by custom."""


def argument_counts(formulas: Iterable[Sequence[Node]]) -> Mapping[str, frozenset[int]]:
    """Return the functions that a document defines for different counts of arguments, with these counts."""
    written = list(formulas)
    heads: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for formula in written:
        for symbol, names in _heads(formula):
            heads[symbol][len(names)] |= names
    several = {symbol: found for symbol, found in heads.items() if len(found) > 1}
    lawful = set(_like_laws(written, several)) if several else set()
    return MappingProxyType({symbol: frozenset(found) for symbol, found in several.items() if symbol not in lawful})


def _like_laws(formulas: Iterable[Sequence[Node]], heads: Mapping[str, Mapping[int, set[str]]]) -> Iterator[str]:
    """Yield the names that stand for laws perhaps: with a bar, or as f(x) and f(y) beside f(x, y)."""
    margins: dict[tuple[str, int], set[str]] = defaultdict(set)
    for formula in formulas:
        for level in levels(formula):
            for head, bracket in pairwise(level):
                symbol = _symbol(head)
                if symbol not in heads or symbol is None or not isinstance(bracket, Group):
                    continue
                if any(leaf_text(n) in _BARS for n in bracket.items):
                    yield symbol
                elif 0 < _count(bracket) < max(heads[symbol]):
                    margins[symbol, _count(bracket)] |= _names(bracket) & heads[symbol][max(heads[symbol])]
    yield from (symbol for (symbol, count), names in margins.items() if len(names) > count)


def _names(bracket: Group) -> set[str]:
    """Return the arguments that are single names."""
    places = split(bracket.items, _SEPARATORS)
    return {s for place in places if len(place) == 1 and (s := symbols.decorated(place[0])) is not None}


def _heads(formula: Sequence[Node]) -> Iterator[tuple[str, set[str]]]:
    """Yield the function that a formula begins with, f(x, y) = ..., and its arguments, which are different names."""
    members, relations = split_relations(formula)
    if not relations or relation_of(relations[0]) not in ("=", ":=") or len(members[0]) != 2:
        return
    head, bracket = members[0]
    symbol, count = _symbol(head), _count(bracket)
    if symbol is not None and count and isinstance(bracket, Group) and len(names := _names(bracket)) == count:
        yield symbol, names


def _symbol(head: Node) -> str | None:
    """Return the name of a function without its labels; None for one with a power, and for laws."""
    if isinstance(head, Scripted):
        return None
    symbol = symbols.base_symbol(head) if isinstance(head, Leaf | Command) else None
    lawful = symbol in LAW_BASES or symbol in _OF_CUSTOM or symbols.base_name(symbol or "") in ("p", "q")
    return None if lawful else symbol


def _count(bracket: Node | None) -> int:
    """Return how many arguments a bracket after a name holds; 0 where it holds none, or a condition."""
    bracket = bracket.base if isinstance(bracket, Scripted) else bracket
    if not isinstance(bracket, Group) or bracket.opening != "(" or any(leaf_text(n) in _BARS for n in bracket.items):
        return 0
    places = split(bracket.items, _SEPARATORS)
    return len(places) if all(places) else 0


# Rewriting -------------------------------------------------------------------------------------------


def told_apart(nodes: Sequence[Node], counts: Mapping[str, frozenset[int]]) -> tuple[Node, ...]:
    """Return the nodes with names of their own for the functions of more than the fewest arguments."""
    if not counts:
        return tuple(nodes)
    followers = [*nodes[1:], None]
    return tuple(_told_apart(node, after, counts) for node, after in zip(nodes, followers, strict=False))


def _told_apart(node: Node, after: Node | None, counts: Mapping[str, frozenset[int]]) -> Node:
    symbol, count = _symbol(node), _count(after)
    known = counts.get(symbol or "", frozenset())
    if symbol is not None and count in known and count > min(known):
        return Leaf(node.span, Token("letter", symbols.with_count(symbol, count), node.span))
    match node:
        case Scripted(base=base, lower=lower, upper=upper):
            return replace(
                node,
                base=base if isinstance(base, Leaf) else _told_apart(base, None, counts),
                lower=None if lower is None else told_apart(lower, counts),
                upper=None if upper is None else told_apart(upper, counts),
            )
        case Command() if symbols.base_symbol(node) is not None:
            return node
    return with_changed_runs(node, lambda run: told_apart(run, counts))


# Doubt -----------------------------------------------------------------------------------------------


def with_doubtful_counts(scope: Scope, terms: Iterable[Term], counts: Mapping[str, frozenset[int]]) -> Scope:
    """Mark the functions in these terms that were told apart by their counts of arguments and have no formula yet."""
    if not counts:
        return scope
    used = {symbol for term in relevant(scope, terms)[1] for symbol in used_symbols(term)} - scope.definitions.keys()
    words = "it also stands with another count of arguments"
    doubtful = {s: words for s in sorted(used) if s in counts or symbols.without_count(s) in counts}
    return replace(scope, not_understood=MappingProxyType({**doubtful, **scope.not_understood})) if doubtful else scope
