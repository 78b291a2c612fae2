"""Tools on terms for the SymPy voice: rebuilding, substitution without capture, fresh names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, cast

from errata.language.terms import (
    Aggregate,
    At,
    Binder,
    Domain,
    Draw,
    Expectation,
    Limit,
    MomentOf,
    Name,
    Slot,
    Term,
    subterms,
)

FRESH = "#"
"""Stands between a bound name and the number that makes it fresh; no symbol of a note contains it."""


class CannotEncode(Exception):
    """The claim, or this part of it, has no SymPy form here; the message says why, for the report."""


class OutOfRange(CannotEncode):
    """Something has no value at the sizes and points of this pattern, such as an index beyond its array."""


class FreshNames:
    """Hands out names that occur nowhere else."""

    def __init__(self) -> None:
        self._count = 0

    def like(self, symbol: str) -> str:
        """Return a new symbol that shows its origin: x#3."""
        self._count += 1
        return f"{base_of(symbol)}{FRESH}{self._count}"


def base_of(symbol: str) -> str:
    """Return the symbol that a fresh name was made from."""
    return symbol.split(FRESH, 1)[0]


def rebuilt(term: Term, change: Callable[[Term], Term]) -> Term:
    """Return the term with every direct subterm changed; names that bind stay as they are."""
    changes = {
        item.name: _changed(getattr(term, item.name), change)
        for item in fields(term)
        if item.name not in ("span", "law", "binder", "draws", "variable", "function")
        or (item.name in ("law", "variable") and not isinstance(getattr(term, item.name), Name))
    }
    for name in ("binder", "draws"):
        if hasattr(term, name):
            changes[name] = _changed(getattr(term, name), change)
    return cast(Term, replace(cast(Any, term), **changes))


def _changed(value: Any, change: Callable[[Term], Term]) -> Any:
    if isinstance(value, Term):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(part, change) for part in value)
    if isinstance(value, Slot):
        return Slot(value.space, change(value.value))
    if isinstance(value, Draw):
        return Draw(value.name, value.space, change(value.law))
    if isinstance(value, Binder):
        return Binder(value.name, _changed(value.domain, change))
    if isinstance(value, Domain):
        parts = {item.name: _changed(getattr(value, item.name), change) for item in fields(value)}
        return replace(value, **parts)
    return value


def bound_symbols(term: Term) -> tuple[str, ...]:
    """Return the symbols that this very node binds."""
    if isinstance(term, Aggregate):
        return (term.binder.name.symbol,)
    if isinstance(term, At | Limit):
        return (term.variable.symbol,)
    if isinstance(term, Expectation | MomentOf):
        return tuple(draw.name.symbol for draw in term.draws)
    return ()


def symbols_in(term: Term) -> frozenset[str]:
    """Return every symbol that occurs, bound or free."""
    return frozenset(part.symbol for part in subterms(term) if isinstance(part, Name))


def free_symbols(term: Term, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the symbols that occur free (what a binder's domain mentions counts as inside, which is safe)."""
    if isinstance(term, Name):
        if term.symbol not in bound:
            yield term.symbol
        return
    inner = bound | frozenset(bound_symbols(term))
    for part in subterms_below(term):
        yield from free_symbols(part, inner)


def subterms_below(term: Term) -> Iterator[Term]:
    """Yield the direct subterms, law and function names included, binding names left out."""
    for item in fields(term):
        if item.name != "span":
            yield from _below(getattr(term, item.name))


def _below(value: Any) -> Iterator[Term]:
    if isinstance(value, Term):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _below(part)
    elif isinstance(value, Slot):
        yield value.value
    elif isinstance(value, Draw):
        yield value.law
    elif isinstance(value, Binder):
        yield from _below(value.domain)
    elif isinstance(value, Domain):
        for item in fields(value):
            yield from _below(getattr(value, item.name))


def substituted(term: Term, values: Mapping[str, Term], fresh: FreshNames) -> Term:
    """Replace free names by terms; a binder that would capture a name of these terms is renamed first."""
    if not values:
        return term
    if isinstance(term, Name):
        return values.get(term.symbol, term)
    binds = bound_symbols(term)
    if binds:
        inner = {symbol: value for symbol, value in values.items() if symbol not in binds}
        if not inner:
            return _with_bound_values(term, values, fresh)
        mentioned = frozenset(symbol for value in inner.values() for symbol in free_symbols(value))
        captured = [symbol for symbol in binds if symbol in mentioned]
        if captured:
            term = renamed(term, {symbol: fresh.like(symbol) for symbol in captured}, fresh)
        values = inner
    term = _with_replaced_heads(term, values)
    return rebuilt(term, lambda part: substituted(part, values, fresh))


def _with_bound_values(term: Term, values: Mapping[str, Term], fresh: FreshNames) -> Term:
    if isinstance(term, At):
        return replace(term, value=substituted(term.value, values, fresh))
    if isinstance(term, Limit):
        return replace(term, point=substituted(term.point, values, fresh))
    return term


def _with_replaced_heads(term: Term, values: Mapping[str, Term]) -> Term:
    """Replace the names of laws and functions, and of a derivative's variable, by other names."""
    changes: dict[str, Term] = {}
    binds = isinstance(term, At | Limit)
    for field_name in ("law", "function", "variable"):
        head = getattr(term, field_name, None)
        if isinstance(head, Name) and head.symbol in values and not (field_name == "variable" and binds):
            value = values[head.symbol]
            if not isinstance(value, Name) and field_name != "variable":
                raise CannotEncode(f"{head.symbol} stands for more than a name where a name is needed")
            changes[field_name] = value
    return cast(Term, replace(cast(Any, term), **changes)) if changes else term


def renamed(term: Term, names: Mapping[str, str], fresh: FreshNames) -> Term:
    """Rename symbols that this node binds, in the binder and in what it binds."""
    values: dict[str, Term] = {old: Name(new) for old, new in names.items()}

    def new(name: Name) -> Name:
        return Name(names.get(name.symbol, name.symbol))

    if isinstance(term, Aggregate):
        binder = Binder(new(term.binder.name), term.binder.domain)
        return replace(term, binder=binder, body=substituted(term.body, values, fresh))
    if isinstance(term, At | Limit):
        return replace(term, variable=new(term.variable), body=substituted(term.body, values, fresh))
    if isinstance(term, Expectation | MomentOf):
        draws = []
        seen: dict[str, Term] = {}
        for draw in term.draws:
            draws.append(Draw(new(draw.name), draw.space, substituted(draw.law, seen, fresh)))
            if draw.name.symbol in values:
                seen[draw.name.symbol] = values[draw.name.symbol]
        if isinstance(term, Expectation):
            given = tuple(substituted(part, values, fresh) for part in term.given)
            return replace(term, draws=tuple(draws), body=substituted(term.body, values, fresh), given=given)
        arguments = tuple(substituted(part, values, fresh) for part in term.arguments)
        return replace(term, draws=tuple(draws), arguments=arguments)
    return term
