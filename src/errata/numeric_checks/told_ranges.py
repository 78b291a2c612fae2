"""What inequalities say of an index before it is drawn: j from M + 1 to D.

Interpretations that break them are thrown away; with several conditions hardly any would be left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil, floor

from errata.language.terms import Comparison, Name, Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.sizes import rational

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def told_range(
    symbol: str, conditions: Iterable[Comparison], sizes: Mapping[str, int]
) -> tuple[int | None, int | None]:
    """Return the least and the largest integer that the conditions leave to a name, None where they set no bound."""
    low: int | None = None
    high: int | None = None
    for condition in conditions:
        for side, bound, relation in (
            (condition.left, condition.right, condition.relation),
            (condition.right, condition.left, _TURNED.get(condition.relation, "")),
        ):
            if side != Name(symbol) or relation not in _TURNED:
                continue
            found = _bound(bound, relation, sizes)
            if found is None:
                continue
            if relation in (">", ">="):
                low = found if low is None else max(low, found)
            else:
                high = found if high is None else min(high, found)
    return low, high


def _bound(term: Term, relation: str, sizes: Mapping[str, int]) -> int | None:
    try:
        value = rational(term, sizes)
    except Unanswerable:
        return None
    match relation:
        case ">":
            return floor(value) + 1
        case ">=":
            return ceil(value)
        case "<":
            return ceil(value) - 1
    return floor(value)
