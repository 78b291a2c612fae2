"""Vectors that are columns of the identity.

A step is first tried with all weights that sum to 1 in their place: what holds for these holds for one-hot vectors,
and can be proved. Only where it fails for some weights do the columns of the identity themselves decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from errata.language.inference import ONE_HOT
from errata.language.scope import Scope
from errata.language.sorts import Vector


def with_units(symbols: Sequence[str], scope: Scope) -> Scope | None:
    """Return the scope in which one-hot vectors are nothing else; None where something else was not understood.

    symbols: the names that a failure rests on, of which something was not understood.
    """
    sorts = {s: scope.sorts[s] for s in symbols if scope.not_understood.get(s) == ONE_HOT}
    if not symbols or len(sorts) < len(symbols):
        return None
    units = {s: replace(sort, simplex=False) for s, sort in sorts.items() if isinstance(sort, Vector) and sort.one_hot}
    if len(units) < len(sorts):
        return None
    known = {s: words for s, words in scope.not_understood.items() if s not in units}
    return replace(scope, sorts=MappingProxyType({**scope.sorts, **units}), not_understood=MappingProxyType(known))
