r"""The function at which an extremum over functions is attained, compared with a formula: \arg\max_D V(D) = p/(p + q).

Such a claim is on the values of that function at every point, D^*(x) = p(x)/(p(x) + q(x)), and is posed so.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from errata.language.definitions import free_symbols
from errata.language.scope import Definition, Scope
from errata.language.sorts import Function, Point
from errata.language.statements import Reading, Statement
from errata.language.terms import Aggregate, Apply, Functions, Name, Term
from errata.language.unsaid import STRANGE

_PLACE = "{}^{{\\circ}}"


def at_points(statement: Statement) -> Statement:
    """Return a claim with the values of such a function in its place; other claims as they are."""
    posed = [_posed(reading, statement.scope) for reading in statement.readings]
    known = [p for p in posed if p is not None]
    if not known or len(known) < len(posed):
        return statement
    return replace(statement, readings=tuple(reading for reading, _ in known), scope=known[0][1])


def _posed(reading: Reading, scope: Scope) -> tuple[Reading, Scope] | None:
    if reading.relation != "=":
        return None
    for place, other in ((reading.left, reading.right), (reading.right, reading.left)):
        points = _points(place, scope)
        if isinstance(place, Aggregate) and points and _is_formula_at(other, points):
            symbol = place.binder.name.symbol
            name = Name(_PLACE.format(symbol), span=place.span)
            definitions = {**scope.definitions, name.symbol: Definition(name.symbol, (), place)}
            # what nothing says of the bound name, and of any point, leaves nothing open
            told = {s: w for s, w in scope.not_understood.items() if s not in (symbol, *points) or _says(w)}
            kept = replace(scope, definitions=MappingProxyType(definitions), not_understood=MappingProxyType(told))
            value = Apply(name, tuple(map(Name, points)), span=place.span)
            left, right = (value, other) if place is reading.left else (other, value)
            return replace(reading, left=left, right=right), kept
    return None


def _says(words: str) -> bool:
    return not words.startswith(STRANGE)


def _points(term: Term, scope: Scope) -> tuple[str, ...]:
    """Return the points that the functions take over which a place is sought; () where it is no such place."""
    match term:
        case Aggregate("argmax" | "argmin", binder) if isinstance(binder.domain, Functions):
            sort = scope.sorts.get(binder.name.symbol)
            if isinstance(sort, Function) and all(isinstance(a, Point) for a in sort.arguments):
                return tuple(a.space for a in sort.arguments if isinstance(a, Point))
    return ()


def _is_formula_at(term: Term, points: tuple[str, ...]) -> bool:
    """Return whether a term is a number that depends on the points."""
    return not isinstance(term, Name | Aggregate | Apply) and set(points) <= free_symbols(term)
