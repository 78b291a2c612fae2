"""Names the reason of a step: the rules without which its proof fails."""

from __future__ import annotations

from collections.abc import Callable

from errata.verify.equalities import Found
from errata.verify.verdict import Proof

# Rules that say little by themselves come last, in this order.
_STRUCTURAL = (
    "linearity",
    "common denominator",
    "sums over one variable joined",
    "product rule",
    "chain rule",
    "derivative under the sum",
    "derivative",
    "power of a product",
    "exponential and logarithm are inverse",
    "exponential of a sum",
    "definition of expectation",
)
MOST_RULES = 16


def named(found: Found, attempt: Callable[[frozenset[str]], Found | None]) -> Proof:
    """Return the proof with the rules that it cannot do without, most telling first."""
    needed = [rule for rule in found.rules[:MOST_RULES] if attempt(frozenset((rule,))) is None]
    telling = [rule for rule in needed if rule not in _STRUCTURAL]
    rest = [rule for rule in _STRUCTURAL if rule in needed]
    return Proof((*telling, *rest), found.conditions)
