r"""Plus or minus: with \pm on both sides a relation says two things, one with all upper signs and one with all lower.

The sign is a number, 1 or -1, that all \pm of a chain share; \mp is its opposite. On one side alone, x = \pm 2, it
leaves open which of two things is so, and before a number alone, 3 \pm 0.1, it may tell an error: neither is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from errata.language.cursor import relation_of
from errata.language.sorts import Real
from errata.language.syntax import (
    Command,
    Environment,
    Group,
    Leaf,
    Node,
    Scripted,
    everything,
    leaf_text,
    with_changed_runs,
)
from errata.language.terms import Span
from errata.language.token import Token

Nodes = tuple[Node, ...]

SIGN = "s_{\\pm}"
"""The name of the sign that is shared."""
ONE_OR_MINUS_ONE = Real(-1.0, 1.0, low_open=False, high_open=False, integer=True, nonzero=True)
_SIGNS = {"\\pm": "+", "\\mp": "-"}
_OPENS = frozenset(("+", "-", ",", "&", "\\quad"))


def tied(members: Sequence[Nodes], before: Nodes = ()) -> tuple[Nodes, ...] | None:
    r"""Return the members of a relation with the sign that they share, None where no sign is shared.

    before: what stands left of a relation without a left side of its own. The first member of a chain has one sign.
    """
    written = [m for m in members if m]
    if len(members) < 2 or not all(_is_clear(m) for m in written):
        return None
    if members[0]:
        shared = len(list(_signs(members[0]))) == 1 and all(binary for _, binary, _ in _signs(members[0]))
    else:
        shared = any(leaf_text(n) == SIGN for n in everything(before))
    return tuple(_rewritten(m) for m in members) if shared else None


def _is_clear(nodes: Nodes) -> bool:
    """Return whether there are signs, all of them within sums and before more than a number."""
    found = list(_signs(nodes))
    count = sum(leaf_text(n) in _SIGNS for n in everything(nodes))
    return bool(found) and len(found) == count and not any(alone for _, _, alone in found)


def _signs(nodes: Nodes) -> Iterator[tuple[Node, bool, bool]]:
    """Yield the signs on a level and below, whether something stands before each, and whether a number alone after."""
    for place, node in enumerate(nodes):
        if leaf_text(node) in _SIGNS:
            after = nodes[place + 1 : place + 3]
            number = bool(after) and isinstance(after[0], Leaf) and after[0].token.kind == "number"
            yield node, _is_binary(nodes, place), not after or (number and (len(after) == 1 or _opens(after[1])))
        for below in _below(node):
            yield from _signs(below)


def _is_binary(nodes: Nodes, place: int) -> bool:
    return place > 0 and not _opens(nodes[place - 1])


def _opens(node: Node) -> bool:
    return leaf_text(node) in _OPENS or leaf_text(node) in _SIGNS or relation_of(node) is not None


def _below(node: Node) -> Iterator[Nodes]:
    """Yield the levels below a node, but for what is a label: a_\\pm, a^\\pm."""
    match node:
        case Group(items=items):
            yield items
        case Scripted(base=base, upper=upper):
            yield from _below(base)
            if upper and not (len(upper) == 1 and isinstance(upper[0], Leaf)):
                yield upper
        case Command(arguments=arguments):
            yield from arguments
        case Environment(rows=rows):
            yield from (cell for row in rows for cell in row)


def _rewritten(nodes: Nodes) -> Nodes:
    found: list[Node] = []
    for place, node in enumerate(nodes):
        operation = _SIGNS.get(leaf_text(node))
        if operation is None:
            found.append(_below_rewritten(node))
            continue
        if operation == "-" or _is_binary(nodes, place):
            found.append(_leaf("symbol", operation, node.span))
        found.append(_leaf("letter", SIGN, node.span))
    return tuple(found)


def _below_rewritten(node: Node) -> Node:
    match node:
        case Scripted(base=base, upper=upper):
            return replace(node, base=_below_rewritten(base), upper=_rewritten(upper) if upper else upper)
    return with_changed_runs(node, lambda run: _rewritten(tuple(run)))


def _leaf(kind: str, text: str, span: Span) -> Leaf:
    return Leaf(span, Token(kind, text, span))
