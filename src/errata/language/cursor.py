"""A place in a sequence of syntax nodes, and how sequences are cut: at relations, at separators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from errata.language import symbols
from errata.language.syntax import Command, Environment, Group, Leaf, Node, Scripted, Words, leaf_text
from errata.language.terms import Number, Product, Span, Term
from errata.language.tokens import NotUnderstood

MAXIMAL_DIGITS = 1000

RELATIONS = {
    "=": "=", "\\ne": "!=", "<": "<", ">": ">", "\\le": "<=", "\\ge": ">=", "\\approx": "~=", "\\propto": "propto",
    "\\in": "in", "\\Rightarrow": "=>", "\\Leftrightarrow": "<=>", "\\to": "->", ":=": ":=", "\\sim": "~",
    "\\leftarrow": "<-", "\\equiv": "\\equiv", "\\ll": "\\ll", "\\gg": "\\gg", "\\subset": "\\subset",
    "\\mapsto": "\\mapsto", "\\notin": "\\notin", "\\succeq": "\\succeq", "\\succ": "\\succ", "\\preceq": "\\preceq",
    "\\asymptotically": "\\asymptotically",
}  # fmt: skip


@dataclass
class Cursor:
    """A place in a sequence of nodes."""

    items: Sequence[Node]
    position: int = 0

    def peek(self, ahead: int = 0) -> Node | None:
        place = self.position + ahead
        return self.items[place] if place < len(self.items) else None

    def text(self, ahead: int = 0) -> str:
        node = self.peek(ahead)
        return leaf_text(node) if node is not None else ""

    def take(self) -> Node:
        node = self.items[self.position]
        self.position += 1
        return node

    @property
    def rest(self) -> Sequence[Node]:
        return self.items[self.position :]


def relation_of(node: Node) -> str | None:
    """Return the relation that a node is, \\overset{..}{=} and \\xrightarrow{..} included; None for others."""
    if isinstance(node, Leaf):
        return RELATIONS.get(node.text)
    if isinstance(node, Command):
        if node.name == "not" and node.arguments and leaf_text(node.arguments[0][0]) == "=":
            return "!="
        if node.name in ("overset", "underset") and len(node.arguments[1]) == 1:
            inner = relation_of(node.arguments[1][0])
            label = symbols.label(node.arguments[0])
            if inner == "=" and label in (
                "\\Delta",
                "def",
                "\\triangle",
                "\\mathrm{def}",
                "\\text{def}",
                "!",
            ):
                return ":="
            return inner
        if node.name == "xlongequal":
            return "="
    if isinstance(node, Scripted):
        return relation_of(node.base)
    if isinstance(node, Group) and node.opening == "{" and len(node.items) == 1:
        return relation_of(node.items[0])
    return None


def split(nodes: Sequence[Node], marks: tuple[str, ...]) -> list[tuple[Node, ...]]:
    """Cut nodes at leaves with one of these texts."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if leaf_text(node) in marks:
            parts.append([])
        else:
            parts[-1].append(node)
    return [tuple(p) for p in parts]


def split_relations(nodes: Sequence[Node]) -> tuple[list[tuple[Node, ...]], list[Node]]:
    """Cut nodes at relation signs; return the members and the signs between them."""
    members: list[list[Node]] = [[]]
    relations: list[Node] = []
    for node in nodes:
        if relation_of(node) is not None:
            relations.append(node)
            members.append([])
        else:
            members[-1].append(node)
    return [tuple(m) for m in members], relations


def without_commas(nodes: Sequence[Node]) -> list[Node]:
    """Drop separators at the ends."""
    kept = list(nodes)
    while kept and leaf_text(kept[-1]) in (",", ".", ";", "\\quad"):
        kept.pop()
    while kept and leaf_text(kept[0]) in (",", ";", "\\quad"):
        kept.pop(0)
    return kept


def number(node: Leaf) -> Number:
    """Return the exact value of a written number. Raises NotUnderstood for 2e-3, and for more than MAXIMAL_DIGITS."""
    if not node.text.replace(".", "").isdecimal():
        raise NotUnderstood("a power of ten, or the number e?", node.span, "write \\cdot 10^3, or a space before the e")
    if len(node.text) > MAXIMAL_DIGITS:
        raise NotUnderstood(f"a number of more than {MAXIMAL_DIGITS} digits is not read", node.span)
    decimals = len(node.text.split(".")[1]) if "." in node.text else None
    return Number(Fraction(node.text if not node.text.startswith(".") else "0" + node.text), decimals, span=node.span)


def multiply(factors: Sequence[Term]) -> Term:
    """Return the product, or the only factor."""
    return factors[0] if len(factors) == 1 else Product(tuple(factors), span=cover(factors))


def cover(terms: Sequence[Term]) -> Span | None:
    """Return the range from the first to the last term."""
    spans = [t.span for t in terms if t.span is not None]
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def leaf_text_of(node: Node | None) -> str:
    """Return the text of a leaf, "" for anything else or nothing."""
    return leaf_text(node) if node is not None else ""


def describe(node: Node) -> str:
    """Name a node for a message."""
    if isinstance(node, Leaf):
        return node.text
    if isinstance(node, Command):
        return f"\\{node.name}"
    if isinstance(node, Words):
        return f'"{node.text}"'
    if isinstance(node, Environment):
        return f"the environment {node.name}"
    if isinstance(node, Scripted):
        return describe(node.base)
    if isinstance(node, Group):
        return f"the bracket {node.opening}"
    return "this"
