r"""Sums that do not say what they run over, \sum x_i y_i or \sum p(x) \log p(x), where only one letter can be meant.

That is the letter below the names of the summand, else the point that its laws are taken at, if it is no letter of the
rest of the row: a letter that stands on the left side as well is not summed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from errata.language.cursor import relation_of, split_relations
from errata.language.syntax import (
    Command,
    Group,
    Leaf,
    Node,
    Scripted,
    everything,
    inside,
    leaf_text,
    with_changed_runs,
)

_SIGNS = frozenset(("\\sum", "\\prod"))
_BINDING = _SIGNS | {"\\int", "\\max", "\\min"}
_COUNTING = frozenset("ijklmnst")
_LAWS = frozenset(("p", "q", "P", "Q"))
_ENDS = frozenset(("+", "-", ",", ";", "\\quad", "\\\\", "&"))

Taken = tuple[frozenset[str], frozenset[str]]
"""The letters that stand outside of what is summed: all of them, and those that stand not only in \\partial p_j."""
_NONE_TAKEN: Taken = (frozenset(), frozenset())


def with_letters(rows: Sequence[Sequence[Node]]) -> list[tuple[Node, ...]]:
    """Return the rows of a formula with the letter below each bare sum, where it is clear which."""
    changed: list[tuple[Node, ...]] = []
    left = _NONE_TAKEN
    for row in rows:
        told: list[Node] = []
        for phrase in _phrases(row):
            opening = split_relations(phrase)[0][0]
            left = _taken(opening) if opening else left
            bare = any(_is_bare(node) for node in everything(phrase))
            here = _taken(phrase) if bare else left
            told.extend(_told(phrase, (left[0] | here[0], left[1] | here[1])) if bare else phrase)
        changed.append(tuple(told))
    return changed


def _phrases(row: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """Cut a row after its spaces."""
    start = 0
    for place, node in enumerate(row):
        if leaf_text(node) == "\\quad":
            yield row[start : place + 1]
            start = place + 1
    yield row[start:]


def _is_bare(node: Node) -> bool:
    return leaf_text(node) in _SIGNS or (
        isinstance(node, Scripted) and leaf_text(node.base) in _SIGNS and not node.lower and not node.upper
    )


def _told(run: Sequence[Node], taken: Taken) -> tuple[Node, ...]:
    nodes = list(run)
    place = 0
    while place < len(nodes):
        end = place
        while end < len(nodes) and _is_bare(nodes[end]):
            end += 1
        if end > place:
            letters = _candidates(nodes[end : _end(nodes, end)], taken)
            if len(letters) == end - place:
                below = zip(nodes[place:end], letters, strict=True)
                nodes[place:end] = [Scripted(sign.span, sign, (letter,), None) for sign, letter in below]
        place = max(end, place + 1)
    return tuple(_below(node, taken) for node in nodes)


def _below(node: Node, taken: Taken) -> Node:
    if isinstance(node, Scripted):
        return replace(node, base=_below(node.base, taken), upper=_told(node.upper, taken) if node.upper else None)
    return with_changed_runs(node, lambda run: _told(run, taken))


def _end(nodes: Sequence[Node], start: int) -> int:
    """Return where the summand ends that begins here: at a sign, a separator or a relation after its first node."""
    for place in range(start + 1, len(nodes)):
        if leaf_text(nodes[place]) in _ENDS or relation_of(nodes[place]) is not None:
            return place
    return len(nodes)


def _candidates(summand: Sequence[Node], taken: Taken) -> list[Leaf]:
    """Return the letters that the summand may be summed over, in order: those below names, else points of laws."""
    bound = _bound(summand)
    for found in (list(_indices(summand)), list(_points(summand))):
        letters = {leaf.text: leaf for leaf in reversed(found) if leaf.text not in bound}
        if letters:
            ordered = sorted(letters.values(), key=lambda leaf: leaf.span.start)
            free = ([leaf for leaf in ordered if leaf.text not in standing] for standing in taken)
            return next(filter(None, free), [])
    return []


def _bound(nodes: Sequence[Node]) -> frozenset[str]:
    """Return the letters below big operators."""
    scripted = (node for node in everything(nodes) if isinstance(node, Scripted) and leaf_text(node.base) in _BINDING)
    return frozenset(leaf_text(n) for node in scripted for n in node.lower or ())


def _indices(nodes: Sequence[Node]) -> Iterator[Leaf]:
    for node in everything(nodes):
        entry = isinstance(node, Scripted) and leaf_text(node.base) not in _BINDING
        if entry and isinstance(node, Scripted):
            yield from (n for n in node.lower or () if isinstance(n, Leaf) and n.text in _COUNTING)


def _points(nodes: Sequence[Node]) -> Iterator[Leaf]:
    r"""Yield the letters that laws are taken at: the x of p(x), also in \log(p(x)), and both of p(x, y)."""
    for law, bracket in pairwise(nodes):
        base = law.base if isinstance(law, Scripted) else law
        inner = bracket.base if isinstance(bracket, Scripted) else bracket
        if leaf_text(base) in _LAWS and isinstance(inner, Group) and inner.opening == "(":
            yield from (n for n in inner.items if isinstance(n, Leaf) and n.token.kind == "letter")
    for node in nodes:
        yield from _points(inside(node))


def _taken(nodes: Sequence[Node]) -> Taken:
    kept = _without_summands(nodes)
    return _letters(kept), _letters([node for node in kept if not _is_derivative(node)])


def _is_derivative(node: Node) -> bool:
    fraction = isinstance(node, Command) and node.name == "frac"
    return fraction and any(leaf_text(n) == "\\partial" for n in inside(node))


def _letters(kept: Sequence[Node]) -> frozenset[str]:
    """Return the letters of indices and of points of laws."""
    return frozenset(leaf.text for leaf in (*_indices(kept), *_points(kept))) - _bound(kept)


def _without_summands(run: Sequence[Node]) -> tuple[Node, ...]:
    kept: list[Node] = []
    place = 0
    while place < len(run):
        if _is_bare(run[place]):
            place = _end(run, place + 1)
        else:
            kept.append(_stripped(run[place]))
            place += 1
    return tuple(kept)


def _stripped(node: Node) -> Node:
    if isinstance(node, Scripted):
        return replace(node, base=_stripped(node.base), upper=_without_summands(node.upper) if node.upper else None)
    return with_changed_runs(node, _without_summands)
