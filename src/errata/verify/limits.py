"""Claims with limits as claims without: every limit's value in its place, before the witnesses see it.

A limit of finite sums is the endless sum, by its definition. Of two limits of one kind it is enough that their bodies
agree. A limit that has no value here, be it that there is none, leaves its claim undecided.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType

from errata.language.definitions import free_symbols, rebuilt
from errata.language.inference import relevant
from errata.language.scope import Scope
from errata.language.statements import Reading, Statement
from errata.language.terms import Aggregate, Constant, Limit, Negative, Product, Range, Sum, Term, children, subterms
from errata.verify.verdict import Evidence, Judgement

ESTIMATE = re.compile(r"\\(hat|bar|tilde|check)\b")
"""Names that are marked as notes mark what is estimated from so many data as there are."""
INFINITY = Constant("infinity")
NOT_KNOWN = "what this limit comes to was not worked out, or it does not exist"


class NoLimit(Exception):
    """A limit whose value is not known."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A statement without limits.

    perhaps_moving: names in their bodies that may depend on what moves, though nothing shows it: estimates, and what
    is declared nowhere and stands nowhere else.
    """

    statement: Statement
    perhaps_moving: frozenset[str]


def has_limit(term: Term) -> bool:
    """Return whether a limit stands in a term."""
    return any(isinstance(part, Limit) for part in subterms(term))


def judged(statement: Statement, judge: Callable[[Statement], Judgement]) -> Judgement | None:
    """Return the verdict on a claim that rests on limits, None where it rests on none."""
    sides = (side for reading in statement.readings for side in (reading.left, reading.right))
    explained = (definition.body for definition in statement.scope.definitions.values())
    if not any(map(has_limit, (*sides, *explained))) or not any(map(has_limit, _terms(statement))):
        return None
    resolved = _resolved(statement)
    if resolved is None:
        return _by_bodies(statement, judge) or Judgement("undecided", "undecided", NOT_KNOWN)
    first = resolved.statement.readings[0]
    if _is_infinite(first.left) or _is_infinite(first.right):
        return _infinite(first)
    judgement = judge(resolved.statement)
    if judgement.verdict == "wrong" and resolved.perhaps_moving:
        name = min(resolved.perhaps_moving)
        return Judgement("undecided", "undecided", f"whether {name} stays as it is in the limit is not said")
    evidence = Evidence("sympy", "limits worked out by SymPy, and confirmed by numbers near the end")
    return replace(judgement, evidence=(*judgement.evidence, evidence))


def _terms(statement: Statement) -> list[Term]:
    """Return the sides of all readings, and the formulas that they rest on."""
    sides = [side for reading in statement.readings for side in (reading.left, reading.right)]
    return [*sides, *relevant(statement.scope, sides)[1]]


def _resolved(statement: Statement) -> Resolved | None:
    scope = statement.scope
    found: list[tuple[Limit, Term]] = []
    try:
        definitions = {
            symbol: replace(known, body=_without(known.body, scope, found)) if has_limit(known.body) else known
            for symbol, known in scope.definitions.items()
            if not has_limit(known.body) or _is_used(symbol, statement)
        }
        readings = tuple(
            replace(r, left=_without(r.left, scope, found), right=_without(r.right, scope, found))
            for r in statement.readings
        )
    except NoLimit:
        return None
    scope = replace(scope, definitions=MappingProxyType(definitions))
    assumed = {s for a in scope.assumptions for s in free_symbols(a)}
    untold = scope.inferred.keys() - assumed
    beside = {s for r in statement.readings for side in (r.left, r.right) for s in _outside(side)}
    free = set().union(*map(free_symbols, _terms(statement)))
    unsure = frozenset(
        symbol
        for limit, value in found
        for symbol in (free & free_symbols(limit)) - beside - scope.definitions.keys()
        if (symbol in untold and symbol not in free_symbols(value)) or ESTIMATE.match(symbol)
    )
    resolved = replace(statement, readings=readings, scope=scope)
    return Resolved(resolved, unsure) if not any(map(has_limit, _terms(resolved))) else None


def _outside(term: Term) -> set[str]:
    """Return the free names of a term that stand outside of its limits."""
    if isinstance(term, Limit):
        return set()
    return set().union(*map(_outside, children(term))) if has_limit(term) else free_symbols(term)


def _is_used(symbol: str, statement: Statement) -> bool:
    return any(symbol in free_symbols(term) for term in _terms(statement))


def _without(term: Term, scope: Scope, found: list[tuple[Limit, Term]]) -> Term:
    """Return a term with the values of its limits, inner ones first. Raises NoLimit."""
    if not has_limit(term):
        return term
    if isinstance(term, Limit):
        limit = replace(term, body=_without(term.body, scope, found))
        moving = term.variable.symbol
        lost = limit != term and moving not in free_symbols(limit.body)  # in the limits within
        value = limit.body if lost else _endless(limit) or _value(limit, scope)
        if value is None:
            raise NoLimit
        found.append((limit, value))
        return value
    if isinstance(term, Aggregate) and has_limit(term.body):
        raise NoLimit
    return rebuilt(term, lambda part: _without(part, scope, found))


def _value(limit: Limit, scope: Scope) -> Term | None:
    from errata.verify.limit_values import value_of

    return value_of(limit, scope)


def _endless(limit: Limit) -> Term | None:
    """Return the endless sum that sums up to the variable go to; factors that do not move stand before it."""
    factors = limit.body.factors if isinstance(limit.body, Product) else (limit.body,)
    *before, last = factors
    symbol = limit.variable.symbol
    if limit.point != INFINITY or not isinstance(last, Aggregate) or last.operation != "sum":
        return None
    domain = last.binder.domain
    if not isinstance(domain, Range) or not _is_ahead(domain.high, limit):
        return None
    if any(symbol in free_symbols(part) for part in (domain.low, last.body, *before)):
        return None
    binder = replace(last.binder, domain=Range(domain.low, INFINITY))
    endless = replace(last, binder=binder)
    return Product((*before, endless)) if before else endless


def _is_ahead(high: Term, limit: Limit) -> bool:
    """Return whether a sum ends at the variable, or a fixed number of terms before or after it."""
    terms = high.terms if isinstance(high, Sum) else (high,)
    rest = [part for part in terms if part != limit.variable]
    return len(rest) == len(terms) - 1 and all(limit.variable.symbol not in free_symbols(part) for part in rest)


def _by_bodies(statement: Statement, judge: Callable[[Statement], Judgement]) -> Judgement | None:
    """Return that two limits of one kind are equal, where what they are limits of is."""
    first = statement.readings[0]
    match first:
        case Reading("=", Limit() as left, Limit() as right):
            same = (left.variable, left.point, left.side) == (right.variable, right.point, right.side)
            if not same or has_limit(left.body) or has_limit(right.body):
                return None
            bodies = judge(replace(statement, readings=(Reading("=", left.body, right.body),)))
            return bodies if bodies.verdict in ("proved", "holds") else None
    return None


def _is_infinite(term: Term) -> bool:
    return term in (INFINITY, Negative(INFINITY))


def _infinite(reading: Reading) -> Judgement:
    if reading.relation == "=" and reading.left == reading.right:
        evidence = (Evidence("sympy", "the limit was worked out by SymPy, and confirmed by numbers near the end"),)
        return Judgement("holds", "", "", evidence)
    return Judgement("undecided", "undecided", "a limit that is infinite is compared with something else")
