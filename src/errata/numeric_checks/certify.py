"""Confirm that one interpretation makes a claim false, by exact rationals or balls of proven radius."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import ctx

from errata.numeric_checks.batches import Problem
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.exact import balls
from errata.numeric_checks.exact.balls import Exact, Undefined, Unproven
from errata.numeric_checks.exact.evaluator import Evaluator
from errata.numeric_checks.exact.world import ExactMatrix, ExactPoint, World, world_of

TINY = 1e-40


@dataclass(frozen=True, slots=True)
class Certificate:
    """violated: the claim is false here. certain: proven, not only seen at high precision."""

    violated: bool
    certain: bool
    left: str = ""
    right: str = ""


def certify(problem: Problem, env: Environment, row: int) -> Certificate | None:
    """Evaluate both sides exactly; None where exact evaluation does not reach."""
    if problem.constrained or problem.conditions:
        return _unconditional(problem, env, row) if _conditions_exact(problem) else None
    return _unconditional(problem, env, row)


def _conditions_exact(problem: Problem) -> bool:
    """Equations that became definitions are followed exactly; solved ones hold only to rounding."""
    return not any(getattr(condition, "relation", "=") == "=" for condition in problem.conditions)


def _unconditional(problem: Problem, env: Environment, row: int) -> Certificate | None:
    reading = problem.reading
    with ctx.workprec(balls.PRECISION):
        try:
            world = world_of(problem.scope, env.interpretation, env.bound, row)
            evaluator = Evaluator()
            left, right = _sides(problem, world, evaluator)
            return _compared(reading.relation, left, right)
        except Undefined:
            return Certificate(False, True)
        except (Unproven, AssertionError, KeyError, ValueError, OverflowError, RecursionError):
            return None


def _sides(problem: Problem, world: World, evaluator: Evaluator) -> tuple[list[Exact], list[Exact]]:
    terms = (problem.reading.left, problem.reading.right)
    values = [evaluator.value(term, world) for term in terms]
    if all(isinstance(value, ExactPoint) for value in values):
        first, second = (value for value in values if isinstance(value, ExactPoint))
        if first.space == second.space:
            return [Fraction(first.index)], [Fraction(second.index)]
    sides = []
    for term in terms:
        quantity = evaluator.quantity(term, world)
        if isinstance(quantity, ExactMatrix):
            sides.append([entry for line in quantity.rows for entry in line])
        else:
            sides.append([quantity])
    left, right = sides
    if len(left) != len(right):
        zero = [Fraction(0)]
        if left == zero:
            left = zero * len(right)
        elif right == zero:
            right = zero * len(left)
        else:
            raise Unproven("shapes do not agree")
    return left, right


def _compared(relation: str, left: list[Exact], right: list[Exact]) -> Certificate:
    texts = (_text(left), _text(right))
    gaps = [balls.add(a, balls.negative(b)) for a, b in zip(left, right, strict=True)]
    if relation in ("=", "~="):
        return Certificate(any(_apart(gap) for gap in gaps), True, *texts)
    gap = gaps[0]
    try:
        s = balls.sign(gap)
    except Unproven:
        middle = balls.ball(gap)
        if relation in ("<", ">", "!=") and abs(float(middle.mid())) < TINY and float(middle.rad()) < TINY:
            return Certificate(True, False, *texts)
        raise
    holds = {"<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0, "!=": s != 0}[relation]
    return Certificate(not holds, True, *texts)


def _apart(gap: Exact) -> bool:
    """Whether the difference is proven not to be 0; a ball that contains 0 proves nothing."""
    if isinstance(gap, Fraction):
        return gap != 0
    return not bool(gap.contains(0))


def _text(entries: list[Exact]) -> str:
    if len(entries) == 1:
        return balls.text(entries[0])
    return "(" + ", ".join(balls.text(entry) for entry in entries) + ")"
