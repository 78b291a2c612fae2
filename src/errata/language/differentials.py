"""Differentials: d(XY) = (dX) Y + X (dY) is a claim about every direction in which X and Y may move.

dX is a name of its own, of X's kind; the differential of a term is its derivative along these directions:
d f = d/de f(X + e dX, Y + e dY) at e = 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from errata.language import symbols
from errata.language.cursor import Cursor, split_relations
from errata.language.inference import size_names
from errata.language.scope import Scope
from errata.language.sorts import Matrix, Real, Sort, Vector
from errata.language.syntax import Command, Environment, Group, Leaf, Node, Scripted, Words, everything, leaf_text
from errata.language.terms import At, Derivative, Name, Number, Product, Span, Sum, Term, subterms
from errata.language.tokens import NotUnderstood

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

DIRECTION = "\\mathrm{d}"
STEP = Name("\\epsilon'")
FEWER = "constant names"
"""The choice of reading in which only names whose differentials are written move."""

_SPOKEN = re.compile(r"\bdifferentials\b|\bdifferential (?:\$|of\b|is\b|form\b)")
_LINEAR = frozenset(("symmetric", "antisymmetric", "hermitian", "diagonal", "lower triangular", "upper triangular"))


def read(meaning: Meaning, cursor: Cursor) -> Term | None:
    """Read d followed by what it is taken of, where the note speaks of differentials; None elsewhere."""
    sign = cursor.peek()
    following = cursor.peek(1)
    scope = meaning.knowledge.scope
    if sign is None or following is None or not scope.directions or not _is_sign(sign):
        return None
    counted = meaning.knowledge.declared("d") or any("d" in size_names(s) for s in scope.sorts.values())
    if leaf_text(sign) == "d" and counted:
        return None
    cursor.take()
    body = meaning.factor(cursor)
    return differential(meaning, body, Span(sign.span.start, (body.span or sign.span).end))


def _is_sign(node: Node) -> bool:
    if isinstance(node, Words):
        return node.text.strip() == "d"
    return isinstance(node, Leaf) and leaf_text(node) in ("d", "\\partial")


def differential(meaning: Meaning, body: Term, span: Span) -> Term:
    """Return the differential of a term."""
    scope = meaning.knowledge.scope
    moving = [s for s in names_of(body, scope) if _may_move(s, scope) and s not in scope.constants]
    told = set(moving) <= scope.directions
    if not told:
        meaning.ambiguities.add(FEWER)
        if FEWER in meaning.choices:
            moving = [s for s in moving if s in scope.directions]
    if not moving:
        raise NotUnderstood("nothing that is said to vary stands in this differential", span)
    if isinstance(body, Name) and moving == [body.symbol]:
        return direction(body.symbol, span)
    for symbol in moving:
        body = At(body, Name(symbol), Sum((Name(symbol), Product((STEP, direction(symbol, span))))), span=span)
    return At(Derivative(body, STEP, span=span), STEP, Number(Fraction(0)), span=span)


def direction(symbol: str, span: Span | None = None) -> Name:
    """Return the name of dX."""
    return Name(f"{DIRECTION}{symbol}", span=span)


def names_of(term: Term, scope: Scope) -> list[str]:
    """Return the undefined names that a term rests on, through definitions; sizes and bound names aside."""
    found: dict[str, None] = {}
    pending, seen = [term], set[str]()
    while pending:
        for part in subterms(pending.pop()):
            if not isinstance(part, Name) or part.symbol in seen:
                continue
            seen.add(part.symbol)
            definition = scope.definitions.get(part.symbol)
            if definition is not None:
                pending.append(definition.body)
            elif not part.symbol.startswith(DIRECTION):
                found[part.symbol] = None
    return list(found)


def _sort(symbol: str, scope: Scope) -> Sort | None:
    sort = scope.sorts.get(symbol)
    if isinstance(sort, Real) and sort.integer:
        return None
    return sort if isinstance(sort, Vector | Matrix | Real) else None


def _may_move(symbol: str, scope: Scope) -> bool:
    """Return whether a name is a number, vector or matrix; one that nothing declares may be a number."""
    return _sort(symbol, scope) is not None or (symbol in scope.directions and symbol not in scope.sorts)


def with_directions(scope: Scope, terms: Iterable[Term]) -> Scope:
    """Return the scope with a sort for every dX of the terms: any direction in which X may move."""
    sorts = dict(scope.sorts)
    for term in terms:
        for part in subterms(term):
            if isinstance(part, Name) and part.symbol.startswith(DIRECTION):
                sort = scope.sorts.get(part.symbol.removeprefix(DIRECTION))
                if isinstance(sort, Matrix):
                    sorts[part.symbol] = replace(sort, properties=sort.properties & _LINEAR, entries=_any(sort.entries))
                elif isinstance(sort, Vector):
                    sorts[part.symbol] = Vector(sort.size, entries=_any(sort.entries))
                elif isinstance(sort, Real | None):
                    sorts[part.symbol] = _any(sort or Real())
    return replace(scope, sorts=MappingProxyType(sorts)) if sorts != dict(scope.sorts) else scope


def _any(entries: Real) -> Real:
    """Return all numbers of the kind, real or complex."""
    return Real(complex=entries.complex)


def directions(formulas: Sequence[Sequence[Node]], prose: str) -> frozenset[str]:
    """Return the names whose differentials a note writes; none where it does not speak of differentials.

    An upright d, in a note without integrals, speaks of them too, and so does an equation with a d on both sides.
    """
    nodes = [node for formula in formulas for node in everything(formula)]
    integrals = any(leaf_text(n) == "\\int" for n in nodes)
    told = _SPOKEN.search(prose.lower()) is not None
    found: set[str] = set()
    for formula in formulas:
        related = _relates_differentials(formula)
        for sign, following in _signs(_whole(formula) if related else formula):
            if told or related or (not integrals and isinstance(sign, Words)):
                base = following.base if isinstance(following, Scripted) else following
                symbol = symbols.decorated(following) or symbols.base_symbol(base)
                found |= {symbol} if symbol is not None else set()
    return frozenset(found)


def _relates_differentials(nodes: Sequence[Node]) -> bool:
    """Return whether an equation without integrals has a d before a name on both sides: du = 2x dx."""
    if any(leaf_text(n) == "\\int" for n in everything(nodes)):
        return False
    sides = split_relations(nodes)[0]
    return len(sides) > 1 and all(any(_is_d_of_a_name(*pair) for pair in _signs(_whole(side))) for side in sides)


def _whole(side: Sequence[Node]) -> list[Node]:
    """Return a side with the numerators of its fractions, but for derivatives, which have a d below too."""
    fractions = [n.arguments for n in side if isinstance(n, Command) and n.name == "frac"]
    return [*side, *(node for top, bottom in fractions if not _has_sign(bottom) for node in top)]


def _has_sign(nodes: Sequence[Node]) -> bool:
    return any(_is_sign(node) for node in nodes)


def _is_d_of_a_name(sign: Node, following: Node) -> bool:
    plain = isinstance(sign, Words) or leaf_text(sign) == "d"
    return plain and sign.span.end == following.span.start and symbols.decorated(following) is not None


def _signs(nodes: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    """Yield every sign of differentiation with what follows it, outside of fractions."""
    for sign, following in pairwise(nodes):
        if _is_sign(sign):
            yield sign, following
    for node in nodes:
        base = node.base if isinstance(node, Scripted) else node
        if isinstance(base, Group):
            yield from _signs(base.items)
        elif isinstance(base, Environment):
            for row in base.rows:
                yield from _signs([n for cell in row for n in cell])
