r"""Layers and times written above, \partial C / \partial a^l_j: nothing is differentiated by a power of a name.

Where a note differentiates by a^l, that letter above a name is a label of layers, read as a^{(l)} is, above other
names and with 1 added or taken away, too; a time t only above the names by which something is differentiated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from errata.language import symbols
from errata.language.syntax import Group, Leaf, Node, Scripted, leaf_text, with_changed_runs

Layers = Mapping[str, frozenset[str]]
"""The letters of layers and times, each with the names that they label; no names: all."""
NO_LAYERS: Layers = MappingProxyType({})

_NAME = r"\\(?:mathbf|boldsymbol|bm|vec)\s*\{\s*(\\?[A-Za-z]+)\s*\}|(\\[A-Za-z]+|[A-Za-z])"
_BELOW = r"(?:_\s*(?:\{[^{}]*\}|\w))?"
_TAKEN_BY = re.compile(
    rf"\{{\s*\\partial\s*(?:{_NAME})\s*{_BELOW}\s*\^\s*(?:(l|L|\\ell|t)(?![A-Za-z])|\{{\s*(l|L|\\ell|t)\s*(?:[+-]\s*1\s*)?\}})"
)
_NO_NAMES = frozenset(("e", "\\pi", "\\partial", "\\nabla", "\\sum", "\\prod", "\\int"))


def layers(texts: Iterable[str]) -> Layers:
    """Return the letters of layers and times that stand above names which formulas differentiate by."""
    found: dict[str, frozenset[str]] = {}
    for text in texts:
        if "\\partial" in text:
            for bold, plain, letter, braced in _TAKEN_BY.findall(text):
                mark = letter or braced
                found[mark] = found.get(mark, frozenset()) | {bold or plain}
    if found.keys() & {"l", "L"}:
        found |= {"l": frozenset(), "L": frozenset()}
    return MappingProxyType({mark: names if mark == "t" else frozenset() for mark, names in found.items()})


def with_layers(nodes: Sequence[Node], known: Layers) -> tuple[Node, ...]:
    """Return the nodes with these letters above names in brackets, as labels are written."""
    return tuple(_read(node, known) for node in nodes) if known else tuple(nodes)


def _read(node: Node, known: Layers) -> Node:
    if isinstance(node, Scripted):
        base = _read(node.base, known)
        return replace(node, base=base, upper=_bracketed(node, known))
    return with_changed_runs(node, lambda run: with_layers(run, known))


def _bracketed(node: Scripted, known: Layers) -> tuple[Node, ...] | None:
    symbol = symbols.base_symbol(node.base)
    if symbol is None or symbol in _NO_NAMES or not node.upper:
        return node.upper
    letter = leaf_text(node.upper[0])
    names = known.get(letter)
    labels = names is not None and (not names or symbol.removeprefix("\\mathbf{").removesuffix("}") in names)
    rest = [leaf_text(n) for n in node.upper[1:]]
    if not labels or not all(isinstance(n, Leaf) for n in node.upper) or rest not in ([], ["+", "1"], ["-", "1"]):
        return node.upper
    span = replace(node.upper[0].span, end=node.upper[-1].span.end)
    return (Group(span, "(", ")", node.upper),)
