"""Implications: the premise is solved for a name, every root is tried in the conclusion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from errata.language.terms import Comparison, Conjunction, Term
from errata.numeric_checks.batches import Problem, interpret, sizes_used
from errata.numeric_checks.budget import Meter, Unanswerable
from errata.numeric_checks.counterexample import small_interpretations
from errata.numeric_checks.evaluate import environment
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.interpretation import Interpretation
from errata.numeric_checks.needs import find_symbols
from errata.numeric_checks.outcome import Agreement, Counterexample, NoOpinion, NumericOutcome, Refutation
from errata.numeric_checks.pencil import cost
from errata.numeric_checks.quantities import Floats, agree, aligned, lifted
from errata.numeric_checks.render import decimal_text, value_text
from errata.numeric_checks.solving import Knob, knobs, roots, satisfy, truths
from errata.numeric_checks.stationary import stationary

COUNT = 8
ATTEMPTS, MOST_ATTEMPTS = 4, 8
"""How many batches are tried, and how many where few of their interpretations have a premise that can hold."""
Booleans = NDArray[np.bool_]
FAILS = 1e-4
HOLDS = 2e-6


def check_implication(problem: Problem, seed: int, meter: Meter) -> NumericOutcome:
    """Judge premise => conclusion, or both ways for an equivalence."""
    reading = problem.reading
    if not all(isinstance(side, Comparison | Conjunction) for side in (reading.left, reading.right)):
        return NoOpinion("a side of the implication is no condition")
    first = _one_way(problem, reading.left, reading.right, seed, meter)
    if reading.relation == "=>" or not isinstance(first, Agreement):
        return first
    second = _one_way(problem, reading.right, reading.left, seed, meter)
    if isinstance(second, Agreement):
        return Agreement(
            first.interpretations + second.interpretations,
            tuple(sorted({*first.sizes, *second.sizes})),
            min(first.digits, second.digits),
        )
    return second


def _one_way(problem: Problem, premise: Term, conclusion: Term, seed: int, meter: Meter) -> NumericOutcome:
    count, sizes = 0, set()
    for attempt in range(MOST_ATTEMPTS):
        if meter.out_of_time() or (attempt >= ATTEMPTS and count >= COUNT):
            break
        interpretation = interpret(problem, meter, seed=seed, attempt=attempt, count=COUNT)
        outcome = _under(interpretation, problem, premise, conclusion, meter)
        if isinstance(outcome, Refutation):
            return _by_hand(problem, premise, conclusion, seed, meter) or outcome
        if not isinstance(outcome, int):
            return outcome
        count += outcome
        sizes |= set(sizes_used(interpretation))
    if count < 6:
        return NoOpinion("the premise could not be solved in enough interpretations")
    return Agreement(count, tuple(sorted(sizes)), 6)


def _under(
    interpretation: Interpretation, problem: Problem, premise: Term, conclusion: Term, meter: Meter
) -> int | NumericOutcome:
    """Try one batch of interpretations; see `_tried`."""
    env = environment(problem.scope, interpretation, meter)
    env, holds = satisfy(problem.conditions, env, problem.needs)
    return _tried(problem, premise, conclusion, env, holds > 0)


def _by_hand(problem: Problem, premise: Term, conclusion: Term, seed: int, meter: Meter) -> Refutation | None:
    """Return a refutation with small round values, of an implication that fails; None where none is found."""
    for interpretation in small_interpretations(problem, seed, meter):
        try:
            outcome = _under(interpretation, problem, premise, conclusion, meter)
        except Unanswerable:
            continue
        if isinstance(outcome, Refutation):
            return outcome
    return None


def _tried(
    problem: Problem, premise: Term, conclusion: Term, env: Environment, usable: Booleans
) -> int | NumericOutcome:
    """Return in how many cases the conclusion held, or why there is no answer, or a refutation."""
    conditions = premise.conditions if isinstance(premise, Conjunction) else (premise,)
    equations = [c for c in conditions if isinstance(c, Comparison) and c.relation == "="]
    if len(equations) > 1:
        env, holds = satisfy(conditions, env, problem.needs)
        return _concluded(problem, conclusion, [env], [usable & (holds > 0)])
    if not equations:
        holds = np.ones(env.interpretation.count)
        for condition in conditions:
            assert isinstance(condition, Comparison)
            holds = holds * truths(condition, env)
        return _concluded(problem, conclusion, [env], [usable & (holds > 0)])
    equation = equations[0]
    solved = stationary(equation, env)
    if solved is not None:
        world, holds_there = solved
        for other in conditions:
            if other is not equation and isinstance(other, Comparison):
                holds_there = holds_there & (truths(other, world) > 0)
        return _concluded(problem, conclusion, [world], [usable & holds_there])
    wanted = sorted(find_symbols(conclusion, problem.scope) & find_symbols(premise, problem.scope))
    for knob in knobs(equation, env, problem.needs, wanted):
        if wanted and knob.symbol not in wanted:
            continue
        found, always = roots(equation, knob, env)
        if always:
            return NoOpinion("the premise holds in every interpretation")
        if not np.isfinite(found).any():
            continue
        worlds, masks = _worlds(found, knob, env, usable)
        others = [c for c in conditions if c is not equation and isinstance(c, Comparison)]
        for place, world in enumerate(worlds):
            for other in others:
                masks[place] = masks[place] & (truths(other, world) > 0)
        return _concluded(problem, conclusion, worlds, masks)
    if isinstance(conclusion, Comparison) and _is_multiple(conclusion, equation, env):
        return int(usable.sum())
    return NoOpinion("the premise could not be solved")


def _is_multiple(conclusion: Comparison, premise: Comparison, env: Environment) -> bool:
    """Return whether the difference of the conclusion's sides is a constant times that of the premise's."""
    if (conclusion.relation, premise.relation) != ("=", "="):
        return False
    gaps = []
    for comparison in (conclusion, premise):
        sides = agree([env.number(comparison.left), env.number(comparison.right)])
        (left, right), _, _ = aligned(list(sides))
        gaps.append(np.asarray(left - right, dtype=float))
    wanted, given = gaps
    if wanted.shape != given.shape or not (np.isfinite(wanted).all() and np.isfinite(given).all()):
        return False
    size = float((given * given).sum())
    factor = float((wanted * given).sum()) / size if size > 0 else 0.0
    return factor != 0 and bool(np.abs(wanted - factor * given).max() <= 1e-9 * np.abs(wanted).max())


def _worlds(found: Floats, knob: Knob, env: Environment, usable: Booleans) -> tuple[list[Environment], list[Booleans]]:
    worlds, masks = [], []
    for column in range(found.shape[1]):
        root = found[:, column]
        worlds.append(knob.apply(env, root, 0))
        masks.append(usable & np.isfinite(root))
    return worlds, masks


def _concluded(
    problem: Problem, conclusion: Term, worlds: list[Environment], masks: list[Booleans]
) -> int | NumericOutcome:
    count = 0
    for env, mask in zip(worlds, masks, strict=True):
        parts = conclusion.conditions if isinstance(conclusion, Conjunction) else (conclusion,)
        for part in parts:
            if not isinstance(part, Comparison):
                raise Unanswerable("the conclusion is no condition")
            failing, unsure, defined, left, right = _fails(part, env)
            bad = mask & failing
            if bad.any():
                rows = map(int, np.flatnonzero(bad))
                row = min(rows, key=lambda place: (cost(env.interpretation, problem, place), place))
                return Refutation(_counterexample(problem, env, row, left[row], right[row]), problem.needs.symbols)
            if (mask & unsure).any():
                return NoOpinion("the conclusion holds only nearly at the solutions of the premise")
        count += int((mask & defined).sum())
    return count


def _fails(part: Comparison, env: Environment) -> tuple[Booleans, Booleans, Booleans, Floats, Floats]:
    q, r = agree([env.number(part.left), env.number(part.right)])
    (a, b), (s, t), rank = aligned([q, r])
    if max(q.lead, r.lead) > 1 or (rank and part.relation != "="):
        raise Unanswerable("the conclusion is no condition on numbers")
    count = env.interpretation.count
    if rank:
        a, b, s, t = _farthest(a, b, s, t, rank)
    a, b = np.broadcast_to(lifted(a, 0, 1), (count,)), np.broadcast_to(lifted(b, 0, 1), (count,))
    scale = np.fmax(np.broadcast_to(np.fmax(s, t), (count,)), 1e-300)
    gap = (a - b) / scale
    defined = np.isfinite(gap)
    if part.relation in ("=", "~="):
        error = np.abs(gap)
        limit = FAILS if part.relation == "=" else 0.5
        return (error > 1e-3) & defined, (error > HOLDS) & (error <= limit * 10) & defined, defined, a, b
    if part.relation == "!=":
        return (np.abs(gap) < 1e-12) & defined, (np.abs(gap) < 1e-6) & defined, defined, a, b
    signed = -gap if part.relation in (">", ">=") else gap
    if part.relation not in ("<", "<=", ">", ">="):
        raise Unanswerable(f"the relation {part.relation} in a conclusion is not interpreted")
    return (signed > 1e-6) & defined, (np.abs(signed) < 1e-9) & defined & (
        np.array(part.relation in ("<", ">"))
    ), defined, a, b  # fmt: skip


def _farthest(a: Floats, b: Floats, s: Floats, t: Floats, rank: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return of arrays the entries that differ most, and the scales of the whole arrays."""
    a, b, s, t = (np.asarray(x).reshape(x.shape[0], -1) for x in np.broadcast_arrays(a, b, s, t))
    gap = np.abs(a - b)
    place = np.argmax(np.where(np.isfinite(gap), gap, np.inf), axis=1)
    rows = np.arange(len(place))
    return a[rows, place], b[rows, place], s.max(axis=1), t.max(axis=1)


def _counterexample(problem: Problem, env: Environment, row: int, left: float, right: float) -> Counterexample:
    values = {}
    for symbol in sorted(problem.needs.symbols - set(problem.scope.definitions)):
        value = env.bound.get(symbol) or env.interpretation.values.get(symbol)
        if value is not None:
            values.update(value_text(symbol, value, row))
    return Counterexample(values, decimal_text(left), decimal_text(right), False)
