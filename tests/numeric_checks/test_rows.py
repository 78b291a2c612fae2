"""Batches taken apart and put together row by row."""

from __future__ import annotations

import numpy as np

from errata.numeric_checks.functions import SmoothFunction
from errata.numeric_checks.interpretation import FinitePoints, Interpretation
from errata.numeric_checks.quantities import PointAt, Quantity
from errata.numeric_checks.rows import chosen, reordered, repeated, side_by_side

POINTS = np.array([[1.0, 2.0], [3.0, 4.0]])
BATCH = Interpretation(
    count=2,
    sizes={"n": 3},
    spaces={"x": FinitePoints(POINTS)},
    values={
        "n": Quantity(np.array([3.0])),
        "a": Quantity(np.array([10.0, 20.0])),
        "x": PointAt("x", np.array([0, 1])),
    },
)


def row(interpretation, symbol):
    value = interpretation.values[symbol]
    return (value.index if isinstance(value, PointAt) else value.array).tolist()


def test_a_batch_over_and_over():
    twice = repeated(BATCH, 2)
    assert twice.count == 4
    assert [row(twice, symbol) for symbol in "nax"] == [[3.0], [10.0, 20.0, 10.0, 20.0], [0, 1, 0, 1]]
    assert twice.spaces["x"].values.tolist() == [*POINTS.tolist(), *POINTS.tolist()]


def test_what_is_drawn_from_a_seed_cannot_be_repeated():
    values = {**BATCH.values, "f": SmoothFunction(1, 2)}
    assert repeated(Interpretation(2, {}, {}, values), 2) is None


def test_rows_in_another_order():
    assert row(reordered(BATCH, np.array([1, 1])), "a") == [20.0, 20.0]


def test_rows_from_here_and_there():
    other = reordered(BATCH, np.array([1, 0]))
    assert row(chosen(np.array([True, False]), other, BATCH), "a") == [20.0, 20.0]


def test_changes_side_by_side():
    wide = repeated(BATCH, 2)
    changes = [{"a": Quantity(np.zeros(4))}, {"a": Quantity(np.ones(4))}]
    assert row(side_by_side(wide, changes, 2), "a") == [0.0, 0.0, 1.0, 1.0]
