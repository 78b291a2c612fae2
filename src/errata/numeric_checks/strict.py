"""Places at which a strict relation may fail by equality, and which no generic draw meets.

x^T A x > 0 fails at x = 0 however definite A is, det B != 0 where B is singular, and H(p) > 0 where p is sure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import EllipsisType

import numpy as np

from errata.language.sorts import Matrix, RandomVariable, Real, Vector
from errata.numeric_checks.batches import Problem, interpret
from errata.numeric_checks.budget import Meter, Unanswerable
from errata.numeric_checks.interpretation import FinitePoints, Interpretation, TableLaw
from errata.numeric_checks.kept_properties import kept
from errata.numeric_checks.needs import bounded_spaces
from errata.numeric_checks.quantities import Floats, Quantity

STRICT = frozenset(("<", ">", "!="))
COUNT = 4


def tight_places(problem: Problem, seed: int, meter: Meter) -> Iterator[tuple[str, Interpretation]]:
    """Yield conditions in words with interpretations that meet them; none where the relation is not strict."""
    if problem.reading.relation not in STRICT:
        return
    drawn = interpret(problem, meter, seed=seed, attempt=0, count=COUNT)
    yield from _thin_arrays(problem, drawn)
    yield from _thin_laws(problem, drawn, seed, meter)


def _thin_arrays(problem: Problem, drawn: Interpretation) -> Iterator[tuple[str, Interpretation]]:
    for symbol, value in sorted(drawn.values.items()):
        sort = problem.scope.sorts.get(symbol)
        if not isinstance(sort, Vector | Matrix) or not isinstance(value, Quantity):
            continue
        for words, array in _thin(symbol, value.array, isinstance(sort, Matrix)):
            if kept(sort, array).all():
                yield words, replace(drawn, values={**drawn.values, symbol: replace(value, array=array)})


def _thin(symbol: str, array: Floats, is_matrix: bool) -> Iterator[tuple[str, Floats]]:
    if is_matrix:
        single = np.zeros_like(array)
        single[..., 0, 0] = 1.0
        yield f"{symbol} is singular", single
    yield f"{symbol} = 0", np.zeros_like(array)


def _thin_laws(
    problem: Problem, drawn: Interpretation, seed: int, meter: Meter
) -> Iterator[tuple[str, Interpretation]]:
    sorts = [problem.scope.sorts.get(symbol) for symbol in problem.needs.random_variables]
    numbers = {sort.space for sort in sorts if isinstance(sort, RandomVariable)}
    bounds = bounded_spaces(problem.needs, problem.scope)
    laws = {symbol: value for symbol, value in sorted(drawn.values.items()) if isinstance(value, TableLaw)}
    for space in sorted(problem.needs.spaces) if laws or numbers else ():
        try:
            one = interpret(problem, meter, seed=seed, attempt=0, count=COUNT, space_sizes={space: 1})
        except Unanswerable:
            continue
        points = one.spaces.get(space)
        if not isinstance(points, FinitePoints) or points.count > 1:
            continue
        yield f"{space} takes one value only", one
        if space in numbers and _may_be_zero(bounds.get(space)):
            zero = replace(points, values=np.zeros_like(points.values))
            yield f"{space} is always 0", replace(one, spaces={**one.spaces, space: zero})
    for symbol, law in laws.items():
        yield f"{symbol} is 0 somewhere", replace(drawn, values={**drawn.values, symbol: _with_a_gap(law)})


def _may_be_zero(bounds: Real | None) -> bool:
    return bounds is None or bool(kept(bounds, np.zeros((1, 1))).all())


def _with_a_gap(law: TableLaw) -> TableLaw:
    """Return the law without its first point."""
    axes = len(law.axes)
    table = law.table.copy()
    first: tuple[EllipsisType | int, ...] = (..., *((0,) * axes))
    table[first] = 0.0
    return TableLaw(law.axes, table / table.sum(axis=tuple(range(table.ndim - axes, table.ndim)), keepdims=True))
