"""The syntax tree of a formula: brackets, scripts and command arguments, and no meaning yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from errata.language.terms import Span
from errata.language.tokens import Token


@dataclass(frozen=True, slots=True)
class Node:
    """Base of all syntax nodes."""

    span: Span


@dataclass(frozen=True, slots=True)
class Leaf(Node):
    """A single token: letter, number, symbol or a command without arguments."""

    token: Token

    @property
    def text(self) -> str:
        """The token's text."""
        return self.token.text


@dataclass(frozen=True, slots=True)
class Group(Node):
    """Bracketed items; `opening` is "{" (invisible), "(", "[", "\\\\{", "\\\\langle", "|" or "\\\\Vert"."""

    opening: str
    closing: str
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Command(Node):
    """A command with its arguments, such as \\\\frac; `option` is what stood in square brackets."""

    name: str
    arguments: tuple[tuple[Node, ...], ...]
    option: tuple[Node, ...] | None = None


@dataclass(frozen=True, slots=True)
class Words(Node):
    """\\\\text{...}, \\\\mathrm{...} and \\\\operatorname{...}: words, with their spaces; `command` says which.

    `inner` holds the group as mathematics, for \\\\mathrm{d} and the like.
    """

    command: str
    text: str
    inner: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Scripted(Node):
    """A base with a subscript, a superscript and primes (each may be missing)."""

    base: Node
    lower: tuple[Node, ...] | None
    upper: tuple[Node, ...] | None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Environment(Node):
    """\\\\begin{name} ... \\\\end{name}: rows of cells."""

    name: str
    rows: tuple[tuple[tuple[Node, ...], ...], ...]


def leaf_text(node: Node) -> str:
    """Return the token's text of a leaf, "" for any other node."""
    return node.token.text if isinstance(node, Leaf) else ""


def span_of(nodes: Sequence[Node], default: Span) -> Span:
    """Return the range that the nodes cover."""
    if not nodes:
        return default
    return Span(min(n.span.start for n in nodes), max(n.span.end for n in nodes))


def inside(node: Node) -> Sequence[Node]:
    """Return the nodes directly below a node."""
    if isinstance(node, Leaf):
        return ()
    if isinstance(node, Group):
        return node.items
    if isinstance(node, Scripted):
        return (node.base, *(node.lower or ()), *(node.upper or ()))
    if isinstance(node, Command):
        return [part for argument in (*node.arguments, node.option or ()) for part in argument]
    if isinstance(node, Words):
        return node.inner
    if isinstance(node, Environment):
        return [part for row in node.rows for cell in row for part in cell]
    return ()


def everything(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield the nodes and all below them."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        if type(node) is not Leaf:
            stack.extend(reversed(inside(node)))


def with_changed_runs(node: Node, change: Callable[[Sequence[Node]], tuple[Node, ...]]) -> Node:
    """Return a bracket, command or environment with each run of nodes in it changed; any other node as it is."""
    match node:
        case Group(items=items):
            return replace(node, items=change(items))
        case Command(arguments=arguments):
            return replace(node, arguments=tuple(change(argument) for argument in arguments))
        case Environment(rows=rows):
            return replace(node, rows=tuple(tuple(change(cell) for cell in row) for row in rows))
    return node


def levels(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """Yield the runs of nodes that stand side by side: these, and those in every bracket, argument and cell."""
    yield nodes
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if type(node) is Leaf:
            continue
        if isinstance(node, Group):
            yield node.items
        elif isinstance(node, Command):
            yield from node.arguments
        elif isinstance(node, Environment):
            yield from (cell for row in node.rows for cell in row)
        stack.extend(reversed(inside(node)))
