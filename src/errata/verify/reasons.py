"""The reason of a step: rules of proof that by themselves carry it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from errata.language.statements import Statement
from errata.verify.ablation import BAYES, in_order
from errata.verify.equalities import Found
from errata.verify.normal_form.laws import CONDITIONAL
from errata.verify.proof import again, find

MOST_RULES = 16
MOST_TRIES = 24

Attempt = Callable[[frozenset[str]], Found | None]


def reason_of(statement: Statement) -> tuple[str, ...] | None:
    """Return rules that carry a claim, () for algebra; None where it has no proof of ours, or no such rules.

    With every other rule that could act switched off the claim is still proved, and nothing else acts.
    """
    try:
        proved = _proof_of(statement)
        rules = carrying(*proved) if proved is not None else None
    except Exception:  # a fault of ours costs the reason, not the run
        return None
    return None if rules is None else in_order(statement.readings[0], rules)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim with the rules that somebody says carry it."""

    statement: Statement
    rules: tuple[str, ...]


def carries(claimed: Claimed) -> bool:
    """Return whether a claim is proved by these rules and no others, each of them at work."""
    proved = _proof_of(claimed.statement)
    if proved is None:
        return False
    _, attempt = proved
    named = {CONDITIONAL if rule == BAYES else rule for rule in claimed.rules}
    refused: set[str] = set()
    for _ in range(MOST_TRIES):
        alone = attempt(frozenset(refused))
        if alone is None or set(alone.rules) <= named:
            return alone is not None and set(alone.rules) == named
        refused |= set(alone.rules) - named
    return False


def _proof_of(statement: Statement) -> tuple[Found, Attempt] | None:
    """Return a proof of a claim, and the attempt at it without some rules."""
    reading = statement.readings[0]
    found = find(reading, statement.scope)
    if found is None:
        return None
    proof, mode = found
    return proof, again(reading, statement.scope, mode, 2 * proof.work + 500)


def carrying(proof: Found, attempt: Attempt) -> tuple[str, ...] | None:
    """Return rules of a proof that carry it alone: those it cannot do without, and as few others as that takes."""
    named = [rule for rule in proof.rules[:MOST_RULES] if attempt(frozenset((rule,))) is None]
    spare = [rule for rule in proof.rules if rule not in named]
    refused: set[str] = set(spare)
    for _ in range(MOST_TRIES):
        alone = attempt(frozenset(refused))
        if alone is not None and set(alone.rules) <= set(named):
            return tuple(rule for rule in named if rule in alone.rules)
        if alone is not None:
            refused |= set(alone.rules) - set(named)
        elif spare:
            # Of rules that can stand in for each other none is needed, and yet one is.
            chosen = spare.pop(0)
            named.append(chosen)
            refused.discard(chosen)
        else:
            return None
    return None
