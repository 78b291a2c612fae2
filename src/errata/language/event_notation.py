r"""Events and indicators: P(X \ge a), P(X > s + t \mid X > s), \mathbb{1}\{X > a\}, I(X > 0).

A probability of an event is the mean of its indicator, a conditional one the quotient of two such means.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.cursor import Cursor, relation_of, split
from errata.language.hierarchical_variables import are_values, hierarchy
from errata.language.power_notation import raised
from errata.language.random_events import PROBABILITIES, probability
from errata.language.scope import Scope
from errata.language.sorts import RandomVariable
from errata.language.syntax import Command, Group, Leaf, Node, Scripted, Words, everything, leaf_text
from errata.language.terms import Conjunction, Expectation, Indicator, Quotient, Span, StandardLaw, Term
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

_DISCRETE = frozenset(("bernoulli", "poisson", "binomial", "geometric", "integers", "discrete"))
"""Laws whose mass at a place is the mean of an indicator."""
_AND = frozenset((",", "\\wedge", "\\land", "\\cap"))


def read(meaning: Meaning, cursor: Cursor) -> Term | None:
    """Read the probability of an event or an indicator; None where there is none."""
    return _probability(meaning, cursor) or _indicator(meaning, cursor)


def is_event(meaning: Meaning, nodes: Sequence[Node]) -> bool:
    """Return whether an event stands there: relations other than X = x, or several joined by words."""
    relations = [r for n in nodes if (r := relation_of(n)) is not None]
    joined = any(isinstance(n, Words) and n.text.strip() == "and" for n in nodes)
    if any(r in ("<", "<=", ">", ">=", "!=") for r in relations) or (joined and bool(relations)):
        return True
    return any(_equates(meaning, piece) for piece in split(nodes, (",", "|", "\\mid")))


def _equates(meaning: Meaning, piece: Sequence[Node]) -> bool:
    """Return whether X + Y = 1, X = Y or N = 0 stands there: what takes a value is no place of a law."""
    sides = split(piece, ("=",))
    if len(sides) != 2 or not all(sides):
        return False
    left, right = ([symbols.decorated(n) for n in side] for side in sides)
    if len(left) > 1:
        return any(_random(meaning, symbols.decorated(n)) is not None for n in everything(sides[0]))
    variable, other = (_random(meaning, side[0]) if len(side) == 1 else None for side in (left, right))
    counts = variable is not None and isinstance(variable.law, StandardLaw) and variable.law.kind in _DISCRETE
    return variable is not None and (other is not None or counts)


def _random(meaning: Meaning, symbol: str | None) -> RandomVariable | None:
    sort = meaning.knowledge.scope.sorts.get(symbol or "")
    return sort if isinstance(sort, RandomVariable) else None


def _probability(meaning: Meaning, cursor: Cursor) -> Term | None:
    node, bracket = cursor.peek(), cursor.peek(1)
    if node is None or not isinstance(bracket, Group) or bracket.opening not in ("(", "[", "\\{"):
        return None
    symbol = leaf_text(node) or symbols.base_symbol(node)
    if symbol not in PROBABILITIES or meaning.knowledge.is_function(symbol):
        return None
    of_events = probability(bracket, meaning.knowledge.scope, Span(node.span.start, bracket.span.end))
    if of_events is not None:
        cursor.take()
        cursor.take()
        return of_events
    if not is_event(meaning, bracket.items):
        return None
    event, given = _halves(bracket)
    conditions = _conditions(meaning, event, bracket.span)
    cursor.take()
    cursor.take()
    span = Span(node.span.start, bracket.span.end)
    scope = meaning.knowledge.scope
    if not given:
        return _mean(conditions, scope, span)
    known = _conditions(meaning, given, bracket.span)
    staged = hierarchy((_indicated(conditions, span),), known, scope, span) if are_values(known) else None
    if staged is not None:
        return staged.mean(span)
    return Quotient(_mean((*conditions, *known), scope, span), _mean(known, scope, span), span=span)


def _mean(conditions: tuple[Term, ...], scope: Scope, span: Span) -> Term:
    event = _indicated(conditions, span)
    staged = hierarchy((event,), (), scope, span)
    return Expectation((), event, span=span) if staged is None else staged.mean(span)


def _indicated(conditions: tuple[Term, ...], span: Span) -> Indicator:
    return Indicator(conditions[0] if len(conditions) == 1 else Conjunction(conditions, span=span), span=span)


def _halves(bracket: Group) -> tuple[Sequence[Node], Sequence[Node]]:
    """Cut at the bar of a condition; a pair of bars is an absolute value."""
    items = bracket.items
    mids = [n for n, item in enumerate(items) if leaf_text(item) == "\\mid"]
    bars = [n for n, item in enumerate(items) if leaf_text(item) == "|"]
    places = mids or (bars if len(bars) == 1 else [])
    if len(places) > 1 or (not mids and len(bars) not in (0, 1, 2)):
        raise NotUnderstood("which bar is the condition's is not clear", bracket.span, "write \\mid for given")
    return (items[: places[0]], items[places[0] + 1 :]) if places else (items, ())


def _conditions(meaning: Meaning, nodes: Sequence[Node], span: Span) -> tuple[Term, ...]:
    pieces: list[list[Node]] = [[]]
    for node in nodes:
        if leaf_text(node) in _AND or (isinstance(node, Words) and node.text.strip() == "and"):
            pieces.append([])
        else:
            pieces[-1].append(node)
    if not all(pieces):
        raise NotUnderstood("this event was not understood", span)
    return tuple(meaning.condition(piece) for piece in pieces)


def _indicator(meaning: Meaning, cursor: Cursor) -> Term | None:
    node, following = cursor.peek(), cursor.peek(1)
    base = node.base if isinstance(node, Scripted) else node
    if node is None or not _is_indicator(base):
        return None
    if isinstance(node, Scripted):
        lower = node.lower or ()
        inside = lower[0].items if len(lower) == 1 and isinstance(lower[0], Group) else lower
        if node.upper or node.primes or not _has_relation(inside):
            return None
        cursor.take()
        return _of(_conditions(meaning, inside, node.span), node.span)
    bracket = following.base if isinstance(following, Scripted) else following
    if not isinstance(bracket, Group) or bracket.opening == "{" or not _has_relation(bracket.items):
        return None
    inner = bracket.items
    if len(inner) == 1 and isinstance(inner[0], Group):
        inner = inner[0].items
    conditions = _conditions(meaning, inner, bracket.span)
    cursor.take()
    cursor.take()
    value = _of(conditions, Span(node.span.start, bracket.span.end))
    return raised(meaning, value, following.upper, value.span) if isinstance(following, Scripted) else value  # type: ignore[arg-type]


def _of(conditions: tuple[Term, ...], span: Span) -> Term:
    return Indicator(conditions[0] if len(conditions) == 1 else Conjunction(conditions, span=span), span=span)


def _has_relation(nodes: Sequence[Node]) -> bool:
    flat = [*nodes, *(n for g in nodes if isinstance(g, Group) for n in g.items)]
    return any(relation_of(n) in ("=", "!=", "<", "<=", ">", ">=", "\\equiv") for n in flat)


def _is_indicator(base: Node | None) -> bool:
    if isinstance(base, Command) and base.name in ("mathbb", "mathbf", "mathds", "mathbbm"):
        return symbols.label(base.arguments[0]) in ("1", "I")
    return isinstance(base, Leaf) and base.text in ("I", "1")
