"""Inequalities: sampled, probed where things coincide, and attacked by an adversarial search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from errata.language.sorts import Matrix, Real, Sort, Vector
from errata.language.terms import Indicator, Name, subterms
from errata.numeric_checks.batches import Problem, Sides, evaluate_sides, interpret
from errata.numeric_checks.budget import Meter, Unanswerable
from errata.numeric_checks.counterexample import Unconfirmed, find_counterexample
from errata.numeric_checks.equalities import MOST_THIN, agreement, thin_changes, too_few, trials
from errata.numeric_checks.functions import TableFunction
from errata.numeric_checks.interpretation import Interpretation, TableLaw, Value
from errata.numeric_checks.outcome import Counterexample, NoOpinion, NumericOutcome, Refutation
from errata.numeric_checks.perturb import perturbed
from errata.numeric_checks.quantities import FamilyValue, Floats, Quantity
from errata.numeric_checks.rounding import rounded_numbers
from errata.numeric_checks.rows import Rows, chosen, reordered, repeated, rows_of, side_by_side
from errata.numeric_checks.sizes import allowed, choose_sizes
from errata.numeric_checks.special_ranks import special_ranks
from errata.numeric_checks.strict import tight_places

SLACK = 1e-9
CLEAR = 1e-7
ROUNDS, TRIES, PAUSE = 96, 6, 4
"""Moves of an attack on one interpretation, how many of them are tried at once, rounds until the best is copied."""
OPEN = NoOpinion("the relation seems to fail, but no counterexample could be confirmed")
ATTACK = 20_000
MANY_POINTS = {1: (6, 12, 64), 2: (6, 12)}
FEW_POINTS = (5,)
MANY_ENTRIES = (6, 12, 48)
RARE = 2.0**-12
MOST_SLIGHT = 4
"""How many interpretations with a violation within rounding are evaluated exactly."""
POPULATION = 16
ATTACKS_ON_TAILS = 3


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
        for words, moved in tight_places(problem, seed + 13, meter):
            outcome = judged([moved]) if _fails(problem, moved, meter, violates) else None
            if isinstance(outcome, Refutation):
                return replace(outcome, thin=words)
            if outcome is not None:
                return NoOpinion(f"it seems to fail where {words}")
    for moved in _attacks_on_tails(problem, seed, meter, violates) if problem.conditions else ():
        outcome = judged([moved])
        if outcome is not None:
            return outcome
    slight = _slightly(problem, [t.interpretation for t in found], seed, meter)
    return agreement(found, 0.0) if slight is None else Refutation(slight, problem.needs.symbols)


def _slightly(problem: Problem, seen: list[Interpretation], seed: int, meter: Meter) -> Counterexample | None:
    """Return a violation too small to tell from rounding, x^2 >= 10^{-12} at 0, that exact evaluation proves.

    Numbers that are rounded by hand are not held to it.
    """
    sides = (problem.reading.left, problem.reading.right)
    if problem.reading.relation not in ("<=", ">=") or any(any(rounded_numbers(side)) for side in sides):
        return None
    sorts = [problem.scope.sorts.get(symbol) for symbol in problem.needs.symbols]
    if problem.needs.assumptions or problem.needs.laws or problem.needs.spaces or not all(map(_stays_exact, sorts)):
        return None

    def violates(sides: Sides) -> Floats:
        gap = (sides.left - sides.right)[:, 0] / np.fmax(sides.scale, 1e-300)
        gap = -gap if problem.reading.relation == ">=" else gap
        return np.where(sides.valid & (gap > 0) & (gap < SLACK), gap, np.nan)

    drawn = interpret(problem, meter, seed=seed + 19, attempt=0, count=1)
    changes = (changed for _, changed in islice(thin_changes(drawn, problem), MOST_THIN))
    thin = [replace(drawn, values={**drawn.values, **changed}) for changed in changes]
    for interpretation in [i for i in (*seen, *thin) if _fails(problem, i, meter, violates)][:MOST_SLIGHT]:
        found = find_counterexample(
            problem, [interpretation], seed, meter, violates=violates, shrink=False, must_certify=True
        )
        if isinstance(found, Counterexample) and found.certified:
            return found
    return None


def _stays_exact(sort: Sort | None) -> bool:
    """Return whether drawn values are in the domain exactly: a singular matrix of decimals is so by rounding alone."""
    match sort:
        case None | Real():
            return True
        case Vector(simplex=simplex, one_hot=one_hot):
            return not simplex and not one_hot
        case Matrix(properties=properties):
            return not properties
    return False


def _suspects(problem: Problem, seed: int, meter: Meter, violates: object) -> Iterator[Interpretation]:
    """Yield interpretations that seem to violate the relation: many points, coinciding names, then a search."""
    assert callable(violates)
    for crowded in (*_crowded(problem, seed, meter), *_long_columns(problem, seed, meter)):
        if _fails(problem, crowded, meter, violates):
            yield crowded
    for attempt in range(2):
        interpretation = interpret(problem, meter, seed=seed + 11, attempt=attempt, count=POPULATION)
        yield from (m for m in special_ranks(problem, interpretation) if _fails(problem, m, meter, violates))
        for changed in _failing_changes(problem, interpretation, meter, violates):
            moved = replace(interpretation, values={**interpretation.values, **changed})
            if _fails(problem, moved, meter, violates):
                yield moved
        for power in (0, 8):
            skewed = _columns_to_power(problem, interpretation, power)
            if skewed is not None and _fails(problem, skewed, meter, violates):
                yield skewed
        worst = _attacked(problem, interpretation, seed + attempt, meter, violates)
        if worst is not None:
            yield worst


def _attacks_on_tails(problem: Problem, seed: int, meter: Meter, violates: object) -> Iterator[Interpretation]:
    """Yield laws that seem to violate a claim of chances: these are steps, which a drawn law seldom comes near."""
    sides = (problem.reading.left, problem.reading.right)
    if any(isinstance(part, Indicator) for side in sides for part in subterms(side)):
        for attempt in range(ATTACKS_ON_TAILS):
            drawn = interpret(problem, meter, seed=seed + 23, attempt=attempt, count=POPULATION)
            worst = _attacked(problem, drawn, seed + attempt, meter, violates)
            if worst is not None:
                yield worst


def _crowded(problem: Problem, seed: int, meter: Meter) -> Iterator[Interpretation]:
    """Yield interpretations with more points in every space: H(p) <= log 4 holds as long as there are but four.

    Of every size come uniform laws, the easiest to check by hand, then drawn ones, then ones that are nearly sure, then
    ones whose variables determine each other.
    """
    axes = max((len(spaces) for spaces in problem.needs.laws.values()), default=0)
    if not problem.needs.spaces or not axes:
        return
    for points in MANY_POINTS.get(axes, FEW_POINTS):
        sizes = dict.fromkeys(problem.needs.spaces, points)
        drawn = interpret(problem, meter, seed=seed + 17, attempt=0, count=POPULATION, space_sizes=sizes)
        for power in (0, 1, 8):
            yield replace(drawn, values={s: _to_power(v, power) for s, v in drawn.values.items()})
        if axes > 1:
            yield replace(drawn, values={s: _determined(v, points) for s, v in drawn.values.items()})


def _long_columns(problem: Problem, seed: int, meter: Meter) -> Iterator[Interpretation]:
    """Yield interpretations in which columns of probabilities are long: uniform ones, drawn ones, nearly sure ones."""
    sorts = (problem.scope.sorts.get(symbol) for symbol in sorted(problem.needs.symbols))
    named = {s.size.symbol for s in sorts if isinstance(s, Vector) and s.simplex and isinstance(s.size, Name)}
    lengths = named & set(problem.sizes)
    for count in MANY_ENTRIES if lengths else ():
        longer = {s: count for s in sorted(lengths) if allowed(problem.scope, s, count)}
        if longer:
            sizes = {**choose_sizes(problem.sizes, problem.scope, seed, 0), **longer}
            drawn = interpret(problem, meter, seed=seed + 17, attempt=0, count=POPULATION, sizes=sizes)
            for power in (0, 1, 8):
                moved = _columns_to_power(problem, drawn, power)
                if moved is not None:
                    yield moved


def _to_power(value: Value, power: int) -> Value:
    """Return a law with its table raised to a power: uniform with 0, nearly sure with a high one."""
    if not isinstance(value, TableLaw) or power == 1:
        return value
    table = value.table**power
    places = tuple(range(table.ndim - len(value.axes), table.ndim))
    return TableLaw(value.axes, table / table.sum(axis=places, keepdims=True))


def _columns_to_power(problem: Problem, drawn: Interpretation, power: int) -> Interpretation | None:
    """Make the columns of probabilities uniform, or nearly sure; None where there are none."""
    sorts = problem.scope.sorts
    columns = {
        symbol: value.array**power
        for symbol, value in drawn.values.items()
        if isinstance(value, Quantity) and isinstance(sort := sorts.get(symbol), Vector) and sort.simplex
    }
    if not columns:
        return None
    changed = {s: Quantity(array / array.sum(axis=-2, keepdims=True), 2) for s, array in columns.items()}
    return replace(drawn, values={**drawn.values, **changed})


def _determined(value: Value, points: int) -> Value:
    """Return a joint law under which all its variables are at the same place, nearly always."""
    if not isinstance(value, TableLaw) or len(value.axes) < 2:
        return value
    axes = len(value.axes)
    table = np.full((points,) * axes, RARE)
    table[(np.arange(points),) * axes] = 1.0
    if value.table.shape[-axes:] != table.shape:
        return value
    return TableLaw(value.axes, np.broadcast_to(table / table.sum(), value.table.shape))


def _failing_changes(
    problem: Problem, interpretation: Interpretation, meter: Meter, violates: object
) -> list[dict[str, Value]]:
    """Return the changes under which the relation may fail: all are tried in one evaluation where that can be."""
    assert callable(violates)
    changes = list(_coincidences(interpretation, problem))
    wide = repeated(interpretation, len(changes)) if changes else None
    if wide is None:
        return changes
    every = np.tile(np.arange(POPULATION), len(changes))
    spread = [{s: rows_of(v, every, POPULATION) for s, v in changed.items()} for changed in changes]
    try:
        margin = violates(evaluate_sides(problem, side_by_side(wide, spread, POPULATION), meter))
    except Unanswerable:
        return changes
    failing = np.flatnonzero(np.nan_to_num(margin, nan=-1.0) > 0) // POPULATION
    return [changes[place] for place in sorted(set(failing.tolist()))]


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
        same = (first.spaces, first.target, first.chances) == (second.spaces, second.target, second.chances)
        return second if same else None
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
    if isinstance(value, TableFunction) and value.chances:
        count = int(np.prod(value.table.shape[1 : 1 + value.chances], dtype=int))
        return replace(value, table=np.full_like(value.table, 1.0 / count))
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
    tries = TRIES if repeated(current, 1) is not None else 1
    last = meter.visited + ATTACK
    for round_number in range(ROUNDS // tries):
        if meter.out_of_time() or meter.visited > last:
            break
        if round_number % PAUSE == PAUSE - 1:
            source = _worse_half_replaced(best)
            current, best = reordered(current, source), best[source]
        wide = repeated(current, tries) if tries > 1 else current
        assert wide is not None
        moved = perturbed(wide, problem, rng)
        margins = _margins(problem, moved, meter, violates).reshape(tries, -1)
        pick = margins.argmax(axis=0)
        margin = margins.max(axis=0)
        rows = pick * current.count + np.arange(current.count)
        keep = margin > best
        current = chosen(keep, _narrowed(moved, rows, current), current)
        best = np.where(keep, margin, best)
        if best.max() > 0:
            return current
    return None


def _worse_half_replaced(best: Floats) -> Rows:
    """Rows in whose place the worse half follows the best interpretation."""
    order = np.argsort(-best)
    source = np.arange(len(best))
    source[order[len(best) // 2 :]] = order[0]
    return source


def _narrowed(wide: Interpretation, rows: Rows, like: Interpretation) -> Interpretation:
    """Return these rows of a batch that repeats another, with that one's spaces."""
    return replace(reordered(wide, rows), count=like.count, spaces=like.spaces)


def _margins(problem: Problem, interpretation: Interpretation, meter: Meter, violates: object) -> Floats:
    assert callable(violates)
    margin = violates(evaluate_sides(problem, interpretation, meter))
    return np.where(np.isnan(margin), -np.inf, margin)
