"""Variables that are said to be uncorrelated: laws without covariances in which the variables still depend.

A joint table keeps its margins when a product of two columns that each sum to 0 is added to it; of such columns
those are taken that cancel the covariance. Where that would make a probability negative, the table is mixed with
the product of its margins first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from errata.language.sorts import RandomVariable
from errata.language.terms import Comparison, Expectation, MomentOf, Name, Number, Product
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.interpretation import FinitePoints, TableLaw
from errata.numeric_checks.quantities import Floats

KEPT = 0.9
"""A mixture with the product of the margins stays so far from the first probability that is 0."""


def with_uncorrelated(conditions: Sequence[Comparison], env: Environment) -> Environment:
    """Return the environment in which variables have no covariance where that is said, as far as some law does it."""
    hidden = env.interpretation.hidden
    law = env.interpretation.values.get(hidden)
    if not isinstance(law, TableLaw) or law.table.ndim != len(law.axes) + 1:
        return env
    for one, other in _said(conditions):
        places = [_place(name, law, env) for name in (one, other)]
        if None in places or places[0] == places[1]:
            continue
        law = _without_covariance(law, places[0], places[1], env)  # type: ignore[arg-type]
    values = {**env.interpretation.values, hidden: law}
    return replace(env, interpretation=replace(env.interpretation, values=values))


def _said(conditions: Sequence[Comparison]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of variables of which Cov(X, Y) = 0 or E[XY] = E[X] E[Y] is said."""
    for condition in conditions:
        if condition.relation != "=":
            continue
        for side, value in ((condition.left, condition.right), (condition.right, condition.left)):
            match side, value:
                case MomentOf("covariance", (), (Name(one), Name(other))), Number(0) if one != other:
                    yield one, other
                case (
                    Expectation((), Product((Name(one), Name(other))), ()),
                    Product((Expectation((), Name(), ()) as first, Expectation((), Name(), ()) as second)),
                ) if one != other and {first.body, second.body} == {Name(one), Name(other)}:
                    yield one, other


def _place(name: str, law: TableLaw, env: Environment) -> int | None:
    """Return which place of the law a variable stands in; None where it has a law of its own, or is no number."""
    sort = env.scope.sorts.get(name)
    if not isinstance(sort, RandomVariable) or sort.law is not None or name in env.scope.definitions:
        return None
    points = env.interpretation.spaces.get(sort.space)
    keys = [axis.key for axis in law.axes]
    if not isinstance(points, FinitePoints) or points.rank or points.values is None or sort.space not in keys:
        return None
    return keys.index(sort.space)


def _without_covariance(law: TableLaw, one: int, other: int, env: Environment) -> TableLaw:
    count = len(law.axes)
    table = np.broadcast_to(law.table, (max(env.interpretation.count, law.table.shape[0]), *law.table.shape[-count:]))
    margins = [_along(table.sum(axis=tuple(1 + k for k in range(count) if k != j)), j, count) for j in range(count)]
    product = np.ones(())
    for margin in margins:
        product = product * margin
    turned = []
    for place in (one, other):
        points = env.interpretation.spaces[law.axes[place].space]
        assert isinstance(points, FinitePoints)
        values = _along(np.broadcast_to(points.values, (len(table), points.values.shape[-1])), place, count)
        gaps = values - _total(margins[place] * values)
        turned.append(gaps)
    spread = [_total(margins[p] * gaps**2) for p, gaps in zip((one, other), turned, strict=True)]
    covariance = _total(table * turned[0] * turned[1])
    moved = table - covariance / (spread[0] * spread[1]) * product * turned[0] * turned[1]
    lowest = (moved / product).min(axis=tuple(range(1, count + 1)), keepdims=True)
    share = np.where(lowest > 0, 1.0, KEPT / (1.0 - np.minimum(lowest, 0.0)))
    return replace(law, table=share * moved + (1 - share) * product)


def _along(margin: Floats, place: int, count: int) -> Floats:
    """Put the points of one place on its axis among all."""
    shape = [1] * count
    shape[place] = margin.shape[-1]
    return margin.reshape(margin.shape[0], *shape)


def _total(array: Floats) -> Floats:
    return np.asarray(array.sum(axis=tuple(range(1, array.ndim)), keepdims=True))
