"""The numeric witness: does a claim hold under random interpretations of its scope?

An equality must hold to a relative error of 2e-6 of the scale of its terms; what lies between that and 1e-4 is
no opinion. A violation becomes a refutation only when it is confirmed (see `counterexample.py`).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from errata.language.scope import Scope
from errata.language.sorts import EuclideanSpace
from errata.language.statements import Reading
from errata.language.terms import Name, StandardLaw, subterms
from errata.numeric_checks import equalities, implications, inequalities, proportions
from errata.numeric_checks.batches import pose
from errata.numeric_checks.bounds import bound_claim, for_every_value
from errata.numeric_checks.budget import DEFAULT, SEARCH_TOO_LONG, Budget, Meter, Mismatch, Unanswerable
from errata.numeric_checks.evaluate import evaluate
from errata.numeric_checks.needs import find_symbols
from errata.numeric_checks.outcome import Agreement, NoOpinion, NumericOutcome, Refutation


def check(reading: Reading, scope: Scope, *, seed: int = 0, budget: Budget = DEFAULT) -> NumericOutcome:
    """Judge one reading of a claim in its scope; the same seed gives the same outcome.

    Never raises for what a note may contain: what cannot be evaluated is a NoOpinion with its reason.
    """
    outcome = _checked(reading, scope, seed, Meter(budget))
    if not isinstance(outcome, NoOpinion):
        return outcome
    bound = bound_claim(reading, scope)
    exceeded = _checked(*bound, seed, Meter(budget)) if bound is not None else outcome
    if isinstance(exceeded, Refutation):
        return exceeded
    posed = for_every_value(reading, scope) if outcome.reason.startswith(SEARCH_TOO_LONG) else None
    everywhere = _checked(*posed, seed, Meter(budget)) if posed is not None else outcome
    return everywhere if isinstance(everywhere, Agreement) else outcome


def _checked(reading: Reading, scope: Scope, seed: int, meter: Meter) -> NumericOutcome:
    try:
        with np.errstate(all="ignore"):
            return _finite_or_real(reading, scope, seed, meter)
    except Mismatch as reason:
        return _mismatch(reason, reading, scope)
    except Unanswerable as reason:
        return NoOpinion(str(reason))
    except RecursionError:
        return NoOpinion("the term is nested too deeply, or a definition refers to itself")
    except (MemoryError, OverflowError):
        return NoOpinion("a value is too large")
    except (ValueError, TypeError, LookupError, np.linalg.LinAlgError, FloatingPointError) as error:
        return NoOpinion(f"the claim could not be evaluated ({error})")


def _mismatch(reason: Mismatch, reading: Reading, scope: Scope) -> NoOpinion:
    symbols = find_symbols(reading.left, scope) | find_symbols(reading.right, scope)
    tied = any(c.relation == "=" and isinstance(c.left, Name) and c.left.symbol in symbols for c in scope.assumptions)
    return NoOpinion(str(reason), mismatch=not tied, rests_on=symbols)


def _finite_or_real(reading: Reading, scope: Scope, seed: int, meter: Meter) -> NumericOutcome:
    """Read Euclidean spaces as finitely many points where that will do, and as they are where it gives nothing."""
    euclidean = any(isinstance(kind, EuclideanSpace) for kind in scope.spaces.values())
    if not euclidean:
        return _judged(reading, scope, seed, meter, finite=True)
    first: NumericOutcome
    try:
        first = _judged(reading, scope, seed, meter, finite=True)
    except Mismatch:
        raise
    except Unanswerable as reason:
        first = NoOpinion(str(reason))
    if not isinstance(first, NoOpinion):
        return first
    try:
        second = _judged(reading, scope, seed, meter, finite=False)
    except Unanswerable:
        return first
    if not isinstance(second, NoOpinion):
        return second
    third = _for_all_laws(reading, scope, seed, meter)
    return first if third is None else third


def _for_all_laws(reading: Reading, scope: Scope, seed: int, meter: Meter) -> NumericOutcome | None:
    """Forget the formulas of laws: what holds for every law holds for these; a failure would prove nothing."""
    kept = {
        symbol: definition
        for symbol, definition in scope.definitions.items()
        if not any(isinstance(part, StandardLaw) for part in subterms(definition.body))
    }
    if not scope.densities and len(kept) == len(scope.definitions):
        return None
    general = replace(scope, definitions=kept, densities=())
    try:
        outcome = _judged(reading, general, seed, meter, finite=True)
    except Unanswerable:
        return None
    return outcome if isinstance(outcome, Agreement) else None


def _judged(reading: Reading, scope: Scope, seed: int, meter: Meter, *, finite: bool) -> NumericOutcome:
    match reading.relation:
        case "=" | "~=":
            return equalities.check_equality(pose(reading, scope, finite=finite), seed, meter)
        case "<" | "<=" | ">" | ">=" | "!=":
            return inequalities.check_inequality(pose(reading, scope, finite=finite), seed, meter)
        case "=>" | "<=>":
            return implications.check_implication(pose(reading, scope, finite=finite), seed, meter)
        case "propto":
            return proportions.check_proportion(pose(reading, scope, finite=finite), seed, meter)
        case "in":
            return NoOpinion("membership is not checked by numbers")
        case "->":
            return NoOpinion("a limit is not checked by numbers")


__all__ = ["check", "evaluate"]
