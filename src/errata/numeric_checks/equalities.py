"""Equalities: sampled generically, then at thin points; rounded numbers are compared to their digits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, islice

import numpy as np

from errata.language.sorts import Point, RandomVariable, Real
from errata.language.terms import Aggregate, Interval, Name, Number, Values, subterms
from errata.numeric_checks.batches import Problem, Sides, evaluate_sides, interpret, sizes_used
from errata.numeric_checks.budget import OUT_OF_TIME, Meter, Unanswerable
from errata.numeric_checks.counterexample import Unconfirmed, find_counterexample, is_closed
from errata.numeric_checks.degenerate import degenerate_failure
from errata.numeric_checks.interpretation import Interpretation, Value
from errata.numeric_checks.outcome import Agreement, Counterexample, NoOpinion, NumericOutcome, Refutation
from errata.numeric_checks.quantities import Floats, Quantity
from errata.numeric_checks.rounding import rounded_numbers, shifted, written_entries, written_unit
from errata.numeric_checks.rows import side_by_side
from errata.numeric_checks.sizes import allowed
from errata.numeric_checks.special_ranks import special_ranks

EQUAL, DIFFERENT, TINY = 2e-6, 1e-4, 1e-12
COUNT = 36
"""Interpretations in all; they come in batches of one choice of sizes each."""
MOST_ROUNDS = 8
ENOUGH = 8
THIN, MOST_THIN = 4, 25
"""Interpretations a thin change, and how many changes are tried at most."""
APART = 1e-3
NO_VALID = "no valid interpretation found"
ONE_SIZE_ONLY = "only the case of size 1 could be evaluated"
ROUNDED_BEFORE = "the numbers that it starts from are rounded ones"
TWICE_ROUNDED = "the sides agree only within twice the rounding of the numbers written"
NOT_ROUNDED = "the written number is off by less than one unit in its last digit"


@dataclass(frozen=True, eq=False)
class Trial:
    """One evaluated batch."""

    interpretation: Interpretation
    sides: Sides


def trials(problem: Problem, seed: int, meter: Meter) -> list[Trial]:
    """Evaluate batches until enough interpretations are defined; raise Unanswerable if none can be.

    Every batch has sizes of its own, so that a claim without sizes needs one alone.
    """
    found: list[Trial] = []
    enough, reasons = 0, []
    fixed = is_closed(problem)
    rounds = _rounds(problem)
    count = 1 if fixed else COUNT // rounds
    for attempt in range(MOST_ROUNDS):
        if meter.out_of_time():
            break
        try:
            interpretation = interpret(problem, meter, seed=seed, attempt=attempt, count=count)
            sides = evaluate_sides(problem, interpretation, meter)
        except Unanswerable as reason:
            reasons.append(str(reason))
            if len(reasons) >= 2 and not found:
                raise
            continue
        if fixed:
            return [Trial(interpretation, sides)]
        found.append(Trial(interpretation, sides))
        enough += int(sides.valid.sum())
        batches = sum(bool(t.sides.valid.any()) for t in found)
        if attempt + 1 >= rounds and enough >= 2 * ENOUGH and batches >= min(2, rounds):
            break
    if not found:
        raise Unanswerable(reasons[0] if reasons else OUT_OF_TIME)
    return found


def _rounds(problem: Problem) -> int:
    """How many choices of sizes are tried: of ranges, arrays and spaces, where there is anything to choose."""
    return 3 if problem.sizes or problem.needs.spaces else 1


NOT_ATTAINED = "an extremum is not attained, or was not found, in some interpretations"


def too_few(found: list[Trial], problem: Problem) -> NoOpinion | None:
    """Say why there are not enough valid interpretations, None if there are."""
    valid = sum(int(t.sides.valid.sum()) for t in found)
    fixed = is_closed(problem)
    if valid >= (1 if fixed else ENOUGH):
        if any(
            all(t.interpretation.sizes[symbol] == 1 for t in found if t.sides.valid.any())
            for symbol in found[0].interpretation.sizes
        ):
            return NoOpinion(ONE_SIZE_ONLY)
        return None
    if any(t.sides.approximate for t in found) and all(t.sides.satisfied.any() for t in found):
        return NoOpinion(f"{NO_VALID}: an integral did not converge or a side is undefined")
    if problem.needs.assumptions and not any(t.sides.satisfied.any() for t in found):
        return NoOpinion("no interpretation found that satisfies the assumptions")
    return NoOpinion(f"{NO_VALID} ({valid} in which both sides are defined)")


def check_equality(problem: Problem, seed: int, meter: Meter) -> NumericOutcome:
    """Judge left = right, or left ~= right."""
    found = trials(problem, seed, meter)
    lacking = too_few(found, problem)
    if lacking is not None:
        return lacking
    errors = np.concatenate([t.sides.error[t.sides.valid] for t in found])
    worst = float(errors.max())
    undefined = any((t.sides.satisfied & ~t.sides.valid).any() for t in found)
    if worst <= EQUAL and undefined and _seeks_extremum(problem):
        return NoOpinion(NOT_ATTAINED)
    if 0 < worst <= EQUAL and is_closed(problem) and not _has_decimals(problem):
        nearly = refute(problem, found, seed, meter)
        if isinstance(nearly, Refutation):
            return nearly
    if worst <= EQUAL:
        thin = thin_failure(problem, found, seed, meter)
        if thin is not None:
            return thin
        special = _failing_ranks(problem, found, meter)
        if special:
            return refute(problem, special, seed, meter)
        where = degenerate_failure(problem, found[0].interpretation, meter)
        return NoOpinion(f"it seems to fail where {where}") if where else agreement(found, worst)
    rounded = _to_written_digits(problem, [t for t in found if t.sides.valid.any()])
    if rounded is not None:
        return rounded
    if problem.reading.relation == "~=":
        return _approximate(problem, [t for t in found if t.sides.valid.any()], worst, seed, meter)
    if float(np.max(errors)) <= DIFFERENT and not is_closed(problem):
        return NoOpinion(f"the sides differ by {worst:.1e} of their size, too little to tell")
    if problem.needs.several_points:
        return NoOpinion("a law takes several points of one space, and how they depend on each other is not said")
    free = _free_point(problem)
    if free:
        return NoOpinion(f"an equation for the free point {free} is a definition or a condition, not a claim")
    return refute(problem, found, seed, meter)


def _failing_ranks(problem: Problem, found: list[Trial], meter: Meter) -> list[Trial]:
    """Return a batch with matrices of special ranks in which the sides differ, in a list; [] where there is none."""
    for trial in found:
        for moved in special_ranks(problem, trial.interpretation):
            try:
                sides = evaluate_sides(problem, moved, meter)
            except Unanswerable:
                continue
            if sides.valid.any() and float(np.max(sides.error[sides.valid])) > DIFFERENT:
                return [Trial(moved, sides)]
    return []


def _has_decimals(problem: Problem) -> bool:
    sides = (problem.reading.left, problem.reading.right)
    return any(isinstance(t, Number) and t.decimals is not None for side in sides for t in subterms(side))


def _free_point(problem: Problem) -> str:
    """Return the name of a point or random variable that stands alone on one side, "" if there is none."""
    for side in (problem.reading.left, problem.reading.right):
        if isinstance(side, Name) and side.symbol not in problem.scope.definitions:
            sort = problem.scope.sorts.get(side.symbol)
            if isinstance(sort, Point | RandomVariable) or side.symbol in problem.needs.points:
                return side.symbol
    return ""


def agreement(found: list[Trial], worst: float) -> Agreement:
    """Say in how many interpretations the claim held."""
    count = sum(int(t.sides.valid.sum()) for t in found)
    sizes = sorted({size for t in found for size in sizes_used(t.interpretation)})
    digits = 15 if worst <= 0 else int(min(15, np.floor(-np.log10(worst))))
    return Agreement(count, tuple(sizes), max(digits, 0), only=_only_sizes(found))


def _only_sizes(found: list[Trial]) -> str:
    """Return which sizes are the same wherever both sides have a value, although they may differ; "" for none."""
    valid = [t.interpretation.sizes for t in found if t.sides.valid.any()]
    others = [t.interpretation.sizes for t in found if t.sides.satisfied.any() and not t.sides.valid.any()]
    for first, second in combinations(sorted(found[0].interpretation.sizes), 2):
        if others and all(s[first] == s[second] for s in valid) and all(s[first] != s[second] for s in others):
            return f"{first} = {second}"
    return ""


def refute(problem: Problem, found: list[Trial], seed: int, meter: Meter) -> NumericOutcome:
    """Confirm a violation and make it a counterexample a person can check."""
    thin = _separated_by_sign(problem, found)
    result = find_counterexample(problem, [t.interpretation for t in found], seed, meter, violates=differ)
    if isinstance(result, Unconfirmed):
        return NoOpinion("the sides differ, but no counterexample could be confirmed")
    return Refutation(result, problem.needs.symbols, thin)


def _seeks_extremum(problem: Problem) -> bool:
    """Return whether a side is an extremum over numbers, which need not exist for every parameter."""
    sides = (problem.reading.left, problem.reading.right)
    return any(
        isinstance(t, Aggregate)
        and t.operation in ("max", "min", "argmax", "argmin")
        and isinstance(t.binder.domain, Interval | Values)
        for side in sides
        for t in subterms(side)
    )


def differ(sides: Sides) -> Floats:
    """How clearly an equality fails, one number an interpretation (NaN where undefined)."""
    return sides.error


def _separated_by_sign(problem: Problem, found: list[Trial]) -> str:
    """Name the sign of one number that tells failing from holding interpretations, "" if there is none."""
    for symbol in sorted(problem.needs.names):
        if isinstance(problem.scope.sorts.get(symbol), Real) and _signed(problem, symbol):
            pass
        elif problem.scope.sorts.get(symbol) is not None:
            continue
        values, failing = [], []
        for trial in found:
            value = trial.sides.env.bound.get(symbol) or trial.interpretation.values.get(symbol)
            if not isinstance(value, Quantity) or value.rank or value.lead > 1:
                break
            row = np.broadcast_to(value.array, trial.sides.valid.shape)
            values.append(row[trial.sides.valid])
            failing.append(trial.sides.error[trial.sides.valid] > DIFFERENT)
        else:
            x, bad = np.concatenate(values), np.concatenate(failing)
            if bad.sum() >= 2 and (~bad).sum() >= 2:
                if bool(np.all(bad == (x < 0))):
                    return f"{symbol} < 0"
                if bool(np.all(bad == (x > 0))):
                    return f"{symbol} > 0"
    return ""


def _signed(problem: Problem, symbol: str) -> bool:
    sort = problem.scope.sorts.get(symbol)
    return isinstance(sort, Real) and not sort.nonnegative


# Thin points -----------------------------------------------------------------------------------------


def thin_changes(interpretation: Interpretation, problem: Problem) -> Iterator[tuple[str, dict[str, Value]]]:
    """Yield conditions on names with the changed values: zeros, ones, equal names."""
    numbers: dict[str, Quantity] = {}
    for symbol in sorted(problem.needs.names - set(interpretation.sizes)):
        value = interpretation.values.get(symbol)
        if isinstance(value, Quantity) and value.rank == 0 and symbol not in problem.scope.definitions:
            numbers[symbol] = value
    for symbol, value in numbers.items():
        for number in (0.0, 1.0):
            if allowed(problem.scope, symbol, number):
                yield f"{symbol} = {number:g}", {symbol: Quantity(np.full_like(value.array, number))}
    symbols = list(numbers)
    for place, first in enumerate(symbols):
        for second in symbols[:place]:
            if problem.scope.sorts.get(first) == problem.scope.sorts.get(second):
                yield f"{first} = {second}", {first: numbers[second]}


def thin_failure(problem: Problem, found: list[Trial], seed: int, meter: Meter) -> Refutation | None:
    """Look for an equality that fails at thin points only; it must be certified."""
    if problem.conditions or problem.constrained:
        return None
    count = sum(1 for _ in islice(thin_changes(found[0].interpretation, problem), MOST_THIN))
    if not count:
        return None
    interpretation = interpret(problem, meter, seed=seed + 1, attempt=0, count=THIN * count)
    changes = list(islice(thin_changes(interpretation, problem), count))
    for place in _suspects(problem, interpretation, [changed for _, changed in changes], meter):
        condition, changed = changes[place]
        if meter.out_of_time():
            break
        moved = replace(interpretation, values={**interpretation.values, **changed})
        try:
            sides = evaluate_sides(problem, moved, meter)
        except Unanswerable:
            continue
        if sides.valid.any() and float(np.nanmax(sides.error)) > APART:
            violation = find_counterexample(
                problem, [moved], seed, meter, violates=differ, shrink=False, must_certify=True
            )
            if isinstance(violation, Counterexample):
                return Refutation(violation, problem.needs.symbols, condition)
    return None


def _suspects(
    problem: Problem, interpretation: Interpretation, changes: list[dict[str, Value]], meter: Meter
) -> list[int]:
    """Return the places of the changes that break the equality: all are tried at once, some rows for each.

    Where that cannot be evaluated, because one of them has no value, each must be looked at by itself.
    """
    try:
        sides = evaluate_sides(problem, side_by_side(interpretation, changes, THIN), meter)
    except Unanswerable:
        return list(range(len(changes)))
    failing = np.flatnonzero(sides.error > APART)
    return sorted(set((failing // THIN).tolist()))


# Rounded numbers -------------------------------------------------------------------------------------


def _to_written_digits(problem: Problem, found: list[Trial]) -> NumericOutcome | None:
    """Compare to the digits written, if a side is a written decimal number; None if it does not apply."""
    reading = problem.reading
    if any(_within_entries(found, written_entries(side)) for side in (reading.left, reading.right)):
        return agreement(found, 0.0)
    gap = max(float(np.abs(t.sides.left - t.sides.right)[t.sides.valid].max(initial=0.0)) for t in found)
    near = False
    for side, other in ((reading.right, "left"), (reading.left, "right")):
        unit = written_unit(side)
        if unit is None:
            continue
        mine = "right" if other == "left" else "left"
        exact = np.concatenate([getattr(t.sides, other)[t.sides.valid] for t in found])
        written = np.concatenate([getattr(t.sides, mine)[t.sides.valid] for t in found])
        if gap <= unit / 2 * (1 + 1e-9):
            return replace(agreement(found, 0.0), digits=_digits(found, unit))
        shorter = np.abs(exact) - np.abs(written)
        same_sign = np.sign(exact) * np.sign(written) >= 0
        if bool(np.all((shorter >= 0) & (shorter < unit) & same_sign)):
            return replace(agreement(found, 0.0), digits=_digits(found, unit), truncated=True)
        near = near or gap <= unit * (1 + 1e-9)
    slack = _rounding_slack(problem, found)
    if gap <= slack:
        return NoOpinion(ROUNDED_BEFORE)
    if near:
        return NoOpinion(NOT_ROUNDED)
    return NoOpinion(TWICE_ROUNDED) if gap <= 2 * slack else None


def _within_entries(found: list[Trial], units: tuple[float, ...] | None) -> bool:
    """Return whether every entry agrees with that of a written array to the digits written there."""
    if units is None:
        return False
    gaps = [np.abs(t.sides.left - t.sides.right)[t.sides.valid] for t in found]
    return all(
        gap.shape[-1] == len(units) and bool(np.all(gap <= np.array(units) / 2 * (1 + 1e-9) + TINY)) for gap in gaps
    )


def _digits(found: list[Trial], unit: float) -> int:
    size = max(float(np.abs(t.sides.left[t.sides.valid]).max()) for t in found)
    return max(1, int(np.floor(np.log10(max(size, unit) / unit))) + 1)


def _rounding_slack(problem: Problem, found: list[Trial]) -> float:
    """How far the sides may be apart because the numbers written in them are rounded."""
    reading = problem.reading
    total = 0.0
    trial = found[0]
    base = trial.sides.left - trial.sides.right
    distinct: list[Number] = []
    for written in (*rounded_numbers(reading.left), *rounded_numbers(reading.right)):
        if written not in distinct:
            distinct.append(written)
    for written in distinct[:40]:
        moved = replace(reading, left=shifted(reading.left, written, 1), right=shifted(reading.right, written, 1))
        sides = evaluate_sides(replace(problem, reading=moved), trial.interpretation, trial.sides.env.meter)
        change = np.abs(sides.left - sides.right - base)
        if np.isfinite(change).any():
            total += float(np.nanmax(change))
    return total * (1 + 1e-6)


def _approximate(problem: Problem, found: list[Trial], worst: float, seed: int, meter: Meter) -> NumericOutcome:
    free = problem.needs.names or problem.needs.laws or problem.needs.functions
    unit = max((written_unit(side) or 0.0 for side in (problem.reading.left, problem.reading.right)), default=0.0)
    if unit and not free:
        gap = max(float(np.abs(t.sides.left - t.sides.right)[t.sides.valid].max(initial=0.0)) for t in found)
        if gap > 3 * unit:
            return refute(problem, found, seed, meter)
        return NoOpinion("the written number is off by a few units in its last digit")
    if worst <= 0.05:
        return replace(agreement(found, worst), digits=1)
    if not free and worst > 0.5:
        return refute(problem, found, seed, meter)
    return NoOpinion("how close 'approximately equal' must be is not said")
