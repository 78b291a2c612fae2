"""Matrices of special ranks, for claims that take ranks: products and sums of them vanish, those of drawn ones do not.

rank(AB) = rank(BA) holds for nearly all A and B, and fails for A = [1 0; 0 0], B = [0 1; 0 0].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

import numpy as np

from errata.language.sorts import Matrix, Real
from errata.language.terms import MatrixOperation, subterms
from errata.numeric_checks.batches import Problem
from errata.numeric_checks.interpretation import Interpretation, Value
from errata.numeric_checks.quantities import Floats, Quantity

_KINDS = {1: 8, 2: 8, 3: 4}
"""How many special matrices are tried for each, by the number of matrices."""


def special_ranks(problem: Problem, drawn: Interpretation) -> Iterator[Interpretation]:
    """Yield the interpretation with zeros and ones in the place of the matrices that have no property.

    Every combination stands somewhere along the axis of the interpretations.
    """
    parts = (t for side in (problem.reading.left, problem.reading.right) for t in subterms(side))
    if not any(isinstance(t, MatrixOperation) and t.operation == "rank" for t in parts):
        return
    free = {s: v for s, v in sorted(drawn.values.items()) if isinstance(v, Quantity) and _is_free(s, problem)}
    combinations = product(range(_KINDS.get(len(free), 0)), repeat=len(free)) if free else iter(())
    while chosen := list(islice(combinations, drawn.count)):
        chosen += chosen[-1:] * (drawn.count - len(chosen))
        changed: dict[str, Value] = {}
        for (symbol, value), kinds in zip(free.items(), zip(*chosen, strict=True), strict=True):
            special = _special(*value.array.shape[-2:])
            changed[symbol] = Quantity(np.stack([special[kind] for kind in kinds]), 2)
        yield replace(drawn, values={**drawn.values, **changed})


def _is_free(symbol: str, problem: Problem) -> bool:
    sort = problem.scope.sorts.get(symbol)
    return isinstance(sort, Matrix) and not sort.properties and sort.entries == Real()


def _special(rows: int, columns: int) -> list[Floats]:
    """Return single entries, their opposites and sums, and what is zero."""

    def unit(row: int, column: int) -> Floats:
        array = np.zeros((rows, columns))
        array[min(row, rows - 1), min(column, columns - 1)] = 1.0
        return array

    first, beside, below, last = unit(0, 0), unit(0, 1), unit(1, 0), unit(1, 1)
    return [
        first,
        beside,
        -first,
        np.zeros((rows, columns)),
        last,
        below,
        np.eye(rows, columns),
        -np.eye(rows, columns),
    ]
