r"""The empty group: `{}` prints nothing, and what stands below or above it belongs to the name before it.

\E{}_{x}[y] is \E_{x}[y]. But what follows a space, or comes before F, C or P, is written in front of another name:
{}_2F_1, {}_nC_k.
"""

from __future__ import annotations

from collections.abc import Sequence

from errata.language.syntax import Command, Group, Leaf, Node, Scripted, Words
from errata.language.terms import Span

_AFTER = frozenset(("F", "C", "P"))


def is_empty(node: Node) -> bool:
    """Return whether a node is an empty group."""
    return isinstance(node, Group) and node.opening == "{" and not node.items


def joined(before: Sequence[Node], node: Node, following: str) -> Scripted | None:
    """Return the name before an empty group with the group's scripts, None where they are no name's."""
    if not isinstance(node, Scripted) or not is_empty(node.base) or not before:
        return None
    name = before[-1]
    is_name = isinstance(name, Command | Words) or (isinstance(name, Leaf) and name.token.kind in ("letter", "command"))
    if (
        not is_name
        or node.base.span.start > name.span.end
        or following in _AFTER
        or node.base.span.start == node.base.span.end
    ):
        return None
    return Scripted(Span(name.span.start, node.span.end), name, node.lower, node.upper, node.primes)
