"""Recursions: h_t = f(h_{t-1}, x_t) with its start h_0, defined once; and their immediate derivatives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from errata.language import symbols
from errata.language.array_shapes import shape_of
from errata.language.cursor import relation_of
from errata.language.definitions import free_symbols, rebuilt, substitute
from errata.language.scope import Recursion, Scope
from errata.language.sorts import Family, Matrix, Real, Vector
from errata.language.syntax import Node, Scripted, everything
from errata.language.terms import (
    At,
    Comparison,
    Derivative,
    Entry,
    Name,
    Negative,
    Number,
    Sum,
    Term,
    subterms,
)

HELD = "\\zeta'"
"""Names that hold something while the rest of a formula moves begin so."""


def recursion_of(left: Term, right: Term) -> Recursion | None:
    """Return the recursion that an equation h_t = ... h_{t-1} ... states, None where it states none."""
    if not isinstance(left, Entry) or not isinstance(left.array, Name) or len(left.indices) != 1:
        return None
    index, shift = shifted(left.indices[0])
    if index is None:
        return None
    symbol = left.array.symbol
    body = substitute(right, {index: plus(Name(index), -shift)}) if shift else right
    lags = [_lag(e, index) for e in _members(body, symbol)]
    if not lags or any(lag is None or lag < 1 for lag in lags):
        return None
    return Recursion(symbol, index, body)


def start_of(left: Term, right: Term) -> tuple[str, int, Term] | None:
    """Return h, 0 and the value of h_0 = value."""
    if not isinstance(left, Entry) or not isinstance(left.array, Name) or len(left.indices) != 1:
        return None
    place = left.indices[0]
    if not isinstance(place, Number) or place.value.denominator != 1 or _members(right, left.array.symbol):
        return None
    return left.array.symbol, int(place.value), right


def may_start(recursion: Recursion, place: int) -> bool:
    """Return whether a value at this place may be one that the recursion starts from and still lacks."""
    lags = [lag for e in _members(recursion.body, recursion.symbol) if (lag := _lag(e, recursion.index))]
    return len(recursion.starts) < max(lags) and place <= max(lags) and all(place != p for p, _ in recursion.starts)


def start_equation(symbol: str, place: int, value: Term) -> Comparison:
    """Return the equation h_0 = value."""
    return Comparison("=", Entry(Name(symbol), (Number(Fraction(place)),)), value)


def _members(term: Term, symbol: str) -> list[Entry]:
    return [t for t in subterms(term) if isinstance(t, Entry) and t.array == Name(symbol)]


def _lag(entry: Entry, index: str) -> int | None:
    name, shift = shifted(entry.indices[0]) if len(entry.indices) == 1 else (None, 0)
    return -shift if name == index else None


def shifted(term: Term) -> tuple[str | None, int]:
    """Read t, t + 1, t - 2 as the name and what is added; None for anything else."""
    if isinstance(term, Name):
        return term.symbol, 0
    if isinstance(term, Sum) and len(term.terms) == 2 and isinstance(term.terms[0], Name):
        added = term.terms[1]
        sign, number = (-1, added.term) if isinstance(added, Negative) else (1, added)
        if isinstance(number, Number) and number.value.denominator == 1:
            return term.terms[0].symbol, sign * int(number.value)
    return None, 0


def plus(index: Term, shift: int) -> Term:
    """index + shift, simplified, so that h_{t+1-1} is h_t."""
    if shift == 0:
        return index
    name, before = shifted(index)
    if before and name is not None:
        return plus(Name(name), before + shift)
    if isinstance(index, Number):
        return Number(index.value + shift)
    number = Number(Fraction(abs(shift)))
    return Sum((index, number if shift > 0 else Negative(number)))


def simplified(term: Term) -> Term:
    """Return the term with indices t + 1 - 1 and 3 - 1 worked out."""
    if isinstance(term, Entry) and len(term.indices) == 1:
        index = term.indices[0]
        if isinstance(index, Sum) and len(index.terms) == 2:
            added = index.terms[1]
            sign, number = (-1, added.term) if isinstance(added, Negative) else (1, added)
            if isinstance(number, Number) and number.value.denominator == 1:
                return replace(term, indices=(plus(index.terms[0], sign * int(number.value)),))
    return rebuilt(term, simplified)


# Scopes ----------------------------------------------------------------------------------------------


def settled(scope: Scope) -> Scope:
    """Return the scope with recursions taken out of the assumptions, each with its start and its members' sort."""
    found = dict(scope.recursions)
    kept: list[Comparison] = []
    for assumption in scope.assumptions:
        recursion = recursion_of(assumption.left, assumption.right) if assumption.relation == "=" else None
        if recursion is None:
            kept.append(assumption)
        else:
            found[recursion.symbol] = replace(recursion, starts=found.get(recursion.symbol, recursion).starts)
    if not found:
        return scope
    others: list[Comparison] = []
    for assumption in kept:
        start = start_of(assumption.left, assumption.right) if assumption.relation == "=" else None
        if start is not None and start[0] in found:
            found[start[0]] = _started(found[start[0]], start[1], start[2])
        else:
            others.append(assumption)
    found = {symbol: _with_named_starts(recursion, scope) for symbol, recursion in found.items()}
    sorts = dict(scope.sorts)
    for symbol, recursion in found.items():
        sorts[symbol] = Family((None,), _element(recursion, scope) or Real())
    return replace(scope, assumptions=tuple(others), recursions=found, sorts=sorts)


def _started(recursion: Recursion, place: int, value: Term) -> Recursion:
    return replace(recursion, starts=(*(s for s in recursion.starts if s[0] != place), (place, value)))


def _with_named_starts(recursion: Recursion, scope: Scope) -> Recursion:
    """h_0 that is declared on its own ("let h_0 in R^d") is the start."""
    for place in (0, 1, -1):
        name = symbols.compose(plain(recursion.symbol), str(place))
        declared = name in scope.sorts or name in scope.definitions
        if declared and all(place != p for p, _ in recursion.starts):
            recursion = _started(recursion, place, Name(name))
    return recursion


def plain(symbol: str) -> str:
    """Return the name of a family without the label that tells it apart from the same name without an index."""
    return symbol.removesuffix("_{\\cdot}")


def _element(recursion: Recursion, scope: Scope) -> Vector | Matrix | None:
    """The sort of a member: as declared, else as the recursion's formula tells."""
    known = scope.sorts.get(recursion.symbol)
    if isinstance(known, Family):
        return known.element if isinstance(known.element, Vector | Matrix) else _shaped(recursion, scope)
    if isinstance(known, Vector | Matrix):
        return known
    return _shaped(recursion, scope)


def _shaped(recursion: Recursion, scope: Scope) -> Vector | Matrix | None:
    shape = shape_of(recursion.body, scope)
    if not shape:
        return None
    return Vector(shape[0]) if shape[1] == Number(Fraction(1)) else Matrix(shape[0], shape[1])


def without_start(recursions: Mapping[str, Recursion], terms: Iterable[Term]) -> str | None:
    """Return the symbol of a recursion that the terms use and that has no start."""
    used = {t.symbol for term in terms for t in subterms(term) if isinstance(t, Name)}
    for symbol in sorted(used & recursions.keys()):
        if not recursions[symbol].starts:
            return symbol
    return None


def ordered(recursions: Mapping[str, Recursion], terms: Iterable[Term]) -> tuple[Comparison, ...]:
    """Return k <= t for every derivative of h_t by h_k: an earlier member does not depend on a later one."""
    found: list[Comparison] = []
    for term in terms:
        free = free_symbols(term)
        for part in subterms(term):
            if not isinstance(part, Derivative) or not isinstance(part.body, Entry):
                continue
            body, variable = part.body, part.variable
            if not isinstance(variable, Entry) or body.array != variable.array or not isinstance(body.array, Name):
                continue
            late, early = body.indices[0], variable.indices[0]
            names = free_symbols(late) | free_symbols(early)
            apart = shifted(late)[0] != shifted(early)[0]
            if body.array.symbol in recursions and apart and names and names <= free:
                found.append(Comparison("<=", early, late))
    return tuple(dict.fromkeys(found))


# Immediate derivatives -------------------------------------------------------------------------------


def immediate(term: Term, scope: Scope) -> tuple[Term, tuple[tuple[Name, Term], ...]]:
    """Return what a term is by its own formula, with everything defined in it held by names of its own.

    h_k is tanh(W c + U x_k) with c for h_{k-1}: the immediate derivative, written with a plus, moves W in it and
    not in c.
    """
    opened = _opened(term, scope)
    held: dict[Term, Name] = {}
    body = _held(opened, scope, held)
    return body, tuple((name, value) for value, name in held.items())


def _opened(term: Term, scope: Scope) -> Term:
    if isinstance(term, Entry) and isinstance(term.array, Name) and term.array.symbol in scope.recursions:
        recursion = scope.recursions[term.array.symbol]
        return simplified(substitute(recursion.body, {recursion.index: term.indices[0]}))
    if isinstance(term, Name) and (definition := scope.definitions.get(term.symbol)) and not definition.parameters:
        return definition.body
    return term


def _held(term: Term, scope: Scope, held: dict[Term, Name]) -> Term:
    defined = isinstance(term, Name) and (d := scope.definitions.get(term.symbol)) and not d.parameters
    member = isinstance(term, Entry) and isinstance(term.array, Name) and term.array.symbol in scope.recursions
    if defined or member:
        return held.setdefault(term, Name(f"{HELD}_{{{len(held)}}}"))
    return rebuilt(term, lambda part: _held(part, scope, held))


def held_again(term: Term, held: Sequence[tuple[Name, Term]]) -> Term:
    """Return the term with the names that held something at what they held."""
    for name, value in held:
        term = At(term, name, value)
    return term


# Looking ahead ---------------------------------------------------------------------------------------


def recursive_names(formulas: Iterable[Sequence[Node]]) -> frozenset[str]:
    """Return the families that some formula states as h_t = ... h_{t-1} ..., so that h_0 = ... is their start."""
    found: set[str] = set()
    for nodes in formulas:
        marks = [i for i, node in enumerate(nodes) if relation_of(node) in ("=", ":=")]
        if not marks or marks[0] != 1 or not isinstance(nodes[0], Scripted):
            continue
        base = symbols.base_symbol(nodes[0].base)
        inner = [n for n in everything(nodes[2:]) if isinstance(n, Scripted)]
        if base is not None and any(symbols.base_symbol(n.base) == base and _differs(n, nodes[0]) for n in inner):
            found.add(base)
    return frozenset(found)


def _differs(one: Scripted, other: Scripted) -> bool:
    scripts = [symbols.label(n.lower or ()) or symbols.label(n.upper or ()) for n in (one, other)]
    return scripts[0] != scripts[1]
