"""Matrices written out: by numbers, or by blocks whose rows and columns fit together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from errata.language.terms import Array, Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.interpretation import Value
from errata.numeric_checks.quantities import Floats, Quantity, lifted, shape_text

Row = Sequence[Quantity]


def evaluate_array(term: Term, env: Environment) -> Value:
    """A matrix or column written out; 0 and I among blocks take the size of the place they stand in."""
    assert isinstance(term, Array)
    rows = [[env.number(entry) for entry in row] for row in term.rows]
    if any(len(row) != len(rows[0]) for row in rows):
        raise Unanswerable("shapes do not agree: rows of a written matrix")
    heights = _lengths(rows, 0)
    widths = _lengths(list(zip(*rows, strict=True)), 1)
    heights, widths = _by_units(rows, heights, widths)
    flat = [q for row in rows for q in row]
    lead = max(q.lead for q in flat)
    grown = [
        [_block(q, height or 1, width or 1, lead) for q, width in zip(row, widths, strict=True)]
        for row, height in zip(rows, heights, strict=True)
    ]
    leads = np.broadcast_shapes(*(array.shape[:-2] for row in grown for array in row))
    wide = [[np.broadcast_to(a, leads + a.shape[-2:]) for a in row] for row in grown]
    return Quantity(np.concatenate([np.concatenate(row, axis=-1) for row in wide], axis=-2), 2)


def _lengths(lines: Sequence[Row], axis: int) -> list[int | None]:
    """Return the height of every row (or width of every column) that its matrices tell."""
    found: list[int | None] = []
    for line in lines:
        told = {q.shape[axis] for q in line if q.rank == 2}
        if len(told) > 1:
            raise Unanswerable("shapes do not agree: rows of a written matrix")
        found.append(told.pop() if told else None)
    return found


def _by_units(
    rows: Sequence[Row], heights: list[int | None], widths: list[int | None]
) -> tuple[list[int | None], list[int | None]]:
    """An identity matrix is as high as it is wide."""
    tall, wide = list(heights), list(widths)
    for _ in range(len(tall) + len(wide)):
        for i, row in enumerate(rows):
            for j, q in enumerate(row):
                if q.unit:
                    tall[i], wide[j] = tall[i] or wide[j], wide[j] or tall[i]
    if any(q.unit and not (tall[i] and wide[j]) for i, row in enumerate(rows) for j, q in enumerate(row)):
        raise Unanswerable("an identity matrix of unknown size in a written matrix")
    return tall, wide


def _block(q: Quantity, height: int, width: int, lead: int) -> Floats:
    array = lifted(q.array, q.rank, lead, 2)
    shape = (*array.shape[:-2], height, width)
    if q.rank or (height, width) == (1, 1):
        return np.broadcast_to(array, shape)
    if q.unit and height == width:
        return array * np.eye(height)
    if q.literal and not np.any(q.array):
        return np.zeros(shape)
    raise Unanswerable(f"shapes do not agree: a number and a block of {shape_text((height, width))}")
