"""Variables that follow a law with a name of its own, and their densities."""

from __future__ import annotations

from collections.abc import Sequence

from errata.language.definitions import free_symbols
from errata.language.scope import Follows, Scope
from errata.language.sorts import RandomVariable
from errata.language.terms import Name, Slot, StandardDensity, StandardLaw


def law_followed(symbol: str, scope: Scope) -> StandardLaw | None:
    """Return the named law that a variable is said to follow."""
    return next((f.law for f in reversed(scope.facts) if isinstance(f, Follows) and f.name == symbol), None)


def standard_law(symbol: str, scope: Scope) -> StandardLaw | None:
    """Return the standard law of a name: that of a random variable, or the named one that it follows."""
    sort = scope.sorts.get(symbol)
    own = sort.law if isinstance(sort, RandomVariable) else None
    return own if isinstance(own, StandardLaw) else law_followed(symbol, scope)


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
