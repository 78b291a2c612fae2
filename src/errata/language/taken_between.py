r"""Values between two places: [F(x)]_a^b, \left. F(x) \right|_a^b and F(x) \Big|_{x = a}^{x = b} are F(b) - F(a).

A bracket with two scripts may as well be an entry of a power. It is taken between them where it says so itself, or
where an integral of the same formula runs between the same ends and its variable stands in the bracket.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.cursor import split
from errata.language.definitions import free_symbols
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
from errata.language.terms import At, Constant, Limit, Name, Negative, Span, Sum, Term
from errata.language.token import Token
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

Ends = tuple[tuple[str, ...], tuple[str, ...]]
_INFINITE = (Constant("infinity"), Negative(Constant("infinity")))


def with_variables(rows: Sequence[Sequence[Node]]) -> list[tuple[Node, ...]]:
    """Return the rows of a formula with the variable written at the ends of what is taken between those of integrals.

    rows: all of a formula, for a step of a chain may rest on an integral of the one before.
    """
    if not any(_is_bracket(node) for nodes in rows for node in everything(nodes)):
        return [tuple(nodes) for nodes in rows]
    variables: dict[Ends, dict[str, Node]] = {}
    for nodes in rows:
        for ends, variable, symbol in _integrals(nodes):
            variables.setdefault(ends, {}).setdefault(symbol, variable)
    return [_told(nodes, variables) for nodes in rows]


def is_taken_between(node: Node | None) -> bool:
    """Return whether a bracket or a bar tells two values of a variable: [F]_{x = a}^{b}."""
    return isinstance(node, Scripted) and _is_bracket(node) and any(leaf_text(n) == "=" for n in node.lower or ())


def is_bar_between(node: Node | None) -> bool:
    """Return whether a bare bar tells two values of a variable."""
    return is_taken_between(node) and isinstance(node, Scripted) and isinstance(node.base, Leaf)


def bracket_between(meaning: Meaning, node: Scripted) -> Term:
    """Read a bracket that is taken between two values."""
    assert isinstance(node.base, Group)
    return _between(meaning, node.base.items, node, node.span)


def before_bar(meaning: Meaning, nodes: Sequence[Node], bar: Node, *, alone: bool) -> Term:
    """Read nodes that a bare bar takes between two values. alone: no sum stands before it, which it may take, too."""
    assert isinstance(bar, Scripted)
    if not alone:
        raise NotUnderstood("how much of the sum the bar takes is not clear", bar.span, "set brackets")
    return _between(meaning, nodes, bar, Span(nodes[0].span.start, bar.span.end))


def _between(meaning: Meaning, inside: Sequence[Node], node: Scripted, span: Span) -> Term:
    """Return what is inside at the upper end less what it is at the lower end."""
    symbol, low, high = _values(node)
    low_value, high_value = meaning.expression(low, node.span), meaning.expression(high, node.span)
    meaning.bound.append(symbol)
    try:
        body = meaning.expression(inside, span)
    finally:
        meaning.bound.pop()
    if symbol not in free_symbols(body):
        raise NotUnderstood("what is taken between these values does not depend on the variable", span)
    upper, lower = (_taken(body, Name(symbol), value, span) for value in (high_value, low_value))
    return Sum((upper, Negative(lower, span=span)), span=span)


def _taken(body: Term, variable: Name, value: Term, span: Span) -> Term:
    if value in _INFINITE:
        return Limit(body, variable, value, span=span)
    return At(body, variable, value, span=span)


def _values(node: Scripted) -> tuple[str, tuple[Node, ...], tuple[Node, ...]]:
    """Return the variable and its two values: of _{x = a}^{b} and _{x = a}^{x = b}."""
    below, above = split(node.lower or (), ("=",)), split(node.upper or (), ("=",))
    variable = symbols.decorated(below[0][0]) if len(below) == 2 and len(below[0]) == 1 else None
    same = len(above) == 1 or (len(above) == 2 and len(above[0]) == 1 and symbols.decorated(above[0][0]) == variable)
    if variable is None or variable.isdecimal() or not same or not below[1] or not above[-1]:
        raise NotUnderstood("between which values this is taken was not understood", node.span)
    return variable, below[1], above[-1]


def _is_bracket(node: Node) -> bool:
    """Return whether a node is a bracket or a bar with both scripts, which may tell two values."""
    if not isinstance(node, Scripted) or not node.lower or not node.upper or node.primes:
        return False
    if not isinstance(node.base, Group):
        return leaf_text(node.base) in ("|", "\\mid")
    opening, closing = node.base.opening, node.base.closing
    return (opening in ("[", "(") and closing in ("]", ")", "|")) or (opening == "." and closing == "|")


def _integrals(nodes: Sequence[Node]) -> Iterator[tuple[Ends, Node, str]]:
    """Yield the ends and the variable of every integral that says both."""
    for level in levels(nodes):
        open_ones: list[Scripted] = []
        for node, following in pairwise(level):
            if isinstance(node, Scripted) and leaf_text(node.base) == "\\int" and node.lower and node.upper:
                open_ones.append(node)
            symbol = symbols.decorated(following)
            if open_ones and _is_d(node) and symbol is not None:
                sign = open_ones.pop()
                yield _ends(sign), following, symbol


def _is_d(node: Node) -> bool:
    return leaf_text(node) == "d" or (isinstance(node, Words) and node.text.strip() == "d")


def _told(nodes: Sequence[Node], variables: dict[Ends, dict[str, Node]]) -> tuple[Node, ...]:
    """Return nodes, brackets within them too, with the variable written where one integral tells it."""
    found: list[Node] = []
    for node in nodes:
        changed = with_changed_runs(node, lambda run: _told(run, variables))
        if isinstance(node, Scripted):
            changed = replace(node, base=with_changed_runs(node.base, lambda run: _told(run, variables)))
            inside = node.base.items if isinstance(node.base, Group) else _before(found)
            if _is_bracket(node) and not is_taken_between(node) and inside:
                changed = _with_variable(changed, inside, variables.get(_ends(node), {}))
        found.append(changed)
    return tuple(found)


def _before(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return what stands before a bare bar, none where the bar closes another."""
    bars = sum(leaf_text(n) in ("|", "\\mid") for n in nodes)
    return nodes if bars % 2 == 0 else ()


def _with_variable(node: Node, inside: Sequence[Node], variables: dict[str, Node]) -> Node:
    """Return a bracket that tells the variable, where just one of these stands inside."""
    assert isinstance(node, Scripted)
    named = {symbols.decorated(n) for n in everything(inside)}
    candidates = [variable for symbol, variable in variables.items() if symbol in named]
    if len(candidates) != 1:
        return node
    equals = Leaf(node.span, Token("symbol", "=", node.span))
    return replace(node, lower=(candidates[0], equals, *(node.lower or ())))


def _ends(node: Scripted) -> Ends:
    return _written(node.lower or ()), _written(node.upper or ())


def _written(nodes: Iterable[Node]) -> tuple[str, ...]:
    """Return how nodes are written, wherever they stand; a sign before all is none."""
    kept = list(nodes)
    kept = kept[1:] if kept and leaf_text(kept[0]) == "+" else kept
    return tuple(_text(node) for node in everything(kept))


def _text(node: Node) -> str:
    match node:
        case Command(name=name):
            return f"\\{name}"
        case Words(text=text):
            return text
        case Group(opening=opening):
            return opening
        case Scripted(lower=lower, upper=upper, primes=primes):
            return f"{len(lower or ())}_{len(upper or ())}^{primes}'"
    return leaf_text(node)
