"""Where the values of a name lie: the ends of an integral or mean over all of them."""

from __future__ import annotations

from errata.language.scope import Scope
from errata.language.sorts import RandomVariable, Real
from errata.language.symbols import base_name

LINE = (float("-inf"), float("inf"))


def support(symbol: str, scope: Scope) -> tuple[float, float]:
    """Return the ends of the interval that a name is declared in, as it stands or by another point of its space."""
    own = scope.sorts.get(symbol)
    others = (scope.sorts[s] for s in sorted(scope.sorts) if base_name(s) == base_name(symbol) and s != symbol)
    for sort in (own, *others):
        numbers = sort.values if isinstance(sort, RandomVariable) else sort
        if isinstance(numbers, Real) and not numbers.integer and numbers != Real():
            low, high = numbers.low, numbers.high
            return LINE[0] if low is None else low, LINE[1] if high is None else high
    return LINE
