"""Truth values: 1, 0 or NaN where a side is undefined; cases and indicators."""

from __future__ import annotations

import numpy as np

from errata.language.terms import Cases, Comparison, Conjunction, Indicator, Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.interpretation import Value
from errata.numeric_checks.quantities import Floats, PointAt, Quantity, agree, aligned, lifted

EQUAL = 1e-9


def truth(condition: Term, env: Environment) -> Quantity:
    """Evaluate a condition to 1, 0 or NaN."""
    result = env.value(condition)
    if not isinstance(result, Quantity) or result.rank:
        raise Unanswerable("a condition is not understood")
    return result


def evaluate_comparison(term: Term, env: Environment) -> Value:
    """Compare two numbers, or two points of one space."""
    assert isinstance(term, Comparison)
    left, right = env.value(term.left), env.value(term.right)
    if isinstance(left, PointAt) and isinstance(right, PointAt) and left.space == right.space:
        left, right = Quantity(left.index.astype(float)), Quantity(right.index.astype(float))
    arrays, scales, rank = aligned(agree([env.as_quantity(left), env.as_quantity(right)]))
    result = compare(term.relation, arrays[0], arrays[1], EQUAL * np.fmax(scales[0], scales[1]))
    if rank:
        own = tuple(range(-rank, 0))
        result = result.min(axis=own)
    return Quantity(result)


def compare(relation: str, left: Floats, right: Floats, slack: Floats) -> Floats:
    """Return 1, 0 or NaN; numbers closer than the slack count as equal."""
    equal = (np.abs(left - right) <= slack) | (left == right)
    less = (left < right) & ~equal
    table = {
        "=": equal,
        "!=": ~equal,
        "<": less,
        "<=": less | equal,
        ">": ~less & ~equal,
        ">=": ~less,
        "~=": np.abs(left - right) <= 0.05 * np.fmax(np.abs(left), np.abs(right)),
    }
    if relation not in table:
        raise Unanswerable(f"the relation {relation} inside a condition is not interpreted")
    return np.where(np.isnan(left) | np.isnan(right), np.nan, table[relation].astype(float))


def evaluate_conjunction(term: Term, env: Environment) -> Value:
    """All of the conditions."""
    assert isinstance(term, Conjunction)
    parts = [truth(part, env) for part in term.conditions]
    lead = max(p.lead for p in parts)
    result = lifted(parts[0].array, 0, lead)
    for part in parts[1:]:
        result = result * lifted(part.array, 0, lead)
    return Quantity(result)


def evaluate_indicator(term: Term, env: Environment) -> Value:
    """1 where the condition holds, else 0."""
    assert isinstance(term, Indicator)
    return truth(term.condition, env)


def evaluate_cases(term: Term, env: Environment) -> Value:
    """The value of the first branch whose condition holds; undefined where none does."""
    assert isinstance(term, Cases)
    values = [env.number(value) for value, _ in term.branches]
    tests = [truth(condition, env) for _, condition in term.branches]
    other = env.number(term.otherwise) if term.otherwise is not None else Quantity(np.array([np.nan]), literal=True)
    grown = agree([*values, other], entrywise=True)
    rank = grown[0].rank
    lead = max(q.lead for q in (*grown, *tests))
    result = lifted(grown[-1].array, rank, lead)
    for value, test in zip(reversed(grown[:-1]), reversed(tests), strict=True):
        where = lifted(test.array, 0, lead)
        where = where.reshape(where.shape + (1,) * rank)
        result = np.where(np.isnan(where), np.nan, np.where(where == 1.0, lifted(value.array, rank, lead), result))
    return Quantity(result, rank)
