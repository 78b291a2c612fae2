"""Declared means and variances of random variables of any law: the values of their points are moved to fit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from errata.language.sorts import RandomVariable, Real
from errata.language.terms import (
    Comparison,
    Expectation,
    LawReference,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Sum,
    Term,
)
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.interpretation import FinitePoints
from errata.numeric_checks.needs import find_symbols
from errata.numeric_checks.quantities import Floats, Quantity, lifted


def with_moments(conditions: Sequence[Comparison], env: Environment, variables: Collection[str]) -> Environment:
    """Return the environment in which the random variables have the variances, then the means, that are said."""
    spaces = _spaces(variables, env)
    conditions = _with_variances(conditions)
    for symbol, moment, value in (*_said(conditions, env, MomentOf), *_said(conditions, env, Expectation)):
        space = spaces.get(symbol, "")
        points = env.interpretation.spaces.get(space)
        if not isinstance(points, FinitePoints) or not _alike([s for s in spaces if spaces[s] == space], env):
            continue
        wanted = env.number(value)
        if isinstance(moment, MomentOf):
            points = _spread(points, env.number(Expectation((), Name(symbol))), env.number(moment), wanted)
        else:
            points = _shifted(points, env.number(moment), wanted)
        if points is not None:
            moved = {**env.interpretation.spaces, space: points}
            env = replace(env, interpretation=replace(env.interpretation, spaces=moved))
    return env


def _with_variances(conditions: Sequence[Comparison]) -> list[Comparison]:
    """Put Var(X) = v - m^2 for E[X^2] = v, where E[X] = m is said; else some mean that leaves room."""
    equations = [c for c in conditions if c.relation == "="]
    means = {c.left.body: c.right for c in equations if isinstance(c.left, Expectation) and not c.left.draws}
    found = list(conditions)
    for condition in equations:
        match condition.left:
            case Expectation((), Power(Name() as variable, Number(exponent)), ()) if exponent == 2:
                square = condition.right
                mean = means.get(variable)
                if mean is None:
                    mean = Product((Power(square, Number(Fraction(1, 2))), Number(Fraction(3, 5))))
                    found.append(Comparison("=", Expectation((), variable), mean))
                variance = Sum((square, Negative(Power(mean, Number(Fraction(2))))))
                found.append(Comparison("=", MomentOf("variance", (), (variable,)), variance))
    return found


def _spaces(variables: Collection[str], env: Environment) -> dict[str, str]:
    sorts = ((symbol, env.scope.sorts.get(symbol)) for symbol in sorted(variables))
    return {s: sort.space for s, sort in sorts if isinstance(sort, RandomVariable) and sort.values == Real()}


def _alike(sharing: Sequence[str], env: Environment) -> bool:
    """Return whether the variables that have one space have one law too: what moves one moves all of them rightly."""
    laws = {getattr(env.scope.sorts.get(symbol), "law", None) for symbol in sharing}
    return len(sharing) == 1 or (len(laws) == 1 and None not in laws)


def _said(conditions: Sequence[Comparison], env: Environment, kind: type[Term]) -> Iterator[tuple[str, Term, Term]]:
    """Yield the variables with the moment and the value that an equation gives it."""
    for condition in conditions:
        if condition.relation != "=":
            continue
        for moment, value in ((condition.left, condition.right), (condition.right, condition.left)):
            symbol = _variable(moment)
            if symbol is None or not isinstance(moment, kind):
                continue
            sort = env.scope.sorts.get(symbol)
            free = isinstance(sort, RandomVariable) and (sort.law is None or isinstance(sort.law, LawReference))
            if free and symbol not in find_symbols(value, env.scope):
                yield symbol, moment, value


def _variable(moment: Term) -> str | None:
    match moment:
        case Expectation((), Name(symbol), ()):
            return symbol
        case MomentOf(_, (), (Name(symbol),)):
            return symbol
        case MomentOf("covariance", (), (Name(symbol), Name(other))) if symbol == other:
            return symbol
    return None


def _rows(q: Quantity, count: int) -> Floats:
    array = lifted(q.array, q.rank, 1)
    return np.broadcast_to(array, (count, *array.shape[1:]))


def _shifted(points: FinitePoints, mean: Quantity, wanted: Quantity) -> FinitePoints | None:
    count = max(points.values.shape[0], mean.array.shape[0], wanted.array.shape[0])
    if mean.lead > 1 or wanted.lead > 1 or mean.rank != points.rank or wanted.rank not in (0, points.rank):
        return None
    goal = _rows(wanted, count)
    goal = goal.reshape(goal.shape + (1,) * (points.rank - wanted.rank))
    gap = goal - _rows(mean, count)
    return FinitePoints(points.values + gap[:, None], points.rank)


def _spread(points: FinitePoints, mean: Quantity, spread: Quantity, wanted: Quantity) -> FinitePoints | None:
    if max(mean.lead, spread.lead, wanted.lead) > 1 or mean.rank != points.rank:
        return None
    count = max(points.values.shape[0], mean.array.shape[0], wanted.array.shape[0])
    center = _rows(mean, count)[:, None]
    gap = points.values - center
    if not points.rank:
        if wanted.rank or spread.rank:
            return None
        ratio = _rows(wanted, count) / _rows(spread, count)
        return FinitePoints(center + gap * np.sqrt(np.where(ratio > 0, ratio, np.nan))[:, None])
    size = points.values.shape[2]
    goal = _rows(wanted, count)
    if not wanted.rank:
        if not wanted.unit:
            return None
        goal = goal[:, None, None] * np.eye(size)
    if goal.shape[1:] != (size, size) or spread.shape != (size, size):
        return None
    try:
        turn = np.linalg.cholesky(goal) @ np.linalg.inv(np.linalg.cholesky(_rows(spread, count)))
    except np.linalg.LinAlgError:
        return None
    return FinitePoints(center + turn[:, None] @ gap, points.rank)
