"""Proportionality: the ratio of the sides is constant in the variables that the left law is a law of."""

from __future__ import annotations

import numpy as np

from errata.language.terms import Density, Name
from errata.numeric_checks.batches import Problem, interpret, sizes_used
from errata.numeric_checks.budget import Meter, Unanswerable
from errata.numeric_checks.counterexample import row_values, small_interpretations
from errata.numeric_checks.equalities import EQUAL
from errata.numeric_checks.evaluate import environment
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.interpretation import FinitePoints, Interpretation
from errata.numeric_checks.outcome import Agreement, Counterexample, NoOpinion, NumericOutcome, Refutation
from errata.numeric_checks.pencil import cost
from errata.numeric_checks.quantities import Floats, Quantity, lifted
from errata.numeric_checks.render import decimal_text
from errata.numeric_checks.solving import satisfy

COUNT = 8
APART = 1e-3


def check_proportion(problem: Problem, seed: int, meter: Meter) -> NumericOutcome:
    """Judge left propto right."""
    left = problem.reading.left
    if not isinstance(left, Density):
        return NoOpinion("in which variable the sides are proportional is not clear")
    variables = [slot for slot in left.values if isinstance(slot.value, Name)]
    if len(variables) != len(left.values):
        return NoOpinion("in which variable the sides are proportional is not clear")
    worst, count, sizes = 0.0, 0, set()
    for attempt in range(3):
        interpretation = interpret(problem, meter, seed=seed, attempt=attempt, count=COUNT)
        errors, _, _ = _spread(problem, interpretation, meter)
        if not np.isfinite(errors).any():
            continue
        worst = max(worst, float(np.nanmax(errors)))
        if worst > APART:
            return _refuted(problem, interpretation, seed, meter)
        count += int(np.isfinite(errors).sum())
        sizes |= set(sizes_used(interpretation))
    if count < COUNT:
        return NoOpinion("no valid interpretation found")
    if worst > EQUAL:
        return NoOpinion(f"the ratio of the sides varies by {worst:.1e}, too little to tell")
    return Agreement(count, tuple(sorted(sizes)), int(min(15, -np.log10(max(worst, 1e-15)))))


def _spread(problem: Problem, interpretation: Interpretation, meter: Meter) -> tuple[Floats, Environment, Floats]:
    """Return how much the ratio varies in each interpretation (NaN where undefined), and the ratios."""
    env = environment(problem.scope, interpretation, meter)
    env, holds = satisfy(problem.conditions, env, problem.needs)
    ratios = _ratios(problem, env)
    good = np.isfinite(ratios).all(axis=1) & (holds > 0)
    spread = (ratios.max(axis=1) - ratios.min(axis=1)) / np.abs(ratios).max(axis=1)
    return np.where(good, spread, np.nan), env, ratios


def _refuted(problem: Problem, drawn: Interpretation, seed: int, meter: Meter) -> NumericOutcome:
    if problem.needs.several_points:
        return NoOpinion("a law takes several points of one space, and how they depend on each other is not said")
    for interpretation in (*small_interpretations(problem, seed, meter), drawn):
        try:
            errors, env, ratios = _spread(problem, interpretation, meter)
        except Unanswerable:
            continue
        failing = np.flatnonzero(np.nan_to_num(errors) > APART)
        if len(failing):
            row = min((int(r) for r in failing), key=lambda r: (cost(interpretation, problem, r), r))
            found = ratios[row]
            text = Counterexample(
                row_values(problem, interpretation, env, row),
                f"left over right is {decimal_text(float(found.min()))} at one place",
                f"and {decimal_text(float(found.max()))} at another",
                False,
            )
            return Refutation(text, problem.needs.symbols)
    return NoOpinion("the ratio varies, but no counterexample could be confirmed")


def _ratios(problem: Problem, env: Environment) -> Floats:
    """Return left over right, one row an interpretation, one column a choice of the variables."""
    left = problem.reading.left
    assert isinstance(left, Density)
    count, inner = env.interpretation.count, env
    for slot in left.values:
        assert isinstance(slot.value, Name)
        space = env.space(slot.space)
        if isinstance(space, FinitePoints):
            inner = inner.with_value(slot.value.symbol, inner.points_axis(slot.space), axes=1)
        elif not space.vector:
            trial = np.array([-1.7, -0.6, 0.1, 0.9, 1.6]).reshape((1,) * inner.depth + (-1,))
            inner = inner.with_value(slot.value.symbol, Quantity(trial), axes=1)
        else:
            rng = np.random.default_rng(3)
            trials = rng.normal(0.0, 1.0, (1,) * inner.depth + (5, space.dimension, 1))
            inner = inner.with_value(slot.value.symbol, Quantity(trials, 2), axes=1)
    top, bottom = inner.number(left), inner.number(problem.reading.right)
    if top.rank or bottom.rank:
        raise Unanswerable("proportional sides that are no numbers")
    a, b = lifted(top.array, 0, inner.depth), lifted(bottom.array, 0, inner.depth)
    ratio = a / np.where(b == 0, np.nan, b)
    full = np.broadcast_to(ratio, (count, *ratio.shape[1:]))
    return full.reshape(count, -1)
