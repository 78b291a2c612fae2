"""Tables of laws that are products of conditional ones."""

import numpy as np

from errata.numeric_checks.factorised import factorised


def random_table():
    table = np.random.default_rng(3).uniform(0.1, 1.0, (4, 2, 3, 2))
    return table / table.sum(axis=(1, 2, 3), keepdims=True)


def test_a_product_of_conditionals_has_these_conditionals_and_no_other_dependence():
    table = random_table()
    found = factorised(table, [((2,), ()), ((0,), (2,)), ((1,), (2,))])
    assert np.allclose(1.0, found.sum(axis=(1, 2, 3)))
    assert np.allclose(table.sum(axis=(1, 2)), found.sum(axis=(1, 2)))
    given = found / found.sum(axis=(1, 2), keepdims=True)
    first, second = given.sum(axis=2, keepdims=True), given.sum(axis=1, keepdims=True)
    assert np.allclose(first * second, given)
    assert np.allclose(table.sum(axis=2) / table.sum(axis=(1, 2))[:, None], first[:, :, 0])


def test_what_the_product_leaves_out_keeps_its_conditional_law():
    table = random_table()
    found = factorised(table, [((0,), ()), ((1,), ())])
    margins = [t.sum(axis=3, keepdims=True) for t in (table, found)]
    assert np.allclose(table / margins[0], found / margins[1])


def test_without_factors_the_table_stays():
    table = random_table()
    assert factorised(table, []) is table
