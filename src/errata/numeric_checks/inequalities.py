"""Inequalities: sampled, probed where things coincide, and attacked by an adversarial search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from errata.language.sorts import Real, Vector
from errata.numeric_checks.batches import Problem, Sides, evaluate_sides, interpret
from errata.numeric_checks.budget import Meter, Unanswerable
from errata.numeric_checks.counterexample import Unconfirmed, find_counterexample
from errata.numeric_checks.equalities import agreement, thin_changes, too_few, trials
from errata.numeric_checks.functions import TableFunction
from errata.numeric_checks.interpretation import Interpretation, TableLaw, Value
from errata.numeric_checks.outcome import NoOpinion, NumericOutcome, Refutation
from errata.numeric_checks.perturb import perturbed
from errata.numeric_checks.quantities import FamilyValue, Floats, Quantity

SLACK = 1e-9
CLEAR = 1e-7
ROUNDS = 60
OPEN = NoOpinion("the relation seems to fail, but no counterexample could be confirmed")
ATTACK = 20_000


def violation(relation: str, sides: Sides) -> Floats:
    """How clearly the relation fails, one number an interpretation: positive where it does, NaN if undefined.

    A strict relation that fails by equality alone counts with CLEAR.
    """
    if sides.left.shape[1] != 1:
        raise Unanswerable("an inequality between vectors or matrices")
    gap = (sides.left - sides.right)[:, 0] / np.fmax(sides.scale, 1e-300)
    if relation in (">", ">="):
        gap = -gap
    equal = np.abs(gap) <= 1e-12
    if relation == "!=":
        gap = np.where(np.abs(gap) <= 1e-13, CLEAR, -1.0)
    elif relation in ("<", ">"):
        gap = np.where(equal, CLEAR, np.where(np.abs(gap) < SLACK, 0.0, gap))
    else:
        gap = np.where(np.abs(gap) < SLACK, 0.0, gap)
    return np.where(sides.valid, gap, np.nan)


def check_inequality(problem: Problem, seed: int, meter: Meter) -> NumericOutcome:
    """Judge a comparison."""
    relation = problem.reading.relation
    found = trials(problem, seed, meter)
    lacking = too_few(found, problem)
    if lacking is not None:
        return lacking

    def violates(sides: Sides) -> Floats:
        return violation(relation, sides)

    def judged(interpretations: list[Interpretation]) -> NumericOutcome | None:
        """Refute, or say that it is open; None if exact evaluation shows that the relation does hold there."""
        result = find_counterexample(problem, interpretations, seed, meter, violates=violates)
        if isinstance(result, Unconfirmed):
            return None if result.denied else OPEN
        return Refutation(result, problem.needs.symbols)

    if any(np.nanmax(np.append(violates(t.sides), -np.inf)) > 0 for t in found):
        outcome = judged([t.interpretation for t in found])
        if outcome is not None:
            return outcome
    if not problem.conditions:
        for moved in _suspects(problem, seed, meter, violates):
            outcome = judged([moved])
            if outcome is not None:
                return outcome
        for symbol, moved in _zero_vectors(problem, seed, meter):
            outcome = judged([moved]) if _fails(problem, moved, meter, violates) else None
            if isinstance(outcome, Refutation):
                return replace(outcome, thin=f"{symbol} = 0")
    return agreement(found, 0.0)


def _zero_vectors(problem: Problem, seed: int, meter: Meter) -> Iterator[tuple[str, Interpretation]]:
    """Yield interpretations in which one vector is zero: x^T A x > 0 fails there, however definite A is."""
    if problem.reading.relation not in ("<", ">", "!="):
        return
    drawn = interpret(problem, meter, seed=seed + 13, attempt=0, count=4)
    for symbol, value in sorted(drawn.values.items()):
        sort = problem.scope.sorts.get(symbol)
        if isinstance(sort, Vector) and sort.entries == Real() and not sort.simplex and isinstance(value, Quantity):
            zero = replace(value, array=np.zeros_like(value.array))
            yield symbol, replace(drawn, values={**drawn.values, symbol: zero})


def _suspects(problem: Problem, seed: int, meter: Meter, violates: object) -> Iterator[Interpretation]:
    """Yield interpretations that seem to violate the relation: coinciding names, then an adversarial search."""
    assert callable(violates)
    for attempt in range(2):
        interpretation = interpret(problem, meter, seed=seed + 11, attempt=attempt, count=16)
        for changed in _coincidences(interpretation, problem):
            moved = replace(interpretation, values={**interpretation.values, **changed})
            if _fails(problem, moved, meter, violates):
                yield moved
        worst = _attacked(problem, interpretation, seed + attempt, meter, violates)
        if worst is not None:
            yield worst


def _fails(problem: Problem, interpretation: Interpretation, meter: Meter, violates: object) -> bool:
    assert callable(violates)
    try:
        margin = violates(evaluate_sides(problem, interpretation, meter))
    except Unanswerable:
        return False
    return bool(np.nanmax(np.append(margin, -np.inf)) > 0)


def _coincidences(interpretation: Interpretation, problem: Problem) -> Iterator[dict[str, Value]]:
    yield from (changed for _, changed in thin_changes(interpretation, problem))
    values = {s: v for s, v in interpretation.values.items() if s not in interpretation.sizes}
    symbols = sorted(values)
    for place, first in enumerate(symbols):
        for second in symbols[:place]:
            same = _made_equal(values[first], values[second])
            one_sort = problem.scope.sorts.get(first) == problem.scope.sorts.get(second)
            if same is not None and (one_sort or isinstance(same, TableLaw | TableFunction)):
                yield {first: same}
    constant = {s: flat for s, v in values.items() if (flat := _made_constant(v)) is not None}
    for symbol, value in constant.items():
        yield {symbol: value}
    if len(constant) > 1:
        yield dict(constant)


def _made_equal(first: Value, second: Value) -> Value | None:
    """Return the second in the first's place, if both are of one kind and shape."""
    if isinstance(first, TableLaw) and isinstance(second, TableLaw):
        same = [a.space for a in first.axes] == [a.space for a in second.axes]
        return TableLaw(first.axes, second.table) if same else None
    if isinstance(first, TableFunction) and isinstance(second, TableFunction):
        return second if first.spaces == second.spaces and first.target == second.target else None
    if isinstance(first, Quantity) and isinstance(second, Quantity) and first.rank:
        return second if first.shape == second.shape else None
    if isinstance(first, FamilyValue) and isinstance(second, FamilyValue):
        return second if first.array.shape == second.array.shape and first.space == second.space else None
    return None


def _made_constant(value: Value) -> Value | None:
    """Return a uniform law, a constant function, a family of equal members."""
    if isinstance(value, TableLaw):
        own = tuple(range(1, value.table.ndim))
        count = int(np.prod(value.table.shape[1:], dtype=int))
        if count:
            return TableLaw(value.axes, np.broadcast_to(np.array(1.0 / count), value.table.shape).copy())
        return None if not own else value
    if isinstance(value, TableFunction) and value.target is None and not value.rank:
        first = value.table[(slice(None), *((slice(0, 1),) * len(value.spaces)))]
        return TableFunction(np.broadcast_to(first, value.table.shape), value.spaces)
    if isinstance(value, FamilyValue) and value.space is None and not value.own_rank:
        first = value.array[(slice(None), *((slice(0, 1),) * value.indices))]
        return FamilyValue(np.broadcast_to(first, value.array.shape), value.indices, value.offset)
    return None


def _attacked(
    problem: Problem, interpretation: Interpretation, seed: int, meter: Meter, violates: object
) -> Interpretation | None:
    """Push the interpretations towards a violation: random moves of all sizes, the better one kept."""
    assert callable(violates)
    rng = np.random.default_rng([seed, 77])
    current = interpretation
    best = _margins(problem, current, meter, violates)
    last = meter.visited + ATTACK
    for round_number in range(ROUNDS):
        if meter.out_of_time() or meter.visited > last:
            break
        if round_number % 8 == 7:
            current, best = _with_the_best_copied(current, best)
        moved = perturbed(current, problem, rng)
        margin = _margins(problem, moved, meter, violates)
        keep = margin > best
        current = _chosen(keep, moved, current)
        best = np.where(keep, margin, best)
        if best.max() > 0:
            return current
    return None


def _with_the_best_copied(current: Interpretation, best: Floats) -> tuple[Interpretation, Floats]:
    """Let the worse half follow the best interpretation."""
    order = np.argsort(-best)
    source = np.arange(len(best))
    source[order[len(best) // 2 :]] = order[0]
    values = {symbol: _rows(value, source) for symbol, value in current.values.items()}
    return replace(current, values=values), best[source]


def _rows(value: Value, source: NDArray[np.int64]) -> Value:
    def pick(array: Floats) -> Floats:
        return array[source] if array.shape[0] == len(source) else array

    match value:
        case Quantity():
            return replace(value, array=pick(value.array))
        case TableLaw(axes, table):
            return TableLaw(axes, pick(table))
        case TableFunction():
            return replace(value, table=pick(value.table))
        case FamilyValue():
            return replace(value, array=pick(value.array))
    return value


def _margins(problem: Problem, interpretation: Interpretation, meter: Meter, violates: object) -> Floats:
    assert callable(violates)
    margin = violates(evaluate_sides(problem, interpretation, meter))
    return np.where(np.isnan(margin), -np.inf, margin)


def _chosen(keep: NDArray[np.bool_], first: Interpretation, second: Interpretation) -> Interpretation:
    """Take each interpretation from the first where `keep`, else from the second."""
    values: dict[str, Value] = {}
    for symbol, other in second.values.items():
        values[symbol] = _chosen_value(keep, first.values[symbol], other)
    return replace(second, values=values)


def _chosen_value(keep: NDArray[np.bool_], first: Value, second: Value) -> Value:
    def pick(a: Floats, b: Floats) -> Floats:
        if a is b:
            return a
        return np.where(keep.reshape((-1,) + (1,) * (a.ndim - 1)), a, b)

    if isinstance(first, Quantity) and isinstance(second, Quantity):
        return replace(second, array=pick(first.array, second.array))
    if isinstance(first, TableLaw) and isinstance(second, TableLaw):
        return TableLaw(second.axes, pick(first.table, second.table))
    if isinstance(first, TableFunction) and isinstance(second, TableFunction):
        return replace(second, table=pick(first.table, second.table))
    if isinstance(first, FamilyValue) and isinstance(second, FamilyValue):
        return replace(second, array=pick(first.array, second.array))
    return second
