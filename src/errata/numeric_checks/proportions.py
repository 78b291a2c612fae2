"""Proportionality: the ratio of the sides is constant in the variables that the left law is a law of."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from errata.language.definitions import free_symbols
from errata.language.printer import to_text
from errata.language.sorts import Real
from errata.language.terms import Apply, Density, Elementary, Name, Number, StandardDensity, Term, subterms
from errata.numeric_checks.batches import Problem, interpret, sizes_used
from errata.numeric_checks.budget import Meter, Unanswerable
from errata.numeric_checks.counterexample import row_values, small_interpretations
from errata.numeric_checks.equalities import EQUAL
from errata.numeric_checks.evaluate import environment
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.interpretation import Euclidean, FinitePoints, Interpretation, SpaceValue
from errata.numeric_checks.outcome import Agreement, Counterexample, NoOpinion, NumericOutcome, Refutation
from errata.numeric_checks.pencil import cost
from errata.numeric_checks.quantities import Floats, Quantity, lifted
from errata.numeric_checks.render import decimal_text
from errata.numeric_checks.solving import satisfy

COUNT = 8
APART = 1e-3
Variables = tuple[tuple[str, str], ...]
"""Symbols with their spaces, "" for none."""


def check_proportion(problem: Problem, seed: int, meter: Meter) -> NumericOutcome:
    """Judge left propto right."""
    if not _variables(problem):
        return NoOpinion("in which variable the sides are proportional is not clear")
    worst, count, sizes = 0.0, 0, set()
    for attempt in range(3):
        interpretation = interpret(problem, meter, seed=seed, attempt=attempt, count=COUNT)
        errors, _, _ = _spread(problem, interpretation, meter)
        if not np.isfinite(errors).any():
            continue
        worst = max(worst, float(np.nanmax(errors)))
        if worst > APART:
            other = _perhaps_in(problem, interpretation, meter)
            if other is not None:
                return NoOpinion(f"in which variable the sides are proportional is not said: they are in {other}")
            return _refuted(problem, interpretation, seed, meter)
        count += int(np.isfinite(errors).sum())
        sizes |= set(sizes_used(interpretation))
    if count < COUNT:
        return NoOpinion("no valid interpretation found")
    if worst > EQUAL:
        return NoOpinion(f"the ratio of the sides varies by {worst:.1e}, too little to tell")
    return Agreement(count, tuple(sorted(sizes)), int(min(15, -np.log10(max(worst, 1e-15)))))


def _variables(problem: Problem) -> Variables:
    """Return the symbols (with their spaces, "" for none) that the left side is a density or function of.

    They stand in a law's places, else the note tells them, else they are where a standard density is taken, or the
    arguments of a function.
    """
    parts = list(subterms(problem.reading.left))
    densities = [t for t in parts if isinstance(t, Density)]
    if densities:
        slots = [s for t in densities for s in t.values]
        named = {(s.value.symbol, s.space): None for s in slots if isinstance(s.value, Name)}
        same = all(t.values == densities[0].values for t in densities)
        return tuple(named) if same and all(isinstance(s.value, Name) for s in slots) else ()
    told = problem.scope.varying
    if told is not None and told in free_symbols(problem.reading.left):
        return ((told, ""),)
    points = {t.point.symbol for t in parts if isinstance(t, StandardDensity) and isinstance(t.point, Name)}
    called = {t.arguments for t in parts if isinstance(t, Apply) and t.order == 0}
    if not points and len(called) == 1:
        points = {a.symbol for a in called.pop() if isinstance(a, Name)}
    return ((points.pop(), ""),) if len(points) == 1 else ()


def _perhaps_in(problem: Problem, interpretation: Interpretation, meter: Meter) -> str | None:
    """Return a parameter or a condition of the left side in which the sides, which depend on it, are proportional.

    A likelihood is a function of its parameters: N(t; w x, s) may be meant up to what does not depend on w.
    """
    for variable in _parameters(problem):
        try:
            errors, _, _ = _spread(problem, interpretation, meter, (variable,))
            alone, _, _ = _spread(problem, interpretation, meter, (variable,), alone=True)
        except Unanswerable:
            continue
        known = np.isfinite(errors)
        if known.any() and float(errors[known].max()) <= EQUAL and float(np.nanmax(alone)) > APART:
            return to_text(Name(variable[0]))
    return None


def _parameters(problem: Problem) -> Variables:
    """Return the names, with their spaces, that stand behind the bar of densities on the left, and on the right too."""
    found: dict[tuple[str, str], None] = {}
    for term in subterms(problem.reading.left):
        if isinstance(term, StandardDensity):
            names = (name for parameter in term.law.parameters for name in sorted(free_symbols(parameter)))
            found.update({(name, ""): None for name in names})
        elif isinstance(term, Density):
            found.update({(s.value.symbol, s.space): None for s in term.given if isinstance(s.value, Name)})
    here = free_symbols(problem.reading.right) - set(problem.sizes) - problem.scope.definitions.keys()
    taken = _variables(problem)
    return tuple(pair for pair in found if pair[0] in here and pair not in taken)


def _shape(symbol: str, space: SpaceValue | None, env: Environment) -> tuple[int, ...]:
    """Return the shape of a variable: that of its space, or of the value that was drawn for it."""
    if isinstance(space, Euclidean):
        return (space.dimension, 1) if space.vector else ()
    value = env.interpretation.values.get(symbol)
    if isinstance(value, Quantity):
        return value.shape
    raise Unanswerable(f"{symbol} is no number or vector that the sides could be compared along")


def _inside(symbol: str, trial: Floats, env: Environment) -> Floats:
    """Move the trial values into the domain that the variable is declared in."""
    sort = env.scope.sorts.get(symbol)
    if not isinstance(sort, Real) or (sort.low is None and sort.high is None):
        return trial
    if sort.low is not None and sort.high is not None:
        return sort.low + (sort.high - sort.low) / (1 + np.exp(-trial))
    return sort.low + np.exp(trial) if sort.low is not None else (sort.high or 0.0) - np.exp(trial)


def _spread(
    problem: Problem, interpretation: Interpretation, meter: Meter, variables: Variables = (), *, alone: bool = False
) -> tuple[Floats, Environment, Floats]:
    """Return how much the ratio varies in each interpretation (NaN where undefined), and the ratios.

    variables: those that it is to be constant in, where they are not the ones of the law. alone: of the left side.
    """
    env = environment(problem.scope, interpretation, meter)
    env, holds = satisfy(problem.conditions, env, problem.needs)
    ratios, scale = _ratios(problem, env, variables or _variables(problem), alone)
    good = np.isfinite(ratios).all(axis=1) & (holds > 0)
    spread = (ratios.max(axis=1) - ratios.min(axis=1)) / scale
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
                f"{_compared(problem)} is {decimal_text(float(found.min()))} at one place",
                f"and {decimal_text(float(found.max()))} at another",
                False,
            )
            return Refutation(text, problem.needs.symbols)
    return NoOpinion("the ratio varies, but no counterexample could be confirmed")


def _ratios(problem: Problem, env: Environment, variables: Variables, alone: bool) -> tuple[Floats, Floats]:
    """Return left over right, one row an interpretation, one column a choice of the variables, and their scale.

    Of two exponentials, which may be too small to divide, the difference of the exponents.
    """
    left, right = problem.reading.left, problem.reading.right
    logarithmic = _is_exponential(left) and _is_exponential(right)
    count, inner = env.interpretation.count, env
    for symbol, space_name in variables:
        space = env.interpretation.spaces.get(space_name)
        if isinstance(space, FinitePoints):
            inner = inner.with_value(symbol, inner.points_axis(space_name), axes=1)
            continue
        shape = _shape(symbol, space, env)
        rng = np.random.default_rng(3)
        if not shape:
            trial = np.array([-1.7, -0.6, 0.1, 0.9, 1.6]).reshape((1,) * inner.depth + (-1,))
            inner = inner.with_value(symbol, Quantity(_inside(symbol, trial, env)), axes=1)
        else:
            trials = rng.normal(0.0, 1.0, (1,) * inner.depth + (5, *shape))
            inner = inner.with_value(symbol, Quantity(trials, 2), axes=1)
    if logarithmic:
        assert isinstance(left, Elementary)
        assert isinstance(right, Elementary)
        left, right = left.arguments[0], right.arguments[0]
    top, bottom = inner.number(left), inner.number(Number(Fraction(0 if logarithmic else 1)) if alone else right)
    if top.rank or bottom.rank:
        raise Unanswerable("proportional sides that are no numbers")
    a, b = lifted(top.array, 0, inner.depth), lifted(bottom.array, 0, inner.depth)
    ratio = a - b if logarithmic else a / np.where(b == 0, np.nan, b)
    scale = np.fmax(1.0, np.fmax(np.abs(a), np.abs(b))) if logarithmic else np.abs(ratio)
    full, size = (np.broadcast_to(x, (count, *ratio.shape[1:])).reshape(count, -1) for x in (ratio, scale))
    return full, size.max(axis=1)


def _compared(problem: Problem) -> str:
    both = _is_exponential(problem.reading.left) and _is_exponential(problem.reading.right)
    return "left less right" if both else "left over right"


def _is_exponential(term: Term) -> bool:
    return isinstance(term, Elementary) and term.function == "exp"
