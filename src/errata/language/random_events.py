r"""Events by letters, and their unions, intersections and complements: P(A \cup B), P(A^c \mid B).

An event is the random variable that is 1 where it happens and else 0, so that the probability of one made of others is
the mean of a polynomial in these. Each letter occurs in it at most once a product, for A \cap A is A.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from itertools import pairwise, product
from types import MappingProxyType

from errata.language import symbols
from errata.language.definitions import free_symbols
from errata.language.prose.harvested import Declared, Harvest
from errata.language.scope import Scope
from errata.language.sorts import FiniteSpace, RandomVariable, Real, Sort
from errata.language.statements import Reading
from errata.language.syntax import Command, Group, Node, Scripted, everything, leaf_text, levels
from errata.language.terms import Expectation, Name, Negative, Number, Product, Quotient, Span, Sum, Term

PROBABILITIES = frozenset(("P", "\\Pr", "\\mathbb{P}", "\\mathrm{P}", "\\mathrm{Pr}", "Pr"))
UNDECLARED = "nothing says which event it is"
MOST_EVENTS = 6
"""More of them in one bracket are not read: their products double with each."""
_INDICATOR = Real(0.0, 1.0, low_open=False, high_open=False, integer=True)
_EVENT = re.compile(r"[A-Z](?:_\{?\w\}?)?")
_WORD = re.compile(r"\bevents?\b", re.IGNORECASE)
_UNION = frozenset(("\\cup", "\\vee", "\\lor"))
_INTERSECTION = frozenset(("\\cap", "\\wedge", "\\land"))
_MINUS = frozenset(("\\setminus",))
_COMMA = frozenset((",",))
_COMPLEMENT = frozenset(("c", "C", "\\complement"))
_OVERLINES = ("bar", "overline")

Polynomial = Mapping[frozenset[str], int]
"""A polynomial in indicators: the coefficient of each product of different ones."""


def is_event(sort: Sort | None) -> bool:
    """Return whether a sort is that of the indicator of an event."""
    return isinstance(sort, RandomVariable) and sort.values == _INDICATOR


def declared_events(names: Iterable[str], words: str) -> Harvest:
    """Return the declaration of names as events."""
    sorts = {name: RandomVariable(_space(name), None, _INDICATOR) for name in sorted(names)}
    points = FiniteSpace((Number(Fraction(0)), Number(Fraction(1))))
    declarations = tuple(Declared(name, sort, words) for name, sort in sorts.items())
    spaces = MappingProxyType({sort.space: points for sort in sorts.values()})
    return Harvest(declarations=declarations, spaces=spaces, is_declaring=bool(sorts))


def told_events(found: Harvest, surveyed: frozenset[str]) -> Harvest:
    """Return what a sentence says, with the names that it calls events declared as such.

    surveyed: the letters that formulas of the note make events of. Words other than "event" remain not understood.
    """
    told = {s: w for s, w in found.not_understood.items() if s in surveyed and _WORD.search(w)}
    if not told:
        return found
    events = declared_events(told, " ".join(told.values()))
    left = {s: w for s, w in found.not_understood.items() if s not in told or _WORD.sub("", w).strip()}
    left = {s: w for s, w in left.items() if s not in PROBABILITIES or not _WORD.search(w)}
    return replace(
        found,
        declarations=(*found.declarations, *events.declarations),
        spaces=MappingProxyType({**found.spaces, **events.spaces}),
        not_understood=MappingProxyType(left),
        is_declaring=True,
    )


def event_letters(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    r"""Return the letters that stand for events: those within P(...) of a note that joins them by \cup, \cap or ^c."""
    events, joined = _letters(formulas)
    return events if joined else frozenset()


def perhaps_events(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the letters that stand within P(...) as events do, where a sentence may call them so."""
    return _letters(formulas)[0]


def _letters(formulas: Iterable[Sequence[Node]]) -> tuple[frozenset[str], bool]:
    """Return the letters that only stand as events do within P(...), and whether some are joined."""
    events: set[str] = set()
    others: set[str] = set()
    joined = False
    for bracket in _probabilities(formulas):
        names = _capitals(bracket.items)
        halves = [_polynomial(half) for half in _halves(bracket)] if _is_short(bracket, names) else []
        if not halves or any(half is None for half in halves):
            others |= names
            continue
        events |= names
        joined = joined or any(_joins(item) for item in everything(bracket.items))
    return (frozenset(events), joined) if not events & others else (frozenset(), False)


def probability(bracket: Group, scope: Scope, span: Span) -> Term | None:
    """Return the probability of what stands in a bracket; None where that is no event made of declared ones."""
    names = _capitals(bracket.items)
    if not names or not _is_short(bracket, names) or not all(is_event(scope.sorts.get(name)) for name in names):
        return None
    halves = [_polynomial(half) for half in _halves(bracket)]
    event, given = (halves[0], halves[1] if len(halves) == 2 else {frozenset[str](): 1}) if halves else (None, None)
    if event is None or given is None:
        return None
    if len(halves) == 1:
        return _mean(event, span)
    return Quotient(_mean(_times(event, given), span), _mean(given, span), span=span)


def compares_with_numbers(reading: Reading, scope: Scope) -> bool:
    """Return whether a relation may say how likely an event is: one side speaks of events, the other of none."""
    sides = [any(is_event(scope.sorts.get(s)) for s in free_symbols(t)) for t in (reading.left, reading.right)]
    return sides[0] != sides[1]


def _is_short(bracket: Group, names: set[str]) -> bool:
    """Return whether the polynomial of what stands in a bracket has few terms, and is found in a few steps."""
    return len(names) <= MOST_EVENTS and sum(1 for _ in everything(bracket.items)) <= 20 * MOST_EVENTS


def _space(name: str) -> str:
    return symbols.base_name(name) if len(name) == 1 else name


def _probabilities(formulas: Iterable[Sequence[Node]]) -> Iterable[Group]:
    """Yield the brackets after P and the like."""
    for side_by_side in (run for nodes in formulas for run in levels(nodes)):
        for node, bracket in pairwise(side_by_side):
            symbol = leaf_text(node) or symbols.base_symbol(node)
            if symbol in PROBABILITIES and isinstance(bracket, Group) and bracket.opening in ("(", "["):
                yield bracket


def _halves(bracket: Group) -> list[Sequence[Node]]:
    """Cut at the bar of a condition; [] where there is more than one."""
    bars = [n for n, item in enumerate(bracket.items) if leaf_text(item) in ("\\mid", "|")]
    if len(bars) > 1:
        return []
    return [bracket.items[: bars[0]], bracket.items[bars[0] + 1 :]] if bars else [bracket.items]


def _capitals(nodes: Sequence[Node]) -> set[str]:
    """Return the letters of events among nodes, complements and all."""
    found = {s for n in everything(nodes) if (s := _letter(n)) is not None}
    return {s for s in found if "_" in s} | {s for s in found if not any(o.startswith(f"{s}_") for o in found)}


def _letter(node: Node) -> str | None:
    bare = replace(node, upper=None) if isinstance(node, Scripted) and _is_complement(node.upper) else node
    symbol = symbols.decorated(bare)
    return symbol if symbol is not None and _EVENT.fullmatch(symbol) else None


def _joins(node: Node) -> bool:
    complemented = isinstance(node, Scripted) and _is_complement(node.upper)
    overlined = isinstance(node, Command) and node.name in _OVERLINES
    return complemented or overlined or leaf_text(node) in _UNION | _INTERSECTION | _MINUS | {"\\neg"}


def _is_complement(upper: Sequence[Node] | None) -> bool:
    items = upper[0].items if upper and len(upper) == 1 and isinstance(upper[0], Group) else upper or ()
    return len(items) == 1 and (leaf_text(items[0]) in _COMPLEMENT or symbols.label(items) == "c")


def _polynomial(nodes: Sequence[Node]) -> Polynomial | None:
    """Return the indicator of an event; None where the nodes are none.

    Commas bind least. Which of two different signs binds more is not agreed on, so they need brackets.
    """
    for signs, join in _JOINS:
        pieces = _split(nodes, signs)
        if len(pieces) > 1:
            others = frozenset[str]().union(*(s for s, _ in _JOINS[1:])) - signs
            clear = signs == _COMMA or not any(leaf_text(node) in others for node in nodes)
            return _joined(pieces, join) if clear and (signs != _MINUS or len(pieces) == 2) else None
    if len(nodes) == 2 and leaf_text(nodes[0]) in ("\\neg", "\\lnot"):
        inner = _polynomial(nodes[1:])
        return None if inner is None else _opposite(inner)
    return _atom(nodes[0]) if len(nodes) == 1 else None


def _joined(
    pieces: Sequence[Sequence[Node]], join: Callable[[Polynomial, Polynomial], Polynomial]
) -> Polynomial | None:
    found = [_polynomial(piece) for piece in pieces]
    known = [p for p in found if p is not None]
    return reduce(join, known) if len(known) == len(found) else None


def _atom(node: Node) -> Polynomial | None:
    if isinstance(node, Scripted) and _is_complement(node.upper) and not node.primes:
        inner = _atom(replace(node, upper=None) if node.lower else node.base)
        return None if inner is None else _opposite(inner)
    if isinstance(node, Command) and node.name in _OVERLINES:
        inner = _polynomial(node.arguments[0])
        return None if inner is None else _opposite(inner)
    if isinstance(node, Group) and node.opening in ("(", "[", "{"):
        return _polynomial(node.items)
    symbol = symbols.decorated(node)
    return {frozenset((symbol,)): 1} if symbol is not None and _EVENT.fullmatch(symbol) else None


def _split(nodes: Sequence[Node], signs: frozenset[str]) -> list[list[Node]]:
    pieces: list[list[Node]] = [[]]
    for node in nodes:
        if leaf_text(node) in signs:
            pieces.append([])
        else:
            pieces[-1].append(node)
    return pieces


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    found: dict[frozenset[str], int] = {}
    for (a, m), (b, n) in product(left.items(), right.items()):
        found[a | b] = found.get(a | b, 0) + m * n
    return {names: n for names, n in found.items() if n}


def _opposite(event: Polynomial) -> Polynomial:
    found = {names: -n for names, n in event.items()}
    found[frozenset()] = found.get(frozenset(), 0) + 1
    return {names: n for names, n in found.items() if n}


def _either(left: Polynomial, right: Polynomial) -> Polynomial:
    return _opposite(_times(_opposite(left), _opposite(right)))


def _mean(event: Polynomial, span: Span) -> Term:
    ordered = sorted(event.items(), key=lambda item: (len(item[0]), sorted(item[0])))
    terms = [_monomial(sorted(names), n) for names, n in ordered]
    if not terms:
        return Number(Fraction(0), span=span)
    return Expectation((), terms[0] if len(terms) == 1 else Sum(tuple(terms)), span=span)


def _monomial(names: Sequence[str], coefficient: int) -> Term:
    factors: list[Term] = [Name(name) for name in names]
    if abs(coefficient) != 1 or not factors:
        factors.insert(0, Number(Fraction(abs(coefficient))))
    found = factors[0] if len(factors) == 1 else Product(tuple(factors))
    return Negative(found) if coefficient < 0 else found


_JOINS: tuple[tuple[frozenset[str], Callable[[Polynomial, Polynomial], Polynomial]], ...] = (
    (_COMMA, _times),
    (_UNION, _either),
    (_INTERSECTION, _times),
    (_MINUS, lambda one, other: _times(one, _opposite(other))),
)
"""The signs between events, and what they make of two."""
