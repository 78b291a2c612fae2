"""Bounds of indices and the order of sizes are met when they are drawn, not only waited for."""

import pytest

from errata.language.scope import Scope
from errata.language.terms import Comparison, Name, Number, Sum
from errata.numeric_checks.sizes import choose_sizes
from errata.numeric_checks.told_ranges import told_range

ONE = Number(1)
SIZES = {"m": 3, "n": 7}


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([], (None, None)),
        ([Comparison(">=", Name("j"), Sum((Name("m"), ONE))), Comparison("<=", Name("j"), Name("n"))], (4, 7)),
        ([Comparison(">", Name("j"), Name("m")), Comparison("<", Name("j"), Name("n"))], (4, 6)),
        ([Comparison("<", Name("m"), Name("j")), Comparison(">=", Name("n"), Name("j"))], (4, 7)),
        ([Comparison("!=", Name("j"), Name("m"))], (None, None)),
        ([Comparison(">=", Name("i"), Name("m"))], (None, None)),
        ([Comparison(">=", Name("j"), Name("x"))], (None, None)),
        ([Comparison(">=", Name("j"), Name("m")), Comparison(">=", Name("j"), ONE)], (3, None)),
    ],
)
def test_the_range_that_conditions_leave_to_an_index(conditions, expected):
    assert told_range("j", conditions, SIZES) == expected


@pytest.mark.parametrize("condition", [Comparison("<", Name("m"), Name("n")), Comparison(">=", Name("n"), Name("m"))])
def test_sizes_are_chosen_in_the_order_that_is_said(condition):
    told = [choose_sizes(("m", "n"), Scope(assumptions=(condition,)), 0, attempt) for attempt in range(6)]
    free = [choose_sizes(("m", "n"), Scope(), 0, attempt) for attempt in range(6)]
    assert all(sizes["m"] <= sizes["n"] for sizes in told)
    assert not all(sizes["m"] < sizes["n"] for sizes in free)
