r"""Whether a name occurs free in a formula: not as a variable of a divergence, an entropy or a mean that binds it.

In \sum_z q(z) f(z) + KL(q(z) || p(z | x)) the z of the second term is not that of the sum, but x would be free.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from errata.language import symbols
from errata.language.cursor import relation_of, split
from errata.language.syntax import Command, Environment, Group, Leaf, Node, Scripted, Words, leaf_text

_BARS = ("|", "\\mid")
_DIVERGENCES = frozenset(("KL", "JS", "JSD", "TV", "H"))


def occurs_free(nodes: Sequence[Node], names: Collection[str]) -> bool:
    """Return whether one of the names stands in the nodes where nothing of this kind binds it."""
    place = 0
    while place < len(nodes):
        node, following = nodes[place], nodes[place + 1 : place + 2]
        bound: Collection[str] = ()
        if isinstance(node, Scripted) and _is_mean(node):
            bound = set(_drawn(node.lower or ()))
        elif following and isinstance(following[0], Group) and _is_divergence(nodes, place):
            bound = set(_variables(following[0].items))
        else:
            following = ()
        if symbols.decorated(node) in names:
            return True
        own = [name for name in names if name not in bound]
        if any(occurs_free(level, own) for level in (*_levels(node), following)):
            return True
        place += 1 + len(following)
    return False


def _levels(node: Node) -> Iterator[Sequence[Node]]:
    match node:
        case Group(items=items):
            yield items
        case Scripted(base=base, lower=lower, upper=upper):
            yield from ((base,), lower or (), upper or ())
        case Command(arguments=arguments, option=option):
            yield from (*arguments, option or ())
        case Environment(rows=rows):
            yield from (cell for row in rows for cell in row)
        case Words(inner=inner):
            yield inner


def _is_mean(node: Scripted) -> bool:
    base = node.base
    blackboard = isinstance(base, Command) and base.name == "mathbb" and symbols.label(base.arguments[0]) == "E"
    word = base.text.strip() if isinstance(base, Words) else leaf_text(base)
    return (blackboard or word == "E") and bool(node.lower)


def _is_divergence(nodes: Sequence[Node], place: int) -> bool:
    """Return whether the node at a place ends the name of a divergence or an entropy: KL, D_{KL}, H."""
    node = nodes[place]
    if isinstance(node, Words):
        return node.text.strip() in _DIVERGENCES
    if isinstance(node, Scripted):
        return leaf_text(node.base) == "D" and symbols.label(node.lower or ()) in _DIVERGENCES
    spelled = "".join(leaf_text(n) for n in nodes[max(0, place - 1) : place + 1] if isinstance(n, Leaf))
    return spelled[-2:] == "KL" or (leaf_text(node) == "H")


def _drawn(lower: Sequence[Node]) -> Iterator[str]:
    r"""Yield what a mean is taken over: the z of E_{q(z | x)} and of E_{z \sim q}."""
    for place, node in enumerate(lower):
        if relation_of(node) == "~":
            yield from (s for n in lower[:place] if (s := symbols.decorated(n)) is not None)
            return
    for node in lower:
        if isinstance(node, Group):
            yield from _names(split(node.items, _BARS)[0])


def _variables(items: Sequence[Node]) -> Iterator[str]:
    """Yield the variables of the first law in a bracket, those that no law there is given."""
    calls = [node for node in items if isinstance(node, Group)]
    given = {s for call in calls for part in split(call.items, _BARS)[1:] for s in _names(part)}
    first = _names(split(calls[0].items, _BARS)[0]) if calls else _names(split(items, _BARS)[0])
    yield from (name for name in first if name not in given)


def _names(nodes: Sequence[Node]) -> Iterator[str]:
    yield from (s for part in split(nodes, (",",)) if len(part) == 1 and (s := symbols.decorated(part[0])) is not None)
