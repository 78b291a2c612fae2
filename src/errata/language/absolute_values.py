r"""Absolute values within brackets: in \delta(|r| - 1) the bars are a bracket of their own, and r is given by nothing.

A bar opens where no value stands before it: p(x | y) and H(p || q) have no such bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from errata.language.cursor import relation_of
from errata.language.syntax import Group, Node, Scripted, everything, leaf_text, with_changed_runs
from errata.language.terms import Span

_BEFORE_A_VALUE = frozenset(("+", "-", "/", "\\cdot", "\\times", ",", ";", ":", "\\pm", "\\mp"))
_BRACKETS = frozenset(("(", "[", "\\{"))


def with_absolute_values(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return nodes with the bars that enclose a value inside of a bracket as brackets."""
    if not any(_is_bar(n) for n in everything(nodes)):
        return tuple(nodes)
    return tuple(map(_within, nodes))


def _within(node: Node) -> Node:
    match node:
        case Scripted():
            upper = None if node.upper is None else tuple(map(_within, node.upper))
            lower = None if node.lower is None else tuple(map(_within, node.lower))
            return replace(node, base=_within(node.base), lower=lower, upper=upper)
        case Group(opening=opening) if opening in _BRACKETS:
            return replace(node, items=_paired(tuple(map(_within, node.items))))
    return with_changed_runs(node, lambda run: tuple(map(_within, run)))


def _paired(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return what stands in a bracket with its bars in pairs; as it is where a bar is left without another."""
    found: list[Node] = []
    start: int | None = None
    for place, node in enumerate(nodes):
        if start is not None:
            if _is_bar(node):
                inside = nodes[start + 1 : place]
                if not inside or not _closes(node):
                    return nodes
                found.append(_enclosed(nodes[start], inside, node))
                start = None
        elif not _is_bar(node):
            found.append(node)
        elif leaf_text(node) == "|" and _is_before_value(nodes[place - 1] if place else None):
            start = place
        else:
            return nodes
    return nodes if start is not None else tuple(found)


def _is_bar(node: Node) -> bool:
    return leaf_text(node.base if isinstance(node, Scripted) else node) in ("|", "\\mid", "\\Vert")


def _closes(node: Node) -> bool:
    """Return whether a bar may close an absolute value: what stands below one tells which norm it is."""
    bare = node.base if isinstance(node, Scripted) else node
    return leaf_text(bare) == "|" and not (isinstance(node, Scripted) and node.lower)


def _is_before_value(node: Node | None) -> bool:
    return node is None or leaf_text(node) in _BEFORE_A_VALUE or relation_of(node) is not None


def _enclosed(opening: Node, inside: tuple[Node, ...], closing: Node) -> Node:
    bare = closing.base if isinstance(closing, Scripted) else closing
    group = Group(Span(opening.span.start, bare.span.end), "|", "|", inside)
    if not isinstance(closing, Scripted):
        return group
    return replace(closing, base=group, span=Span(opening.span.start, closing.span.end))
