"""Variables that follow a law with a name of its own: their densities and the means over them."""

from __future__ import annotations

from collections.abc import Sequence

from errata.language.definitions import free_symbols
from errata.language.scope import Follows, Scope
from errata.language.sorts import Family, RandomVariable
from errata.language.symbols import base_name
from errata.language.terms import Draw, Name, Slot, Span, StandardDensity, StandardLaw, Term
from errata.language.tokens import NotUnderstood


def law_followed(symbol: str, scope: Scope) -> StandardLaw | None:
    """Return the named law that a variable is said to follow."""
    return next((f.law for f in reversed(scope.facts) if isinstance(f, Follows) and f.name == symbol), None)


def named_density(law: str, values: Sequence[Slot], given: Sequence[Slot], scope: Scope) -> StandardDensity | None:
    """Return p(x | a, b) of an x that follows a law with the parameters a and b; a p of the note's own is kept."""
    if len(values) != 1 or not isinstance(values[0].value, Name) or any(d.law == law for d in scope.densities):
        return None
    point = values[0].value
    followed = law_followed(point.symbol, scope)
    if followed is None or law in scope.definitions:
        return None
    told = {slot.value.symbol for slot in given if isinstance(slot.value, Name)}
    if len(told) != len(given) or not told <= free_symbols(followed):
        return None
    return StandardDensity(point, followed)


def named_draws(terms: Sequence[Term], scope: Scope, span: Span) -> tuple[Draw, ...]:
    """Return the draw of the one variable in the terms that follows a named law.

    Raises NotUnderstood where another random variable stands beside it: nothing tells how they depend on each other.
    """
    names = set().union(*(free_symbols(term) for term in terms))
    found = [(name, law) for name in sorted(names) if (law := law_followed(name, scope)) is not None]
    if not found:
        return ()
    drawn = {name for name in _behind(names, scope) if law_followed(name, scope) is not None or _random(name, scope)}
    if len(drawn) > 1:
        together = ", ".join(sorted(drawn))
        raise NotUnderstood(f"how these random variables depend on each other is not read: {together}", span)
    name, law = found[0]
    return (Draw(Name(name), base_name(name), law),)


def _behind(names: set[str], scope: Scope) -> set[str]:
    """Return the names with all that they are defined by."""
    reached: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        definition = scope.definitions.get(name)
        if definition is not None:
            waiting |= free_symbols(definition.body) - set(definition.parameters) - reached
    return reached


def _random(name: str, scope: Scope) -> bool:
    sort = scope.sorts.get(name)
    return isinstance(sort.element if isinstance(sort, Family) else sort, RandomVariable)
