"""A claim's two sides under a batch of interpretations, with what is undefined masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.language.terms import Comparison, Term
from errata.numeric_checks.budget import Meter, Mismatch, Unanswerable
from errata.numeric_checks.draw import draw
from errata.numeric_checks.evaluate import environment
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import LAW_VALUES, NormalLaw, is_law, law_object
from errata.numeric_checks.evaluate.normals import full_covariance
from errata.numeric_checks.functions import TableFunction
from errata.numeric_checks.interpretation import Interpretation, TableLaw, Value
from errata.numeric_checks.needs import Needs, find_needs
from errata.numeric_checks.quantities import Floats, PointAt, Quantity, agree, aligned, lifted
from errata.numeric_checks.sizes import size_symbols
from errata.numeric_checks.solving import in_their_sorts, satisfy, with_substitutions

QUADRATURE = 1e-7
DIFFERENT, ROUNDING = 1e-6, 1e-19


@dataclass(frozen=True)
class Problem:
    """A reading in its scope, with assumptions that are equations turned into definitions."""

    reading: Reading
    scope: Scope
    needs: Needs
    conditions: tuple[Term, ...]
    constrained: tuple[str, ...]
    """Symbols that became defined through an assumption: their values must still lie in their sorts."""
    sizes: tuple[str, ...]
    """The symbols that stand for sizes."""


@dataclass(frozen=True, eq=False)
class Sides:
    """Both sides, one row an interpretation, own entries flattened; `scale` one number a row.

    valid: both sides defined and all conditions met. satisfied: conditions met.
    """

    left: Floats
    right: Floats
    scale: Floats
    valid: NDArray[np.bool_]
    satisfied: NDArray[np.bool_]
    env: Environment
    approximate: bool

    @property
    def error(self) -> Floats:
        """Relative difference, the largest over the entries; NaN where undefined."""
        with np.errstate(all="ignore"):
            gap = np.abs(self.left - self.right).max(axis=1)
            return np.where(self.valid, gap / np.fmax(self.scale, 1e-300), np.nan)


def pose(reading: Reading, scope: Scope, *, finite: bool = True, also: tuple[Term, ...] = ()) -> Problem:
    """Prepare a reading for evaluation.

    finite: Euclidean spaces are read as finitely many points wherever that will do. also: further terms that
    are to have a value under the same interpretations.
    """
    terms = (reading.left, reading.right, *also)
    needs = find_needs(terms, scope)
    before = set(scope.definitions)
    grown, conditions = with_substitutions(needs.assumptions, scope, size_symbols(needs, scope))
    constrained = tuple(sorted(set(grown.definitions) - before))
    if grown is not scope:
        needs = find_needs((*terms, *(side for c in needs.assumptions for side in (c.left, c.right))), grown)
    if not finite:
        needs.real |= needs.spaces
    return Problem(reading, grown, needs, conditions, constrained, size_symbols(needs, grown))


def interpret(
    problem: Problem, meter: Meter, *, seed: int, attempt: int, count: int, sizes: Mapping[str, int] | None = None,
    space_sizes: Mapping[str, int] | None = None,
) -> Interpretation:  # fmt: skip
    """Draw one batch of interpretations for the problem."""
    return draw(
        problem.needs,
        problem.scope,
        seed=seed,
        attempt=attempt,
        count=count,
        symbols=problem.sizes,
        sizes=sizes,
        space_sizes=space_sizes,
    )


def evaluate_sides(
    problem: Problem, interpretation: Interpretation, meter: Meter, *, base: Environment | None = None
) -> Sides:
    """Solve the conditions, then evaluate both sides; a quadrature is confirmed at a second resolution."""
    meter.approximate = False
    env = base or environment(problem.scope, interpretation, meter)
    env, holds = satisfy(problem.conditions, env, problem.needs)
    if problem.constrained:
        holds = holds * in_their_sorts(problem.constrained, env)
    sides = _both(problem.reading, env, holds > 0)
    if not meter.approximate:
        return sides
    finer = _both(problem.reading, replace(env, resolution=1), holds > 0)
    tolerance = QUADRATURE * np.fmax(sides.scale, finer.scale)
    close = (np.abs(sides.left - finer.left).max(axis=1) <= tolerance) & (
        np.abs(sides.right - finer.right).max(axis=1) <= tolerance
    )
    return replace(finer, valid=finer.valid & sides.valid & close, approximate=True)


def _both(reading: Reading, env: Environment, satisfied: NDArray[np.bool_]) -> Sides:
    return compared(side_value(reading.left, env), side_value(reading.right, env), env, satisfied)


def compared(
    left: Value | NormalLaw, right: Value | NormalLaw, env: Environment, satisfied: NDArray[np.bool_]
) -> Sides:
    """Return the values of both sides entry by entry, and where they can be compared."""
    left_q, right_q = comparable(left, right, env)
    if _number_beside_matrix(left_q, right_q) or _number_beside_matrix(right_q, left_q):
        raise Mismatch("shapes do not agree: a number and a matrix are compared")
    (a, b), (s, t), _ = aligned(agree([left_q, right_q]))
    if max(left_q.lead, right_q.lead) > 1:
        raise Unanswerable("a side of the claim depends on a bound variable")
    count = env.interpretation.count
    a, b = np.broadcast_arrays(a, b)
    s, t = np.broadcast_arrays(s, t)
    rows = [np.broadcast_to(x.reshape(x.shape[0], -1), (count, x[0].size)) for x in (a, b, np.fmax(s, t))]
    defined = np.isfinite(rows[0]).all(axis=1) & np.isfinite(rows[1]).all(axis=1)
    defined &= ~_drowned(rows[0], rows[1], rows[2].max(axis=1))
    return Sides(rows[0], rows[1], rows[2].max(axis=1), defined & satisfied, satisfied, env, False)


def _drowned(left: Floats, right: Floats, scale: Floats) -> NDArray[np.bool_]:
    """Where the sides differ, but by less than rounding leaves of the scale: then that scale measures nothing."""
    with np.errstate(all="ignore"):
        gap = np.abs(left - right).max(axis=1)
        size = np.maximum(np.abs(left), np.abs(right)).max(axis=1)
        return np.asarray((gap > DIFFERENT * size) & (gap < ROUNDING * scale))


def _number_beside_matrix(one: Quantity, other: Quantity) -> bool:
    """Whether one side is a number, not a written one, and the other a matrix that is no vector."""
    return not one.rank and not one.literal and not one.unit and other.rank == 2 and 1 not in other.shape


def side_value(term: Term, env: Environment) -> Value | NormalLaw:
    """Evaluate one side; a law may stand there."""
    if isinstance(term, Comparison):
        return env.value(term)
    if is_law(term, env):
        found = law_object(term, env)
        if isinstance(found, TableLaw | NormalLaw):
            return found
    return env.value(term)


def comparable(left: Value | NormalLaw, right: Value | NormalLaw, env: Environment) -> tuple[Quantity, Quantity]:
    """Bring two values into a form in which their entries can be compared."""
    if isinstance(left, PointAt) and isinstance(right, PointAt) and left.space == right.space:
        return _places(left), _places(right)
    if isinstance(left, NormalLaw) and isinstance(right, NormalLaw):
        known = [left.mean, left.covariance, right.mean, right.covariance]
        dimension = next((q.shape[0] for q in known if q.rank), 1)
        return _parameters(left, dimension), _parameters(right, dimension)
    first, second = _table(left, env), _table(right, env)
    if (first is None) != (second is None):
        raise Unanswerable("a law or function is compared with a number")
    if first is not None and second is not None:
        if first.shape != second.shape:
            raise Unanswerable("laws or functions over different spaces are compared")
        return first, second
    if isinstance(left, NormalLaw) or isinstance(right, NormalLaw):
        raise Unanswerable("a law is compared with a number")
    return env.as_quantity(left), env.as_quantity(right)


def _places(point: PointAt) -> Quantity:
    return Quantity(np.where(point.index < 0, np.nan, point.index.astype(float)))


def _table(value: Value | NormalLaw, env: Environment) -> Quantity | None:
    if isinstance(value, TableFunction):
        return Quantity(value.table, len(value.spaces) + value.rank)
    if isinstance(value, TableLaw):
        return Quantity(value.table, len(value.axes))
    if isinstance(value, LAW_VALUES):
        raise Unanswerable("a law stands where a number is needed")
    return None


def _parameters(law: NormalLaw, dimension: int) -> Quantity:
    """Return mean and covariance side by side, dimension by 1 + dimension."""
    mean = agree([law.mean, Quantity(np.zeros((1, dimension, 1)), 2)])[0] if dimension > 1 else law.mean
    column = mean.array if mean.rank else mean.array[..., None, None]
    covariance = full_covariance(law.covariance, dimension).array
    lead = max(column.ndim, covariance.ndim) - 2
    parts = [lifted(column, 2, lead), lifted(covariance, 2, lead)]
    leads = np.broadcast_shapes(*(p.shape[:-2] for p in parts))
    return Quantity(np.concatenate([np.broadcast_to(p, leads + p.shape[-2:]) for p in parts], axis=-1), 2)


def sizes_used(interpretation: Interpretation) -> tuple[int, ...]:
    """Return the sizes of spaces and symbolic sizes of an interpretation."""
    from errata.numeric_checks.interpretation import FinitePoints

    spaces = [s.count for s in interpretation.spaces.values() if isinstance(s, FinitePoints)]
    return tuple(sorted({*interpretation.sizes.values(), *spaces}))
