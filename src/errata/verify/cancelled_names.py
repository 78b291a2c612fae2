"""First members of recursions, and functions, on which the difference of the two sides does not depend.

A refutation does not rest on such a name: whatever it means, the sides differ by the same. That is asked of the numeric
witness as a claim: for another function, and for the same recursion from another first member on, the difference is
what it was.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from errata.language.definitions import renamed, used_symbols
from errata.language.scope import Recursion, Scope
from errata.language.sorts import Function, Real
from errata.language.statements import Reading
from errata.language.terms import Name, Negative, Sum, Term
from errata.numeric_checks.outcome import Agreement
from errata.numeric_checks.witness import check as check_numerically

COPY = "\\#"
"""What marks the other recursion, and its beginning; no symbol of a note ends so."""


def cancels(reading: Reading, symbol: str, scope: Scope, seed: int) -> bool:
    """Return whether the sides of an equation differ by the same, whichever number this first member is."""
    found = [recursion for recursion in scope.recursions.values() if (1, Name(symbol)) in recursion.starts]
    if reading.relation != "=" or len(found) != 1 or not isinstance(scope.sorts.get(symbol), Real):
        return False
    (recursion,) = found
    others = (*(r.body for r in scope.recursions.values() if r != recursion), *_bodies(scope))
    family, copy = recursion.symbol, recursion.symbol + COPY
    if len(recursion.starts) > 1 or any({family, symbol} & used_symbols(body) for body in others):
        return False
    again = Recursion(copy, recursion.index, renamed(recursion.body, family, copy), ((1, Name(symbol + COPY)),))
    difference = Sum((reading.left, Negative(reading.right)))
    posed = Reading("=", difference, renamed(renamed(difference, family, copy), symbol, symbol + COPY))
    sorts = {**scope.sorts, symbol + COPY: scope.sorts[symbol], copy: scope.sorts[family]}
    recursions = {**scope.recursions, copy: again}
    scope = replace(scope, sorts=MappingProxyType(sorts), recursions=MappingProxyType(recursions))
    return isinstance(check_numerically(posed, scope, seed=seed), Agreement)


def function_cancels(reading: Reading, symbol: str, scope: Scope, seed: int) -> bool:
    """Return whether the sides of an equation differ by the same, whichever function this is."""
    sort = scope.sorts.get(symbol)
    rests = [*_bodies(scope), *(r.body for r in scope.recursions.values()), *(d.body for d in scope.densities)]
    said = scope.facts or any(symbol in used_symbols(body) for body in rests)
    if reading.relation != "=" or not isinstance(sort, Function) or symbol in scope.definitions or said:
        return False
    difference = Sum((reading.left, Negative(reading.right)))
    posed = Reading("=", difference, renamed(difference, symbol, symbol + COPY))
    sorts = MappingProxyType({**scope.sorts, symbol + COPY: sort})
    return isinstance(check_numerically(posed, replace(scope, sorts=sorts), seed=seed), Agreement)


def _bodies(scope: Scope) -> list[Term]:
    """Return what else tells of names: definitions and assumptions."""
    return [*(definition.body for definition in scope.definitions.values()), *scope.assumptions]
