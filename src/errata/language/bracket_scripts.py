"""Primes and indices on brackets: a derivative by the one variable, an entry; where that is not sure, nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.definitions import free_symbols
from errata.language.sorts import Real
from errata.language.syntax import Command, Group, Leaf, Node, Scripted, leaf_text
from errata.language.terms import Derivative, Name, Span, Term
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_BETWEEN = ("\\cdot", "\\times", "\\ast", "\\circ", "\\odot", "\\otimes", "\\oplus", "\\pm", "\\mp", "\\div", "\\,")
_BARS = ("|", "\\mid", "\\Vert")
_BIG = ("\\sum", "\\prod", "\\int", "\\max", "\\min", "\\bigcup", "\\bigcap")


def primed(meaning: Meaning, value: Term, node: Scripted) -> Term:
    """Return the value with the primes that stand on it. Raises NotUnderstood where their meaning is not sure."""
    if not node.primes:
        return value
    names = sorted(s for s in free_symbols(value) if not meaning.knowledge.is_function(s))
    if len(names) == 1 and _is_variable(meaning, names[0]):
        return Derivative(value, Name(names[0]), node.primes, span=node.span)
    raise _not_sure(node.span)


def refuse_primed_arguments(meaning: Meaning, nodes: Sequence[Node]) -> None:
    """Raise NotUnderstood for f(x)' and |x|': the bracket is no value by itself that a prime could stand on."""
    big = [n for n in nodes if isinstance(n, Scripted) and n.primes and leaf_text(n.base) in _BIG]
    if big:
        raise NotUnderstood("what the prime on this operator leaves out is not said", big[0].span)
    for before, node in pairwise(nodes):
        if not isinstance(node, Scripted) or not node.primes:
            continue
        if leaf_text(node.base) in _BARS or (isinstance(node.base, Group) and _may_take(meaning, before)):
            raise _not_sure(node.span)


def refuse_mixed_number(nodes: Sequence[Node]) -> None:
    """Raise NotUnderstood for 3\\frac{1}{2} by itself: three and a half, or three times a half."""
    if len(nodes) != 2 or not isinstance(nodes[1], Command) or nodes[1].name != "frac":
        return
    values = [_integer(leaf) for leaf in ((nodes[0],), *nodes[1].arguments)]
    if None not in values and 0 < (values[1] or 0) < (values[2] or 0):
        raise NotUnderstood("a sum or a product: 3 1/2 may mean both", nodes[0].span, "write + or \\cdot between them")


def _integer(nodes: Sequence[Node]) -> int | None:
    text = leaf_text(nodes[0]) if len(nodes) == 1 else ""
    return int(text) if text.isdecimal() else None


def without_index(node: Scripted) -> Scripted:
    """Return a script on what has no entries. Raises NotUnderstood where an index stands there."""
    if node.lower is not None:
        raise NotUnderstood("an index on what has no entries was not understood", node.span)
    return node


def _may_take(meaning: Meaning, node: Node) -> bool:
    """Whether a node may be a function of the bracket after it."""
    base = node.base if isinstance(node, Scripted) else node
    if isinstance(base, Leaf):
        if base.token.kind not in ("letter", "command") or base.token.text in _BETWEEN:
            return False
        symbol = symbols.decorated(node)
        declared = isinstance(meaning.knowledge.scope.sorts.get(symbol or ""), Real)
        return not declared or meaning.knowledge.is_function(symbol or "")
    return isinstance(base, Command)


def _is_variable(meaning: Meaning, symbol: str) -> bool:
    """Whether a name is surely a number that varies: capitals that are not declared may be matrices."""
    scope = meaning.knowledge.scope
    sort = scope.sorts.get(symbol)
    if symbol in scope.definitions or symbol in scope.constants or meaning.knowledge.law(symbol) is not None:
        return False
    return isinstance(sort, Real) if sort is not None else symbol.islower() and len(symbol) == 1


def _not_sure(span: Span) -> NotUnderstood:
    message = "what the prime on this bracket means is not sure: a derivative, and by what, or a transpose"
    return NotUnderstood(message, span, r"write \frac{d}{dx} or ^\top")
