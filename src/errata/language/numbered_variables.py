r"""Numbered variables of a joint law: the x_1, x_2 of p(x_1, x_2) are two variables, not places in a family.

Each becomes a letter of its own ("x₁"), so that each has a space of its own; and \mathbf{x}, where the notes write it
for all of them, is written out. A base that carries letters too, x_n, counts members of a family and is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType

from errata.language import symbols
from errata.language.argument_counts import told_apart
from errata.language.cursor import split
from errata.language.shape_subscripts import is_shape, shaped_names
from errata.language.syntax import (
    Command,
    Group,
    Leaf,
    Node,
    Scripted,
    Words,
    everything,
    leaf_text,
    levels,
    with_changed_runs,
)
from errata.language.terms import Span
from errata.language.token import Token

_LAWS = frozenset("pqPQ")
_BINDING = frozenset(("\\sum", "\\int", "\\prod"))
_SEPARATORS = frozenset((",", "|", "\\mid", ";"))


@dataclass(frozen=True, slots=True)
class Numbering:
    """bases: the names whose numbered members are variables. tuples: names for all of them, by symbol.

    shaped: the names below which their shape is written, which does not tell them from others.
    counts: functions of one name that differ by their counts of arguments; see `argument_counts`.
    """

    bases: frozenset[str] = frozenset()
    tuples: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    shaped: frozenset[str] = frozenset()
    counts: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))


NO_NUMBERING = Numbering()


def numbering(formulas: Iterable[Sequence[Node]]) -> Numbering:
    """Return which names of a document number its variables."""
    formulas = [tuple(f) for f in formulas]
    members: dict[str, set[str]] = defaultdict(set)
    counted: set[str] = set()
    together: set[str] = set()
    for formula in formulas:
        for node in everything(formula):
            _member(node, members, counted)
        together |= set(_together(formula))
    found = {base for base in together if not {base, base.swapcase()} & counted}
    bases = found | {b for b in members if b not in counted and b.swapcase() in found and len(b) == 1}
    tuples = {}
    for base in sorted(found):
        numbers = sorted({int(n) for b in (base, base.swapcase()) for n in members.get(b, ())})
        if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)):
            for bold in symbols.in_bold(base):
                if _is_only_listed(bold, formulas):
                    tuples[bold] = tuple(symbols.numbered(base, str(n)) for n in numbers)
    return Numbering(frozenset(bases), MappingProxyType(tuples), shaped_names(formulas))


def _member(node: Node, members: dict[str, set[str]], counted: set[str]) -> None:
    """Note a numbered member of a name, or that letters count its members."""
    if not isinstance(node, Scripted) or not node.lower:
        return
    base = symbols.base_symbol(node.base)
    if base is None:
        return
    number = _number(node.lower)
    if number:
        members[base].add(number)
    elif not any(isinstance(n, Words) for n in node.lower):
        counted.add(base)


def _number(lower: Sequence[Node] | None) -> str:
    text = leaf_text(lower[0]) if lower and len(lower) == 1 else ""
    return text if text.isdigit() and text != "0" else ""


def _together(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the names of which a law has several numbered members at once."""
    for level in levels(nodes):
        for head, bracket in pairwise(level):
            if not isinstance(bracket, Group) or bracket.opening != "(" or not _is_law(head):
                continue
            slots = [part[0] for part in split(bracket.items, tuple(_SEPARATORS)) if len(part) == 1]
            listed = [(symbols.base_symbol(n.base), _number(n.lower)) for n in slots if isinstance(n, Scripted)]
            for base in {b for b, number in listed if b is not None and number}:
                if len({number for b, number in listed if b == base and number}) > 1:
                    yield base


def _is_law(head: Node) -> bool:
    symbol = symbols.decorated(head)
    return symbol is not None and symbols.base_name(symbol) in _LAWS


def _is_only_listed(symbol: str, formulas: Sequence[Sequence[Node]]) -> bool:
    """Return whether a name stands, and only where several may stand: in brackets of calls, and below sums."""
    every = sum(symbols.base_symbol(n) == symbol for f in formulas for n in everything(f))
    listed = sum(_listed(level, symbol) for f in formulas for level in _places(f))
    return 0 < every == listed


def _places(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    for node in everything(nodes):
        if isinstance(node, Group) and node.opening in ("(", "["):
            yield node.items
        elif isinstance(node, Scripted) and leaf_text(node.base) in _BINDING:
            yield node.lower or ()


def _listed(level: Sequence[Node], symbol: str) -> int:
    parts = split(level, tuple(_SEPARATORS))
    return sum(len(part) == 1 and symbols.base_symbol(part[0]) == symbol for part in parts)


# Rewriting -------------------------------------------------------------------------------------------


def renumbered(nodes: Sequence[Node], known: Numbering) -> tuple[Node, ...]:
    """Return the nodes with numbered variables as letters of their own, their tuples written out, and no shapes.

    Functions that differ by their counts of arguments get names of their own, too.
    """
    nodes = told_apart(nodes, known.counts)
    if not known.bases and not known.shaped:
        return nodes
    return tuple(_renumbered(node, known) for node in nodes)


def _renumbered(node: Node, known: Numbering) -> Node:
    match node:
        case Scripted(base=base, lower=lower) if symbols.base_symbol(base) in known.shaped and is_shape(lower):
            return _renumbered(replace(node, lower=None), known) if node.upper or node.primes else base
        case Scripted(base=base, lower=lower) if symbols.base_symbol(base) in known.bases and _number(lower):
            letter = symbols.numbered(symbols.base_symbol(base) or "", _number(lower))
            leaf = Leaf(node.span, Token("letter", letter, node.span))
            return leaf if not node.upper and not node.primes else replace(node, base=leaf, lower=None)
        case Scripted(base=base, lower=lower, upper=upper):
            below = _spelled_out(lower, known) if lower and leaf_text(base) in _BINDING else lower
            return replace(
                node,
                base=_renumbered(base, known),
                lower=None if below is None else renumbered(below, known),
                upper=None if upper is None else renumbered(upper, known),
            )
        case Group(items=items):
            kept = _spelled_out(items, known) if node.opening in ("(", "[") else items
            return replace(node, items=renumbered(kept, known))
        case Command() if symbols.base_symbol(node) is not None:
            return node
    return with_changed_runs(node, lambda run: renumbered(run, known))


def _spelled_out(nodes: Sequence[Node], known: Numbering) -> tuple[Node, ...]:
    """Write out the names of tuples in a list."""
    found: list[Node] = []
    for place, node in enumerate(nodes):
        members = known.tuples.get(symbols.base_symbol(node) or "")
        around = (nodes[place - 1 : place], nodes[place + 1 : place + 2])
        if members is None or not all(not n or leaf_text(n[0]) in _SEPARATORS for n in around):
            found.append(node)
            continue
        for n, member in enumerate(members):
            if n:
                found.append(_leaf("symbol", ",", node.span))
            found.append(_leaf("letter", member, node.span))
    return tuple(found)


def _leaf(kind: str, text: str, span: Span) -> Leaf:
    return Leaf(span, Token(kind, text, span))
