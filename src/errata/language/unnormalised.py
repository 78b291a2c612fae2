r"""Marked names of laws that the notes do not normalise: \tilde p(x), of which Z is the sum, is a positive function.

\tilde p may as well be a law, of data say. So a note must tell, by a formula that has the partition function in it
or in words, that it is not normalised. A name without a mark, p(x), stays a law.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from errata.language import symbols
from errata.language.cursor import relation_of, split_relations
from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.syntax import Command, Group, Leaf, Node, Scripted, leaf_text, levels

_ACCENTS = ("\\tilde{", "\\hat{", "\\bar{", "\\check{", "\\breve{")
_STARRED = ("^{*}", "^{\\circ}")
_PARTITION = frozenset(("Z", "\\mathcal{Z}", "\\mathrm{Z}", "\\mathbf{Z}"))
_BIG = frozenset(("\\sum", "\\int", "\\iint"))
_WORD = re.compile(r"normali[sz]ed|归一化", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:un-?|not (?:yet )?)normali[sz]ed\b[\w\s-]{0,40}$|未归一化[^,。$]{0,8}$", re.IGNORECASE)
_AFTER = re.compile(
    r"^\s*,?\s*(?:which )?(?:is|be|denotes?|as|means)?\s*(?:an?|the|our)?\s*(?:un-?|not (?:yet )?)normali[sz]ed\b",
    re.IGNORECASE,
)
_OF_DENSITIES = re.compile(
    r"\b(?:un-?|not (?:yet )?)normali[sz]ed\b"
    r"|\b(?:probability|mass|density|distribution|law|measure|function|pdf|pmf)\b"
    r"|\b(?:positive|strictly|model|target)\b|\bpartition function\b|\bnormali[sz](?:ing|ation) (?:constant|factor)\b",
    re.IGNORECASE,
)


def in_formulas(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    r"""Return the marked names that some formula divides by Z, sums to Z, or takes \log Z from."""
    return frozenset(symbol for formula in formulas for level in levels(formula) for symbol in _on_level(level))


def in_words(sentence: Sentence, nodes: Callable[[str], Sequence[Node] | None]) -> frozenset[str]:
    """Return the marked names that stand right before or after the word; `nodes` parses a formula."""
    found: set[str] = set()
    if _WORD.search(sentence.words) is None:
        return frozenset()
    for one, other in pairwise(sentence.segments):
        if isinstance(one, Words) and isinstance(other, Formula) and _BEFORE.search(one.text):
            found.update(_head(nodes(other.latex) or ()))
        if isinstance(one, Formula) and isinstance(other, Words) and _AFTER.search(other.text):
            found.update(_head(nodes(one.latex) or ()))
    return frozenset(found)


def is_all_that_is_said(words: str) -> bool:
    """Return whether words that no other rule consumed only call a name an unnormalised density."""
    return _OF_DENSITIES.sub("", words).strip() == ""


def _head(nodes: Sequence[Node]) -> Iterator[str]:
    symbol = _name(nodes[0]) if nodes else None
    if symbol is not None and _is_marked(symbol):
        yield symbol


def _on_level(nodes: Sequence[Node]) -> Iterator[str]:
    members, relations = split_relations(nodes)
    for (left, right), mark in zip(pairwise(members), relations, strict=True):
        if _is_partition(left) and relation_of(mark) in ("=", ":="):
            yield from _summed(right)
    for place, node in enumerate(nodes):
        sign = leaf_text(node)
        if isinstance(node, Command) and node.name == "frac" and _is_partition(node.arguments[1]):
            top = node.arguments[0]
            yield from _summed(nodes[place + 1 :] if symbols.label(top) == "1" else top)
            yield from _called(top, marked=False)
        elif sign == "/" and _is_partition(nodes[place + 1 : place + 2]):
            yield from _called(nodes[max(0, place - 2) : place])
        elif sign == "-" and place > 2 and leaf_text(nodes[place - 3]) in ("\\log", "\\ln"):
            yield from _called(nodes[place - 2 : place]) if _is_its_logarithm(nodes[place + 1 :]) else ()


def _summed(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the name of a call, alone or under a sum or an integral with nothing else."""
    start = 0
    while start < len(nodes) and leaf_text(_bare(nodes[start])) in _BIG:
        start += 1
    rest = nodes[start : start + 2]
    following = nodes[start + 2 : start + 3]
    ends = (
        not following or (start and _is_differential(following[0])) or leaf_text(following[0]) in ("+", "-", ",", ".")
    )
    if ends:
        yield from _called(rest)


def _called(nodes: Sequence[Node], *, marked: bool = True) -> Iterator[str]:
    if len(nodes) != 2 or not isinstance(nodes[1], Group) or (symbol := _name(nodes[0])) is None:
        return
    if not marked or (_is_marked(symbol) and nodes[1].opening == "("):
        yield symbol


def _is_its_logarithm(nodes: Sequence[Node]) -> bool:
    r"""Return whether nodes begin with \log Z, or with a derivative of that."""
    nodes = nodes[1:] if nodes and _is_derivative(nodes[0]) else nodes
    return len(nodes) > 1 and leaf_text(nodes[0]) in ("\\log", "\\ln") and _is_partition(nodes[1:2])


def _is_derivative(node: Node) -> bool:
    if isinstance(node, Command) and node.name == "frac":
        return len(node.arguments[0]) == 1 and _is_differential(node.arguments[0][0])
    return leaf_text(_bare(node)) in ("\\nabla", "\\partial")


def _is_differential(node: Node) -> bool:
    return leaf_text(_bare(node)) in ("d", "\\partial") or symbols.base_symbol(node) == "\\mathrm{d}"


def _is_partition(nodes: Sequence[Node]) -> bool:
    """Return whether nodes are Z, with its parameters perhaps."""
    name = _name(nodes[0]) if nodes else None
    alone = len(nodes) == 1 or (len(nodes) == 2 and isinstance(nodes[1], Group))
    return alone and name is not None and is_partition_name(name)


def is_partition_name(symbol: str) -> bool:
    """Return whether a name is one of a partition function by custom."""
    return symbol.split("_", 1)[0] in _PARTITION


def _bare(node: Node) -> Node:
    return node.base if isinstance(node, Scripted) else node


def _name(node: Node) -> str | None:
    return symbols.decorated(node) if isinstance(node, Leaf | Command | Scripted) else symbols.base_symbol(node)


def _is_marked(symbol: str) -> bool:
    return is_density(symbol) and (symbol.startswith(_ACCENTS) or symbol.endswith(_STARRED))


def is_density(symbol: str) -> bool:
    """Return whether a name is one of a law by custom."""
    return symbols.base_name(symbol) in ("p", "q")
