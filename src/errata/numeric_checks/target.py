"""One side of a claim as a target: many terms are held against it, all under the same interpretations.

This finds candidates; it decides nothing. Two choices of sizes with a few interpretations each leave about one false
candidate in five hundred, which the judge then refutes on interpretations of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.language.terms import Term
from errata.numeric_checks.batches import Sides, both_sides, evaluate_sides, interpret, pose, side_value
from errata.numeric_checks.budget import Budget, Meter, Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.quantities import Floats

FITS = 1e-6
ROWS = 10
ATTEMPTS = 6
WANTED = 2
SETTING_UP = Budget(seconds=2.0)
CANDIDATE = Budget(seconds=0.5, evaluations=20_000)
"""What one candidate may cost."""

NO_VALUE = (
    Unanswerable, RecursionError, MemoryError, OverflowError, ValueError, TypeError, LookupError,
    np.linalg.LinAlgError, FloatingPointError, AssertionError,
)  # fmt: skip
"""What evaluation of a term that makes no sense may raise."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Interpretations of one choice of sizes, conditions solved and the target evaluated."""

    env: Environment
    satisfied: NDArray[np.bool_]
    target: Floats
    """One row an interpretation, entries flattened."""


@dataclass(frozen=True, eq=False)
class Target:
    """A term whose value others are to have."""

    term: Term
    batches: tuple[Batch, ...]

    def gap(self, term: Term) -> float | None:
        """Return how far a term is from the target at most, relative to scale; None where it has no value."""
        worst = 0.0
        for batch in self.batches:
            sides = self._sides(batch, term)
            if sides is None or sides.valid.sum() < 2:
                return None
            worst = max(worst, float(np.nanmax(sides.error)))
            if worst > FITS:
                return worst
        return worst

    def fits(self, term: Term) -> bool:
        """Return whether a term has the target's value wherever both are defined."""
        gap = self.gap(term)
        return gap is not None and gap <= FITS

    def values(self, term: Term) -> tuple[Floats, ...] | None:
        """Return the values of a term in every batch, shaped like the target's; None where it has none."""
        found = []
        for batch in self.batches:
            sides = self._sides(batch, term)
            if sides is None:
                return None
            found.append(np.where(sides.valid[:, None], sides.right, np.nan))
        return tuple(found)

    def differences(self, term: Term) -> tuple[Floats, ...] | None:
        """Return target - term in every batch."""
        values = self.values(term)
        return None if values is None else tuple(b.target - v for b, v in zip(self.batches, values, strict=True))

    def quotients(self, term: Term) -> tuple[Floats, ...] | None:
        """Return target / term in every batch, entry by entry; NaN where both are 0."""
        values = self.values(term)
        if values is None:
            return None
        with np.errstate(all="ignore"):
            return tuple(b.target / v for b, v in zip(self.batches, values, strict=True))

    def _sides(self, batch: Batch, term: Term) -> Sides | None:
        env = replace(batch.env, meter=Meter(CANDIDATE))
        try:
            with np.errstate(all="ignore"):
                return both_sides(Reading("=", self.term, term), env, batch.satisfied)
        except NO_VALUE:
            return None


def target_of(term: Term, written: Term, scope: Scope, also: Sequence[Term], seed: int) -> Target | None:
    """Evaluate a term on shared interpretations; None where it has no value.

    written: the other side of the claim. also: further terms whose names candidates may bring in.
    """
    for finite in (True, False):
        for further in (tuple(also), ()):
            found = _target(term, written, scope, further, seed, finite)
            if found is not None:
                return found
    return None


def _target(
    term: Term, written: Term, scope: Scope, also: tuple[Term, ...], seed: int, finite: bool
) -> Target | None:
    batches: list[Batch] = []
    meter = Meter(SETTING_UP)
    try:
        problem = pose(Reading("=", term, term), scope, finite=finite, also=(written, *also))
    except NO_VALUE:
        return None
    for attempt in range(ATTEMPTS):
        try:
            with np.errstate(all="ignore"):
                interpretation = interpret(problem, meter, seed=seed, attempt=attempt, count=ROWS)
                sides = evaluate_sides(problem, interpretation, meter)
        except NO_VALUE:
            continue
        if sides.valid.sum() < 2:
            continue
        value = side_value(term, sides.env)
        env = replace(sides.env, replaced={**sides.env.replaced, term: value})  # type: ignore[dict-item]
        batches.append(Batch(env, sides.satisfied, sides.left))
        if len(batches) >= WANTED:
            break
    return Target(term, tuple(batches)) if batches else None
