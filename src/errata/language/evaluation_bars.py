"""Where a term is taken: \\left. f \\right|_{x = 0}, \\frac{df}{dx}\\Big|_{x = a}, [f]_{x = 0}, \\nabla_w L|_{w_t}."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from errata.language.cursor import split
from errata.language.definitions import free_symbols
from errata.language.syntax import Group, Node, Scripted, leaf_text
from errata.language.taken_between import is_bar_between
from errata.language.terms import At, Derivative, Name, Span, Term, subterms
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning


def is_bar(node: Node | None) -> bool:
    """Return whether the node is a bare bar with a place below it."""
    if not isinstance(node, Scripted) or leaf_text(node.base) not in ("|", "\\mid") or not node.lower:
        return False
    return not node.upper or is_bar_between(node)


def encloses(group: Group, lower: Sequence[Node] | None) -> bool:
    """Return whether a bracket with a subscript says where its inside is taken; else the subscript is an index."""
    if not lower:
        return False
    if group.closing == "|":
        return group.opening in (".", "(", "[")
    return group.opening in ("[", "(") and group.closing in ("]", ")") and any(leaf_text(n) == "=" for n in lower)


def of_operator(nodes: Sequence[Node]) -> tuple[Node, Sequence[Node], int] | None:
    r"""Return an operator that nodes begin with, the place at which its result is taken, and how many nodes that was.

    \left.\frac{d}{dx}\right|_{x = 0} f(x), and with a bare bar; None where they begin otherwise.
    """
    first, second = nodes[0] if nodes else None, nodes[1] if len(nodes) > 1 else None
    if isinstance(first, Scripted) and isinstance(first.base, Group) and encloses(first.base, first.lower):
        inside = first.base.items
        return (inside[0], first.lower or (), 1) if len(inside) == 1 and first.base.closing == "|" else None
    return (first, second.lower or (), 2) if first and isinstance(second, Scripted) and is_bar(second) else None


def taken_at(meaning: Meaning, body: Term, lower: Sequence[Node], span: Span) -> Term:
    """Return the body with each variable at its value: x = 0, or a value alone for the derivative's variable."""
    places = [_place(meaning, body, part, span) for part in split(lower, (",",))]
    variables = {variable.symbol for variable, _ in places}
    for variable, value in places:
        if free_symbols(value) & (variables - {variable.symbol}):
            raise NotUnderstood("the values at which this is taken depend on each other", span)
    for variable, value in places:
        body = At(body, variable, value, span=span)
    return body


def _place(meaning: Meaning, body: Term, part: Sequence[Node], span: Span) -> tuple[Name, Term]:
    halves = split(part, ("=",))
    if len(halves) == 2:
        variable = meaning.expression(halves[0], span)
        if not isinstance(variable, Name):
            raise NotUnderstood("the place at which this is taken needs a name", span)
        return variable, meaning.expression(halves[1], span)
    by = {t.variable for t in subterms(body) if isinstance(t, Derivative)}
    alone = next(iter(by)) if len(by) == 1 else None
    if len(halves) != 1 or not isinstance(alone, Name):
        raise NotUnderstood("the value at which this is taken was not understood", span)
    return alone, meaning.expression(part, span)
