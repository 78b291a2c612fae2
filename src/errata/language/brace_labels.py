r"""Names that stand below braces: \underbrace{X (X^T X)^{-1} X^T}_{H} y = H y says what H is.

A label is a name where formulas use it elsewhere, too; else it is a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from errata.language import symbols
from errata.language.cursor import relation_of
from errata.language.syntax import Command, Leaf, Node, Scripted, everything, inside, leaf_text

_BRACES = frozenset(("underbrace", "overbrace"))
_BINDING = frozenset(("\\sum", "\\prod", "\\int", "\\max", "\\min", "\\sup", "\\inf"))


def brace_labels(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the names that stand below a brace and in formulas otherwise."""
    formulas = list(formulas)
    below = {symbols.decorated(label) or "" for formula in formulas for label, _ in labelled(formula)}
    if not below:
        return frozenset()
    return frozenset(below & {symbol for formula in formulas for symbol in _names(formula)})


def labelled(nodes: Sequence[Node]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Yield the name below each brace and what the brace is of, where no letter is bound that stands in it."""
    bound = {leaf_text(n) for node in everything(nodes) if _binds(node) for n in _scripts(node)}
    for node in everything(nodes):
        label = _label(node)
        if label and len(label) == 1 and isinstance(node, Scripted) and isinstance(node.base, Command):
            content = node.base.arguments[0]
            free = bound.isdisjoint(leaf_text(n) for n in everything(content))
            if symbols.decorated(label[0]) is not None and free and not any(relation_of(n) for n in content):
                yield label[0], content


def _label(node: Node) -> tuple[Node, ...]:
    if not isinstance(node, Scripted) or not isinstance(node.base, Command) or node.base.name not in _BRACES:
        return ()
    return (node.lower if node.base.name == "underbrace" else node.upper) or ()


def _binds(node: Node) -> bool:
    return isinstance(node, Scripted) and leaf_text(node.base) in _BINDING


def _scripts(node: Node) -> Sequence[Node]:
    lower = node.lower or () if isinstance(node, Scripted) else ()
    return [n for n in everything(lower) if isinstance(n, Leaf) and n.token.kind in ("letter", "command")]


def _names(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the names of a formula but for the labels of its braces."""
    for node in nodes:
        symbol = symbols.decorated(node)
        if symbol is not None:
            yield symbol
        below = [node.base] if _label(node) and isinstance(node, Scripted) else inside(node)
        yield from _names(below)
