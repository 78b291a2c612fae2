"""Partial derivatives of what depends on a variable twice: in its own place, and through another quantity.

Of f(x, u) with u = u(x) the sign \\partial moves the place of x alone and d both. Of a name that a formula defines
notes mean either; the whole dependence is the likelier, the other a reading of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.language.recursions import HELD, immediate
from errata.language.scope import Scope
from errata.language.sorts import Function
from errata.language.terms import Apply, Name, Term, subterms

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

WHOLE, HELD_FIXED = "whole dependence", "others held fixed"
"""Choices of reading: of a function the total derivative, of a defined name the partial one."""

Held = tuple[tuple[Name, Term], ...]


def partial(meaning: Meaning, body: Term, variable: Term) -> tuple[Term, Held]:
    """Return what \\partial moves the variable in, with what it holds fixed."""
    scope = meaning.knowledge.scope
    arguments = _arguments(body, scope)
    if arguments is None:
        return _defined(meaning, body, variable)
    others = [a for a in arguments if a != variable and depends(a, variable, scope)]
    if variable not in arguments or not others:
        return body, ()
    meaning.ambiguities.add(WHOLE)
    if WHOLE in meaning.choices:
        return body, ()
    held = {a: Name(f"{HELD}_{{{place}}}") for place, a in enumerate(others)}
    function = body.function if isinstance(body, Apply) else body
    assert isinstance(function, Name)
    moved = Apply(function, tuple(held.get(a, a) for a in arguments), span=body.span)
    return moved, tuple((name, value) for value, name in held.items())


def _arguments(body: Term, scope: Scope) -> tuple[Term, ...] | None:
    if isinstance(body, Apply) and not body.order and not body.parameters:
        return body.arguments
    sort = scope.sorts.get(body.symbol) if isinstance(body, Name) else None
    if isinstance(sort, Function) and len(sort.on) > 1 and isinstance(body, Name):
        return tuple(Name(s) for s in sort.on)
    return None


def _defined(meaning: Meaning, body: Term, variable: Term) -> tuple[Term, Held]:
    scope = meaning.knowledge.scope
    definition = scope.definitions.get(body.symbol) if isinstance(body, Name) else None
    if definition is None or definition.parameters:
        return body, ()
    names = {t for t in subterms(definition.body) if isinstance(t, Name)}
    if variable not in names or not any(n != variable and depends(n, variable, scope) for n in names):
        return body, ()
    meaning.ambiguities.add(HELD_FIXED)
    return immediate(body, scope) if HELD_FIXED in meaning.choices else (body, ())


def depends(term: Term, variable: Term, scope: Scope) -> bool:
    """Return whether a term mentions the variable, through definitions and declared dependences."""
    pending, seen = [term], set[str]()
    while pending:
        part = pending.pop()
        if part == variable:
            return True
        for name in (t for t in subterms(part) if isinstance(t, Name)):
            if name == variable:
                return True
            if name.symbol in seen:
                continue
            seen.add(name.symbol)
            definition, sort = scope.definitions.get(name.symbol), scope.sorts.get(name.symbol)
            if definition is not None and not definition.parameters:
                pending.append(definition.body)
            elif isinstance(sort, Function):
                pending.extend(Name(s) for s in sort.on)
    return False
