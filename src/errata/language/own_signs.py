"""Where a formula uses a sign to which its note gives a meaning that is not understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from errata.language.syntax import Command, Group, Leaf, Node, Scripted, Words, leaf_text, levels

_BARS = {"|": ("|", "\\mid"), "\\|": ("\\Vert", "\\|", "\\parallel")}


def own_sign(nodes: Sequence[Node], explained: Mapping[str, str]) -> str | None:
    """Return the first of these signs that the nodes use, None where they use none."""
    return next((sign for sign in explained if any(_uses(level, sign) for level in levels(nodes))), None)


def _uses(level: Sequence[Node], sign: str) -> bool:
    bases = [node.base if isinstance(node, Scripted) else node for node in level]
    texts = [leaf_text(base) for base in bases]
    if sign in _BARS:
        opening = "|" if sign == "|" else "\\Vert"
        grouped = any(isinstance(base, Group) and base.opening == opening for base in bases)
        return grouped or sum(text in _BARS[sign] for text in texts) > 1
    if sign == "[" or sign == "\\{":
        return any(_stands_alone(base, before, sign) for base, before in _with_neighbours(bases))
    if sign == "\\langle":
        return any(isinstance(base, Group) and base.opening == sign for base in bases)
    return sign in texts


def _with_neighbours(bases: Sequence[Node]) -> Iterator[tuple[Node, Node | None]]:
    yield from zip(bases, [None, *bases[:-1]], strict=True)


def _stands_alone(node: Node, before: Node | None, opening: str) -> bool:
    """Return whether a bracket is no argument, E[X], and groups no sum: there it is a sign of its own."""
    if not isinstance(node, Group) or node.opening != opening:
        return False
    called = isinstance(before, Words | Command) or (isinstance(before, Leaf) and _is_name(leaf_text(before)))
    touching = before is not None and before.span.end == node.span.start
    return not (called and touching) and not any(leaf_text(item) in ("+", "-", ",") for item in node.items)


def _is_name(text: str) -> bool:
    return text.isalpha() or (text.startswith("\\") and text[1:].isalpha() and text not in ("\\cdot", "\\quad"))
