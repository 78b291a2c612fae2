"""Distances by transport against linear programs that are written out here, on the line and elsewhere."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

from errata.numeric_checks.evaluate import transport
from errata.numeric_checks.evaluate.transport import Masses
from errata.numeric_checks.exact import transport as exact


def drawn(seed: int, coordinates: int = 0) -> tuple[Masses, Masses]:
    rng = np.random.default_rng(seed)
    own = (coordinates,) if coordinates else ()
    first, second = (Masses(rng.normal(size=(1, n, *own)), rng.dirichlet(np.ones(n))[None]) for n in (3, 4))
    return first, second


def cheapest(first: Masses, second: Masses, power: int) -> float:
    """Solve the program with one unknown a pair of places."""
    one, other = (m.places[0].reshape(m.places.shape[1], -1) for m in (first, second))
    cost = np.linalg.norm(one[:, None] - other[None], axis=-1) ** power
    rows, columns = cost.shape
    margins, masses = [], []
    for i in range(rows):
        margins.append((np.arange(rows)[:, None] == i) * np.ones((rows, columns)))
        masses.append(first.weights[0, i])
    for j in range(columns):
        margins.append((np.arange(columns)[None] == j) * np.ones((rows, columns)))
        masses.append(second.weights[0, j])
    return float(linprog(cost.ravel(), A_eq=[m.ravel() for m in margins], b_eq=masses).fun)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("power", [1, 2])
def test_on_the_line_the_plan_that_keeps_the_order_is_the_cheapest(seed: int, power: int) -> None:
    first, second = drawn(seed)
    assert transport._cost_on_line(first, second, power)[0] == pytest.approx(cheapest(first, second, power))


@pytest.mark.parametrize("seed", range(6))
def test_the_best_function_gains_what_the_cheapest_plan_costs(seed: int) -> None:
    first, second = drawn(seed)
    assert transport._gain_on_line(first, second)[0] == pytest.approx(cheapest(first, second, 1))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("functional", "power"), [("transport", 1), ("squared_transport", 2), ("lipschitz_gain", 1)])
def test_in_the_plane_programs_are_solved(seed: int, functional: str, power: int) -> None:
    first, second = drawn(seed, 2)
    found = transport._programmed(first, second, functional)[0]
    assert found == pytest.approx(cheapest(first, second, power), abs=1e-9)


def test_exact_values() -> None:
    first = [(Fraction(0), Fraction(1, 2)), (Fraction(2), Fraction(1, 2))]
    second = [(Fraction(0), Fraction(1, 4)), (Fraction(1), Fraction(3, 4))]
    assert Fraction(3, 4) == exact._cost(first, second, 1) == exact._gain(first, second)
    assert Fraction(3, 4) == exact._cost(first, second, 2)
    assert Fraction(3, 2) == exact._bounded_gain(first, second)


def test_an_exact_cost_moves_mass_in_order() -> None:
    first = [(Fraction(3), Fraction(1, 3)), (Fraction(0), Fraction(2, 3))]
    second = [(Fraction(5), Fraction(1, 2)), (Fraction(1), Fraction(1, 2))]
    # 1/2 goes from 0 to 1, 1/6 from 0 to 5, 1/3 from 3 to 5
    assert Fraction(1, 2) + Fraction(5, 6) + Fraction(2, 3) == exact._cost(first, second, 1)
    assert Fraction(1, 2) + Fraction(25, 6) + Fraction(4, 3) == exact._cost(first, second, 2)
