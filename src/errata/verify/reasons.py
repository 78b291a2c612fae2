"""The reason of a step: rules of proof that by themselves carry it."""

from __future__ import annotations

from collections.abc import Callable

from errata.language.statements import Reading, Statement
from errata.verify.equalities import Found
from errata.verify.proof import again, find

MOST_RULES = 16
MOST_TRIES = 24

Attempt = Callable[[frozenset[str]], Found | None]


def reason_of(statement: Statement) -> tuple[str, ...] | None:
    """Return rules that carry a claim, () for algebra; None where it has no proof of ours, or no such rules.

    With every other rule that could act switched off the claim is still proved, and nothing else acts.
    """
    reading: Reading = statement.readings[0]
    try:
        found = find(reading, statement.scope)
        if found is None:
            return None
        proof, mode = found
        return carrying(proof, again(reading, statement.scope, mode, 2 * proof.work + 500))
    except Exception:  # a fault of ours costs the reason, not the run
        return None


def carrying(proof: Found, attempt: Attempt) -> tuple[str, ...] | None:
    """Return rules of a proof that carry it alone: those it cannot do without, and as few others as that takes."""
    named = [rule for rule in proof.rules[:MOST_RULES] if attempt(frozenset((rule,))) is None]
    spare = [rule for rule in proof.rules if rule not in named]
    refused: set[str] = set(spare)
    for _ in range(MOST_TRIES):
        alone = attempt(frozenset(refused))
        if alone is not None and set(alone.rules) <= set(named):
            return tuple(named)
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
