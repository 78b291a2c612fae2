"""Bare laws and functions in arithmetic, D^* = p/(p + q), read pointwise: at a point of their space."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from errata.language.knowledge import Knowledge
from errata.language.sorts import Function, Point
from errata.language.terms import (
    Aggregate,
    Apply,
    Binder,
    Density,
    Derivative,
    Draw,
    Entry,
    Expectation,
    Functional,
    LawReference,
    MomentOf,
    Name,
    Slot,
    Space,
    StandardLaw,
    Term,
)


def lift(term: Term, knowledge: Knowledge, kept: frozenset[str] = frozenset()) -> Term:
    """Return the term with bare laws replaced by their densities and bare functions by their values.

    kept: names that stay as they are, such as the arguments of a function that is being defined.
    """
    spaces = {**knowledge.usage.arguments, **dict.fromkeys(kept, ())}
    return _lift(term, knowledge, spaces, {})


def _lift(term: Term, knowledge: Knowledge, spaces: Mapping[str, tuple[str, ...]], points: Mapping[str, str]) -> Term:
    if isinstance(term, LawReference):
        return _density(term, knowledge, points)
    if isinstance(term, Functional | StandardLaw):
        return term
    if isinstance(term, Name):
        return _value(term, knowledge, spaces, points)
    if isinstance(term, Apply):
        return replace(term, arguments=tuple(_lift_argument(a, knowledge, spaces, points) for a in term.arguments))
    if isinstance(term, Derivative):
        body = _lift(term.body, knowledge, spaces, points)
        return replace(term, body=body, variable=dependent(term.variable, knowledge))
    if isinstance(term, Entry):
        indices = tuple(_lift(i, knowledge, spaces, points) for i in term.indices)
        return replace(term, array=dependent(term.array, knowledge), indices=indices)
    if isinstance(term, Expectation | MomentOf):
        points = {**points, **{d.space: d.name.symbol for d in term.draws}}
    if isinstance(term, Aggregate):
        if isinstance(term.binder.domain, Space):
            points = {**points, term.binder.domain.name: term.binder.name.symbol}
        return replace(term, body=_lift(term.body, knowledge, spaces, points))
    changes: dict[str, Any] = {}
    for item in fields(term):
        if item.name in ("span", "variable", "draws", "binder", "law", "array"):
            continue
        old = getattr(term, item.name)
        new = _in(old, knowledge, spaces, points)
        if new is not old:
            changes[item.name] = new
    return replace(term, **changes) if changes else term


def _lift_argument(
    term: Term, knowledge: Knowledge, spaces: Mapping[str, tuple[str, ...]], points: Mapping[str, str]
) -> Term:
    """An argument may itself be a function or a law (V(D, G)): those stay as they are."""
    term = dependent(term, knowledge)
    return term if isinstance(term, Name | LawReference) else _lift(term, knowledge, spaces, points)


def _in(
    value: object, knowledge: Knowledge, spaces: Mapping[str, tuple[str, ...]], points: Mapping[str, str]
) -> object:
    if isinstance(value, Term):
        return _lift(value, knowledge, spaces, points)
    if isinstance(value, Slot | Draw | Binder):
        return value
    if isinstance(value, tuple):
        parts = tuple(_in(v, knowledge, spaces, points) for v in value)
        return parts if any(a is not b for a, b in zip(parts, value, strict=True)) else value
    return value


def _density(law: LawReference, knowledge: Knowledge, points: Mapping[str, str]) -> Term:
    if law.values:
        return Density(law.law, law.values, law.given, law.parameters, span=law.span)
    usage = knowledge.law_usage(law.law.symbol)
    free = usage.free
    if not free:
        return law
    formulas = [d for d in knowledge.scope.densities if d.law == law.law.symbol]
    written = {space: variable for d in formulas for space, variable in (*d.values, *d.given)}
    points = {**written, **points}
    slots = tuple(Slot(s, Name(points.get(s, s))) for s in free)
    given = law.given or tuple(Slot(s, Name(points.get(s, s))) for s in usage.given if s not in free)
    return Density(law.law, slots, given, law.parameters, span=law.span)


def dependent(term: Term, knowledge: Knowledge, within: frozenset[str] = frozenset()) -> Term:
    """Return the value X(t) of a name declared to depend on others, X = X(t); other terms as they are."""
    if not isinstance(term, Name) or term.symbol in within or term.symbol in knowledge.scope.definitions:
        return term
    declared = knowledge.scope.sorts.get(term.symbol)
    if not isinstance(declared, Function) or not declared.on or any(isinstance(a, Point) for a in declared.arguments):
        return term
    within = within | {term.symbol}
    return Apply(term, tuple(dependent(Name(s), knowledge, within) for s in declared.on), span=term.span)


def _value(name: Name, knowledge: Knowledge, spaces: Mapping[str, tuple[str, ...]], points: Mapping[str, str]) -> Term:
    if not knowledge.is_function(name.symbol):
        return name
    if spaces.get(name.symbol) == ():
        return name
    declared = knowledge.scope.sorts.get(name.symbol)
    arguments: tuple[str, ...] = spaces.get(name.symbol, spaces.get(name.symbol.split("^", 1)[0], ()))
    if isinstance(declared, Function) and all(isinstance(a, Point) for a in declared.arguments):
        arguments = tuple(a.space for a in declared.arguments if isinstance(a, Point))
    definition = knowledge.scope.definitions.get(name.symbol)
    if definition is not None and definition.parameters:
        arguments = definition.parameters
    if not arguments:
        return dependent(name, knowledge)
    return Apply(name, tuple(Name(points.get(s, s)) for s in arguments), span=name.span)
