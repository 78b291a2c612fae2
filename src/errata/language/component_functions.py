r"""Functions of a whole array that are written at one component: \sigma(z_i) = e^{z_i} / \sum_k e^{z_k}.

Where an equation explains it by a sum over the other components, \sigma(z_i) is no function of the number z_i: it is
member i of an array of its own, \sigma_{(z)}, as \sigma(z)_i is. At other letters the name keeps its other meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from errata.language import decorated_names, symbols
from errata.language.cursor import Cursor, relation_of, split_relations
from errata.language.syntax import Group, Node, Scripted, everything, leaf_text
from errata.language.terms import Entry, Name, Span, Term

if TYPE_CHECKING:
    from errata.language.meaning import Meaning


def component_functions(formulas: Iterable[Sequence[Node]]) -> Mapping[str, frozenset[str]]:
    """Return the functions that equations explain at one component, with the letters of their arrays."""
    found: dict[str, frozenset[str]] = {}
    for formula in formulas:
        for function, array in _explained(formula):
            found[function] = found.get(function, frozenset()) | {array}
    return MappingProxyType(found)


def _explained(formula: Sequence[Node]) -> Iterator[tuple[str, str]]:
    members, relations = split_relations(formula)
    for (left, right), relation in zip(pairwise(members), relations, strict=True):
        if relation_of(relation) not in ("=", ":=") or len(left) != 2:
            continue
        function, taken = symbols.base_symbol(left[0]), _component(left[1])
        if function is not None and taken is not None:
            array, index = taken
            if _sums_over_others(right, array, symbols.label(index)):
                yield function, array


def _component(bracket: Node) -> tuple[str, tuple[Node, ...]] | None:
    """Return the array and the index of (z_i) or of (z)_i; None where a bracket is neither."""
    if isinstance(bracket, Scripted):
        inner = bracket.base
        if not isinstance(inner, Group) or inner.opening != "(" or len(inner.items) != 1:
            return None
        array = _plain(inner.items[0])
        return (array, bracket.lower) if array and bracket.lower and not bracket.upper else None
    if not isinstance(bracket, Group) or bracket.opening != "(" or len(bracket.items) != 1:
        return None
    (member,) = bracket.items
    if not isinstance(member, Scripted) or not member.lower or member.upper or member.primes:
        return None
    array = _plain(member.base)
    return (array, member.lower) if array else None


def _plain(node: Node) -> str | None:
    r"""Return the letter of an array, without what marks it as one: z for \mathbf{z}."""
    symbol = symbols.base_symbol(node)
    bold = symbol is not None and symbol.startswith("\\mathbf{") and symbol.endswith("}")
    return symbol[len("\\mathbf{") : -1] if symbol and bold else symbol


def _sums_over_others(nodes: Sequence[Node], array: str, index: str) -> bool:
    written = [n for n in everything(nodes) if isinstance(n, Scripted) and n.lower]
    summed = {leaf_text(n.lower[0]) for n in written if leaf_text(n.base) == "\\sum" and n.lower}
    members = {symbols.label(n.lower or ()) for n in written if _plain(n.base) == array}
    return index in members and bool(members & summed - {index})


def component(meaning: Meaning, cursor: Cursor, node: Node, symbol: str) -> Term | None:
    """Read the bracket after a function that is written at one component; None where it is something else."""
    arrays = meaning.knowledge.usage.componentwise.get(symbol, frozenset())
    following = cursor.peek()
    if not arrays or following is None:
        return None
    taken = _component(following)
    if taken is not None and taken[0] in arrays:
        cursor.take()
        span = Span(node.span.start, following.span.end)
        members = Name(_members(symbol, taken[0]), span=node.span)
        return Entry(members, decorated_names.indices(meaning, taken[1]), span=span)
    whole = following.items if isinstance(following, Group) and following.opening == "(" else ()
    if len(whole) == 1 and (array := _plain(whole[0])) in arrays:
        cursor.take()
        return Name(_members(symbol, array or ""), span=Span(node.span.start, following.span.end))
    return None


def _members(symbol: str, array: str) -> str:
    return symbols.compose(symbol, f"({array})")
