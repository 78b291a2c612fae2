"""Whether an equation is true, by direct evaluation in a few models: shares no code with the judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import direct_evaluation as scalars
import matrix_evaluation as matrices

from errata.language.scope import Scope
from errata.language.terms import Comparison, Name, Term, subterms

MODELS, ENOUGH = 8, 4
GAP = 1e-5
Gap = Callable[[Term, Term], float]


def truth(left: Term, right: Term, scope: Scope) -> bool | None:
    """Return whether an equation holds; None where the models do not tell."""
    supposed = _supposed(left, right, scope)
    for models in (_scalar_models, _matrix_models):
        gaps = []
        for gap in models(scope):
            try:
                if all(_satisfied(comparison, gap) for comparison in supposed):
                    gaps.append(gap(left, right))
            except Exception:
                continue
        if any(gap > GAP for gap in gaps):
            return False
        if len(gaps) >= ENOUGH:
            return True
    return None


def _supposed(left: Term, right: Term, scope: Scope) -> list[Comparison]:
    """Return the assumptions about what the sides mention, and about what those mention."""
    names = _names(left) | _names(right)
    bodies = {symbol: _names(d.body) for symbol, d in scope.definitions.items()}
    bodies |= {symbol: _names(r.body) for symbol, r in scope.recursions.items()}
    related = [_names(c.left) | _names(c.right) for c in scope.assumptions]
    for _ in range(len(bodies) + len(related)):
        names |= {s for symbol in names & bodies.keys() for s in bodies[symbol]}
        names |= {s for group in related if group & names for s in group}
    return [c for c, group in zip(scope.assumptions, related, strict=True) if group & names]


def _names(term: Term) -> set[str]:
    return {t.symbol for t in subterms(term) if isinstance(t, Name)}


def _satisfied(supposed: Comparison, gap: Gap) -> bool:
    """Return whether a model satisfies an equation that is supposed; what else is supposed is left out."""
    return supposed.relation != "=" or gap(supposed.left, supposed.right) <= GAP


def _scalar_models(scope: Scope) -> Iterator[Gap]:
    for seed in range(MODELS):
        try:
            model = scalars.draw_model(scope, seed)
        except Exception:
            continue

        def gap(left: Term, right: Term, model: Any = model) -> float:
            one, other = (scalars.number(scalars.evaluate(side, model, {})) for side in (left, right))
            return float(abs(one - other) / max(1.0, abs(one), abs(other)))

        yield gap


def _matrix_models(scope: Scope) -> Iterator[Gap]:
    for seed in range(MODELS):
        try:
            model = matrices.draw_model(scope, seed, {})
        except Exception:
            continue

        def gap(left: Term, right: Term, model: Any = model) -> float:
            return float(matrices.gap(matrices.evaluate(left, model), matrices.evaluate(right, model)))

        yield gap
