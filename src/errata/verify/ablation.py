"""Names the reason of a step: the rules without which its proof fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from errata.language.statements import Reading
from errata.language.terms import Density, LawReference, subterms
from errata.verify.equalities import Found
from errata.verify.normal_form.laws import CONDITIONAL
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
BAYES = "Bayes' rule"


def named(reading: Reading, found: Found, attempt: Callable[[frozenset[str]], Found | None]) -> Proof:
    """Return the proof with the rules that it cannot do without, most telling first."""
    needed = [rule for rule in found.rules[:MOST_RULES] if attempt(frozenset((rule,))) is None]
    return Proof(in_order(reading, needed), found.conditions)


def in_order(reading: Reading, rules: Sequence[str]) -> tuple[str, ...]:
    """Return the rules of a proof of a claim, most telling first; what turns a conditional round is Bayes' rule."""
    telling = [rule for rule in rules if rule not in _STRUCTURAL]
    if CONDITIONAL in telling and _turns_a_conditional_round(reading):
        telling[telling.index(CONDITIONAL)] = BAYES
    return (*telling, *(rule for rule in _STRUCTURAL if rule in rules))


def _turns_a_conditional_round(reading: Reading) -> bool:
    """Whether one law is conditioned both ways: p(z | x) and p(x | z)."""
    directions = {
        (part.law.symbol, value.space, given.space)
        for side in (reading.left, reading.right)
        for part in subterms(side)
        if isinstance(part, Density | LawReference)
        for value in part.values
        for given in part.given
    }
    return any((law, given, value) in directions for law, value, given in directions)
