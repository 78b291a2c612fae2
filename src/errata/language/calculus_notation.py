"""Derivatives as notes write them: d/dx, partial fractions, gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.cursor import Cursor
from errata.language.operator_notation import next_term_mentions, rest_of_sum
from errata.language.syntax import Command, Leaf, Node, Scripted, Words, leaf_text
from errata.language.terms import Apply, Derivative, Entry, Name, Span, Term
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning


def read(meaning: Meaning, cursor: Cursor) -> Term | None:
    """Read a derivative or gradient, or return None where there is none."""
    node = cursor.peek()
    base = node.base if isinstance(node, Scripted) else node
    if isinstance(base, Leaf) and (base.text == "\\nabla" or (base.text == "\\partial" and _has_subscript(node))):
        return _gradient(meaning, cursor)
    if isinstance(node, Command) and node.name == "frac":
        return _fraction(meaning, cursor, node)
    if isinstance(node, Command) and node.name in ("pdv", "dv"):
        cursor.take()
        variable = meaning.expression(node.arguments[1], node.span)
        body = (
            meaning.expression(node.arguments[0], node.span) if node.arguments[0] else _operand(meaning, cursor, node)
        )
        return Derivative(body, checked(variable, node.span), span=node.span)
    return None


def _has_subscript(node: Node | None) -> bool:
    return isinstance(node, Scripted) and bool(node.lower)


def is_differential(node: Node) -> bool:
    """Return whether a node is the d or the partial sign of a derivative, \\mathrm{d} and d^2 included."""
    base = node.base if isinstance(node, Scripted) else node
    if isinstance(base, Words):
        return base.text.strip() == "d"
    return leaf_text(base) in ("d", "\\partial")


def _order(node: Node) -> int | None:
    if not isinstance(node, Scripted):
        return 1
    text = symbols.label(node.upper or ())
    return int(text) if text.isdigit() and 1 <= int(text) <= 6 and node.lower is None else None


def _fraction(meaning: Meaning, cursor: Cursor, node: Command) -> Term | None:
    top, bottom = node.arguments
    if not top or not bottom or not is_differential(top[0]) or not is_differential(bottom[0]) or len(bottom) < 2:
        return None
    order = _order(top[0])
    variables = _variables(meaning, bottom, node)
    if order is None or variables is None or sum(n for _, n in variables) != order:
        return None
    cursor.take()
    body = meaning.expression(top[1:], node.span) if len(top) > 1 else _operand(meaning, cursor, node, variables)
    end = max(node.span.end, (body.span or node.span).end)
    for variable, times in variables:
        body = Derivative(body, checked(variable, node.span), times, span=Span(node.span.start, end))
    return body


def _variables(meaning: Meaning, nodes: Sequence[Node], owner: Command) -> list[tuple[Term, int]] | None:
    """Read dx, dx^2, \\partial x \\partial y: pairs of variable and order."""
    parts: list[list[Node]] = []
    for node in nodes:
        if is_differential(node) and not isinstance(node, Scripted):
            parts.append([])
        elif parts:
            parts[-1].append(node)
        else:
            return None
    found: list[tuple[Term, int]] = []
    for part in parts:
        if not part:
            return None
        times = 1
        last = part[-1]
        if isinstance(last, Scripted) and last.upper is not None:
            text = symbols.label(last.upper)
            if text.isdigit():
                times = int(text)
                bare = (
                    last.base if last.lower is None else Scripted(last.span, last.base, last.lower, None, last.primes)
                )
                part = [*part[:-1], bare]
        if not 1 <= times <= 6:
            return None
        found.append((meaning.expression(part, owner.span), times))
    return found


def _gradient(meaning: Meaning, cursor: Cursor) -> Term:
    node = cursor.take()
    lower = node.lower if isinstance(node, Scripted) else None
    call = None if isinstance(node, Scripted) else _call_of_one_name(meaning, cursor)
    if call is not None:
        return Derivative(call, call.arguments[0], span=Span(node.span.start, (call.span or node.span).end))
    if not lower:
        raise NotUnderstood("the gradient does not say by which variable", node.span, "write \\nabla_x")
    if isinstance(node, Scripted) and node.upper:
        raise NotUnderstood("second gradients are not read", node.span)
    variable = meaning.expression(lower, node.span)
    body = _operand(meaning, cursor, node)
    return Derivative(body, checked(variable, node.span), span=Span(node.span.start, (body.span or node.span).end))


def _call_of_one_name(meaning: Meaning, cursor: Cursor) -> Apply | None:
    """Read f(x) after a gradient without a variable: it is taken by x. None, and nothing taken, for anything else."""
    place = cursor.position
    if cursor.peek() is None:
        return None
    body = meaning.factor(cursor)
    alone = isinstance(body, Apply) and len(body.arguments) == 1 and not body.parameters and not body.order
    if isinstance(body, Apply) and alone and isinstance(body.arguments[0], Name):
        return body
    cursor.position = place
    return None


def _operand(meaning: Meaning, cursor: Cursor, node: Node, variables: Sequence[tuple[Term, int]] = ()) -> Term:
    """What an operator d/dx applies to: the product after it; or, as some write, the whole sum."""
    if cursor.peek() is None:
        raise NotUnderstood("nothing stands after this derivative", node.span)
    first = meaning.product(cursor)
    names = [v.symbol for v, _ in variables if isinstance(v, Name)]
    if cursor.text() in ("+", "-") and next_term_mentions(cursor, names):
        meaning.ambiguities.add("derivative reach")
        if "derivative reach" in meaning.choices:
            return rest_of_sum(meaning, cursor, first, names)
    return first


def checked(variable: Term, span: Span) -> Term:
    """Return the variable of a derivative; raise NotUnderstood where it is no variable."""
    if isinstance(variable, Name | Entry) or (isinstance(variable, Apply) and variable.order == 0):
        return variable
    raise NotUnderstood("this is no variable to differentiate by", span)
