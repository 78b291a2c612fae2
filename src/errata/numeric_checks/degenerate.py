"""Places that no generic draw meets: P(X >= a) = 1 - P(X <= a) fails only if X takes the value a."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from errata.language.sorts import Real
from errata.language.terms import Indicator, subterms
from errata.numeric_checks.batches import Problem, evaluate_sides
from errata.numeric_checks.budget import Meter, Unanswerable
from errata.numeric_checks.interpretation import FinitePoints, Interpretation, Value
from errata.numeric_checks.quantities import Quantity

APART = 1e-3


def degenerate_failure(problem: Problem, drawn: Interpretation, meter: Meter) -> str:
    """Return where the equality fails although it holds for everything drawn; "" where nothing was found."""
    for words, changed in _changes(problem, drawn):
        moved = replace(drawn, values={**drawn.values, **changed})
        try:
            sides = evaluate_sides(problem, moved, meter)
        except Unanswerable:
            continue
        if sides.valid.any() and float(np.nanmax(sides.error[sides.valid])) > APART:
            return words
    return ""


def _changes(problem: Problem, drawn: Interpretation) -> Iterator[tuple[str, dict[str, Value]]]:
    parts = [t for side in (problem.reading.left, problem.reading.right) for t in subterms(side)]
    if any(isinstance(t, Indicator) for t in parts):
        yield from _thresholds(problem, drawn)


def _thresholds(problem: Problem, drawn: Interpretation) -> Iterator[tuple[str, dict[str, Value]]]:
    for space in drawn.spaces.values():
        if not isinstance(space, FinitePoints) or space.rank:
            continue
        for symbol in sorted(drawn.values.keys() - drawn.sizes.keys()):
            value = drawn.values[symbol]
            if isinstance(problem.scope.sorts.get(symbol), Real) and isinstance(value, Quantity) and not value.rank:
                at = np.broadcast_to(space.values[:, 0], (drawn.count,)).copy()
                yield f"{symbol} is a value that the variable takes", {symbol: Quantity(at)}
