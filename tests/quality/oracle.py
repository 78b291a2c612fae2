"""Whether an equation is true, by direct evaluation in a few models: shares no code with the judge."""

from __future__ import annotations

import direct_evaluation as scalars
import matrix_evaluation as matrices

from errata.language.scope import Scope
from errata.language.terms import Term

MODELS, ENOUGH = 8, 4
GAP = 1e-5


def truth(left: Term, right: Term, scope: Scope) -> bool | None:
    """Return whether an equation holds; None where the models do not tell."""
    for differences in (_scalar_gaps, _matrix_gaps):
        gaps = differences(left, right, scope)
        if any(gap > GAP for gap in gaps):
            return False
        if len(gaps) >= ENOUGH:
            return True
    return None


def _scalar_gaps(left: Term, right: Term, scope: Scope) -> list[float]:
    gaps = []
    for seed in range(MODELS):
        try:
            model = scalars.draw_model(scope, seed)
            one, other = (scalars.number(scalars.evaluate(side, model, {})) for side in (left, right))
        except Exception:
            continue
        gaps.append(abs(one - other) / max(1.0, abs(one), abs(other)))
    return gaps


def _matrix_gaps(left: Term, right: Term, scope: Scope) -> list[float]:
    gaps = []
    for seed in range(MODELS):
        try:
            model = matrices.draw_model(scope, seed, {})
            gaps.append(float(matrices.gap(matrices.evaluate(left, model), matrices.evaluate(right, model))))
        except Exception:
            continue
    return gaps
