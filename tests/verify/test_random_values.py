import random

import pytest
import sympy

from errata.language.sorts import SIZE, Real
from errata.verify.sympy_zero import random_value


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        (Real(-1, 1, low_open=False, high_open=False, integer=True, nonzero=True), {-1, 1}),
        (Real(0, 1, low_open=False, high_open=False, integer=True), {0, 1}),
        (Real(0, 3, integer=True), {1, 2}),
        (SIZE, set(range(1, 8))),
    ],
)
def test_whole_numbers_stay_in_their_domain(sort, wanted):
    generator = random.Random(1)
    made = sympy.Symbol("k", integer=True)
    assert {int(random_value(sort, made, generator, small=False)) for _ in range(200)} == wanted
