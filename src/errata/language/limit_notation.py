r"""Limits: \lim_{x \to a} f(x), from one side (a^+, \downarrow a) or both, and \lim_{n \to \infty}."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from errata.language import operator_notation, symbols
from errata.language.cursor import Cursor, leaf_text_of, relation_of
from errata.language.syntax import Command, Leaf, Node, Scripted, Words, leaf_text
from errata.language.terms import Limit, Name, Span, Term
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_ARROWS = {
    "\\to": "both",
    "\\downarrow": "above",
    "\\searrow": "above",
    "\\uparrow": "below",
    "\\nearrow": "below",
}
_SIDES = {"+": "above", "-": "below"}


def read(meaning: Meaning, cursor: Cursor) -> Term | None:
    """Read a limit with its body, or return None where there is none."""
    node = cursor.peek()
    lower = _below_sign(node)
    if node is None or lower is None:
        return None
    cursor.take()
    name, point, side = _approach(meaning, lower, node)
    meaning.bound.append(name.symbol)
    try:
        body = operator_notation.body_of(meaning, cursor, [name.symbol], node)
    finally:
        meaning.bound.pop()
    span = Span(node.span.start, (body.span or node.span).end)
    return Limit(body, name, point, side, span=span)  # type: ignore[arg-type]


def _below_sign(node: Node | None) -> tuple[Node, ...] | None:
    """Return what stands below a limit's sign, () where nothing does; None where the node is no such sign."""
    if isinstance(node, Command) and node.name == "underset" and len(node.arguments[1]) == 1:
        return node.arguments[0] if _is_sign(node.arguments[1][0]) else None
    base = node.base if isinstance(node, Scripted) else node
    if not _is_sign(base):
        return None
    return (node.lower or ()) if isinstance(node, Scripted) and node.upper is None and not node.primes else ()


def _is_sign(node: Node | None) -> bool:
    word = isinstance(node, Words) and node.command == "operatorname" and node.text.strip() == "lim"
    return word or leaf_text_of(node) == "\\lim"


def _approach(meaning: Meaning, lower: Sequence[Node], owner: Node) -> tuple[Name, Term, str]:
    """Read x \\to a below the sign: what moves, where to, and from which side."""
    place = next((i for i, n in enumerate(lower) if leaf_text(n) in _ARROWS or relation_of(n) == "->"), None)
    if place is None:
        raise NotUnderstood("this limit does not say what tends where", owner.span, "write \\lim_{x \\to a}")
    side = _ARROWS.get(leaf_text(lower[place]), "both")
    variable, target = lower[:place], lower[place + 1 :]
    symbol = symbols.decorated(variable[0]) if len(variable) == 1 else None
    if symbol is None or symbol.isdigit():
        raise NotUnderstood("what tends to something here is no single name", owner.span)
    target, marked = _without_side(target)
    if not target or (marked and side not in ("both", marked)):
        raise NotUnderstood("where this limit goes was not understood", owner.span)
    point = meaning.expression(target, owner.span)
    return Name(symbol, span=variable[0].span), point, marked or side


def _without_side(target: Sequence[Node]) -> tuple[tuple[Node, ...], str]:
    """Take the sign off that says from which side: 0^+, a^{-}, 0+."""
    last = target[-1] if target else None
    if isinstance(last, Scripted) and last.lower is None and not last.primes and len(last.upper or ()) == 1:
        side = _SIDES.get(leaf_text_of((last.upper or ())[0]), "")
        if side:
            return (*target[:-1], last.base), side
    if isinstance(last, Leaf) and last.text in _SIDES and len(target) > 1:
        return tuple(target[:-1]), _SIDES[last.text]
    return tuple(target), ""
