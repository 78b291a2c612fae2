"""Distances between laws by transport, each from its own definition: the cheapest plan, the best function.

On the line both are solved in closed form (Santambrogio, Optimal Transport for Applied Mathematicians, sections 2.1
and 2.2): plans that keep the order are the cheapest for |x - y| and |x - y|^2, and the best 1-Lipschitz function has
slope 1 or -1 between neighbouring places, as the masses before them tell. Elsewhere both are linear programs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from errata.language.definitions import free_symbols
from errata.language.sorts import FiniteSpace, Real, Vector
from errata.language.terms import Functional, Number, StandardLaw, Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import law_object
from errata.numeric_checks.functions import SmoothFunction, TableFunction
from errata.numeric_checks.interpretation import TableLaw, Value
from errata.numeric_checks.quantities import Floats, Quantity, lifted

MOST_PLACES = 16
MOST_PROGRAMS = 600
"""A linear program is solved for each interpretation."""
NORMALISED = 1e-9


@dataclass(frozen=True, eq=False)
class Masses:
    """A law on finitely many places: leading axes, places (, coordinates); weights without the coordinates."""

    places: Floats
    weights: Floats
    space: str = ""


def evaluate_distance(term: Functional, env: Environment) -> Value:
    """transport, squared_transport, lipschitz_gain or bounded_gain of two laws."""
    if len(term.laws) != 2:
        raise Unanswerable("transport is between two laws")
    if any(_takes_two(value) for value in env.interpretation.values.values()):
        raise Unanswerable("a function of two points may be the distance that is meant")
    first, second = (_masses(law, env) for law in term.laws)
    first, second = _side_by_side(first, second)
    on_line = first.places.ndim == first.weights.ndim
    match term.functional:
        case "bounded_gain":
            found = _bounded_gain(first, second)
        case "lipschitz_gain":
            found = _gain_on_line(first, second) if on_line else _programmed(first, second, "lipschitz_gain")
        case "transport":
            found = _cost_on_line(first, second, 1) if on_line else _programmed(first, second, "transport")
        case _:
            found = _cost_on_line(first, second, 2) if on_line else _programmed(first, second, "squared_transport")
    lawful = [(m.weights >= 0).all(-1) & (np.abs(m.weights.sum(-1) - 1) < NORMALISED) for m in (first, second)]
    return Quantity(np.where(lawful[0] & lawful[1], found, np.nan), 0, _size(first, second, term.functional, on_line))


def _takes_two(value: Value) -> bool:
    """Whether a value is an unknown function of two arguments, as the metric of a note would be."""
    match value:
        case TableFunction(_, spaces):
            return len(spaces) == 2
        case SmoothFunction(_, count):
            return count == 2
    return False


def _size(first: Masses, second: Masses, functional: str, on_line: bool) -> Floats:
    """Return the size of the terms that a distance is made of: rounding is relative to it."""
    places = np.concatenate([m.places for m in (first, second)], -1 if on_line else -2)
    axes = -1 if on_line else (-2, -1)
    farthest = np.abs(places).max(axis=axes)
    match functional:
        case "bounded_gain":
            return np.ones_like(farthest)
        case "squared_transport":
            return np.asarray(farthest**2)
    return np.asarray(farthest)


# Laws ------------------------------------------------------------------------------------------------


def _masses(law: Term, env: Environment) -> Masses:
    """Return where a law has its mass: on the values that the points of its space carry, or on those it names."""
    if isinstance(law, StandardLaw) and law.kind in ("discrete", "bernoulli"):
        numbers = [env.number(part) for part in law.parameters]
        if law.kind == "bernoulli":
            chance = numbers[0].array
            numbers = [Quantity(np.zeros(1)), Quantity(1 - chance), Quantity(np.ones(1)), numbers[0]]
        if any(part.rank for part in numbers):
            raise Unanswerable("a point mass at a place that is no number")
        arrays = np.broadcast_arrays(*(lifted(part.array, 0, env.depth) for part in numbers))
        return Masses(np.stack(arrays[::2], -1), np.stack(arrays[1::2], -1))
    found = law_object(law, env)
    if not isinstance(found, TableLaw) or len(found.axes) != 1:
        raise Unanswerable("transport between laws that are not on finitely many places of one space")
    space = found.axes[0].space
    points = env.finite(space)
    _refuse_told_points(space, env)
    if points.rank not in (0, 2) or (points.rank and points.values.shape[-1] != 1):
        raise Unanswerable("transport between points that are neither numbers nor vectors")
    own = points.values if not points.rank else points.values[..., 0]
    coordinates = 1 if points.rank else 0
    return Masses(lifted(own, 1 + coordinates, env.depth), lifted(found.table, 1, env.depth), space)


def _refuse_told_points(space: str, env: Environment) -> None:
    """Raise Unanswerable where more is said of the points than that they are numbers between bounds, or vectors."""
    if isinstance(env.scope.spaces.get(space), FiniteSpace):
        return
    told = env.scope.sorts.get(space)
    match told:
        case Real(integer=True):
            raise Unanswerable("transport between laws on whole numbers")
        case Vector() if replace(told, size=Number(Fraction(1))) != Vector(Number(Fraction(1))):
            raise Unanswerable("transport between vectors of which more is said")
    if any(space in free_symbols(known) for known in env.scope.assumptions):
        raise Unanswerable("transport between points of which more is said")


def _side_by_side(first: Masses, second: Masses) -> tuple[Masses, Masses]:
    """Return both laws with the same leading axes, written out."""
    if first.places.ndim != second.places.ndim or first.places.ndim - first.weights.ndim > 1:
        raise Unanswerable("transport between numbers and vectors")
    lead = first.weights.ndim - 1
    shape = np.broadcast_shapes(*(m.places.shape[:lead] for m in (first, second)), first.weights.shape[:-1])
    shape = np.broadcast_shapes(shape, second.weights.shape[:-1])
    if first.weights.shape[-1] + second.weights.shape[-1] > MOST_PLACES:
        raise Unanswerable("transport between laws on many places")
    one, other = (
        Masses(
            np.broadcast_to(m.places, shape + m.places.shape[lead:]),
            np.broadcast_to(m.weights, (*shape, m.weights.shape[-1])),
            m.space,
        )
        for m in (first, second)
    )
    return one, other


# On the line -----------------------------------------------------------------------------------------


def _gain_on_line(first: Masses, second: Masses) -> Floats:
    """Between neighbouring places the best function climbs where more of the second law's mass lies before."""
    places = np.concatenate([first.places, second.places], -1)
    weights = np.concatenate([first.weights, -second.weights], -1)
    order = places.argsort(-1, kind="stable")
    places, weights = (np.take_along_axis(a, order, -1) for a in (places, weights))
    return np.asarray((np.diff(places, axis=-1) * np.abs(weights.cumsum(-1)[..., :-1])).sum(-1))


def _cost_on_line(first: Masses, second: Masses, power: int) -> Floats:
    """Equal quantiles are matched: the plan that keeps the order."""
    ladders = []
    for law in (first, second):
        order = law.places.argsort(-1, kind="stable")
        places, weights = (np.take_along_axis(a, order, -1) for a in (law.places, law.weights))
        ladders.append((places, weights.cumsum(-1)))
    steps = np.sort(np.concatenate([below for _, below in ladders], -1), axis=-1)
    lengths = np.diff(steps, axis=-1, prepend=0.0)
    middles = steps - lengths / 2
    at = []
    for places, below in ladders:
        rank = (below[..., None, :] < middles[..., :, None]).sum(-1)
        at.append(np.take_along_axis(places, np.minimum(rank, places.shape[-1] - 1), -1))
    return np.asarray((lengths * np.abs(at[0] - at[1]) ** power).sum(-1))


# Anywhere --------------------------------------------------------------------------------------------


def _bounded_gain(first: Masses, second: Masses) -> Floats:
    """The best function is 1 where the first law has more mass, else -1."""
    if first.space and first.space == second.space:
        return np.asarray(np.abs(first.weights - second.weights).sum(-1))
    if first.places.ndim != first.weights.ndim:
        raise Unanswerable("functions on the places of two spaces of vectors")
    places = np.concatenate([first.places, second.places], -1)
    weights = np.concatenate([first.weights, -second.weights], -1)
    same = places[..., :, None] == places[..., None, :]
    together = np.where(same, weights[..., None, :], 0.0).sum(-1)
    return np.asarray((np.abs(together) / same.sum(-1)).sum(-1))


def _programmed(first: Masses, second: Masses, functional: str) -> Floats:
    """Solve one linear program for each interpretation."""
    shape = first.weights.shape[:-1]
    if int(np.prod(shape, dtype=int)) > MOST_PROGRAMS:
        raise Unanswerable("too many linear programs")
    found = np.empty(shape)
    for index in np.ndindex(shape):
        one, other = (Masses(m.places[index], m.weights[index]) for m in (first, second))
        found[index] = _gain(one, other) if functional == "lipschitz_gain" else _cost(one, other, functional)
    return found


def _cost(first: Masses, second: Masses, functional: str) -> float:
    """The cheapest of the tables with these margins."""
    cost = np.linalg.norm(first.places[:, None] - second.places[None], axis=-1)
    cost = cost**2 if functional == "squared_transport" else cost
    rows, columns = cost.shape
    return _solved(cost.ravel(), equal=(_margins(rows, columns), np.concatenate([first.weights, second.weights])))


def cheapest_plan(cost: Quantity, rows: Quantity, columns: Quantity) -> Quantity:
    """The least total cost over the tables with these row and column sums; NaN where there is no such table."""
    if cost.rank != 2 or any(q.rank != 2 or q.shape[-1] != 1 for q in (rows, columns)):
        raise Unanswerable("a cost that is no table, or margins that are no columns")
    if cost.shape != (rows.shape[0], columns.shape[0]):
        raise Unanswerable("shapes do not agree: a table of costs and its margins")
    lead = max(q.lead for q in (cost, rows, columns))
    arrays = [lifted(q.array, 2, lead) for q in (cost, rows, columns)]
    shape = np.broadcast_shapes(*(a.shape[:lead] for a in arrays))
    if int(np.prod(shape, dtype=int)) > MOST_PROGRAMS or sum(cost.shape) > MOST_PLACES:
        raise Unanswerable("too many linear programs")
    costs, first, second = (np.broadcast_to(a, shape + a.shape[lead:]) for a in arrays)
    found = np.empty(shape)
    for index in np.ndindex(shape):
        ends = np.concatenate([first[index][:, 0], second[index][:, 0]])
        lawful = (ends >= 0).all() and abs(first[index].sum() - second[index].sum()) < NORMALISED
        found[index] = _solved(costs[index].ravel(), equal=(_margins(*cost.shape), ends)) if lawful else np.nan
    return Quantity(found, 0, np.abs(costs).max(axis=(-2, -1)))


def _margins(rows: int, columns: int) -> Floats:
    """The matrix that gives the row sums and the column sums of a table written row by row."""
    return np.concatenate([np.kron(np.eye(rows), np.ones(columns)), np.kron(np.ones(rows), np.eye(columns))])


def _gain(first: Masses, second: Masses) -> float:
    """The best of the values at the places whose differences are at most the distances; 0 at the first place."""
    places = np.concatenate([first.places, second.places])
    weights = np.concatenate([first.weights, -second.weights])
    count = len(places)
    pairs = [(i, j) for i in range(count) for j in range(count) if i != j]
    slopes = np.zeros((len(pairs), count))
    for row, (i, j) in enumerate(pairs):
        slopes[row, i], slopes[row, j] = 1.0, -1.0
    distances = np.array([np.linalg.norm(places[i] - places[j]) for i, j in pairs])
    return -_solved(-weights, below=(slopes, distances), free=True)


def _solved(
    cost: Floats,
    *,
    equal: tuple[Floats, Floats] | None = None,
    below: tuple[Floats, Floats] | None = None,
    free: bool = False,
) -> float:
    """Return the least cost; raise Unanswerable where the program is not solved.

    free: the unknowns may have either sign, and the first is 0.
    """
    from scipy.optimize import linprog  # late: scipy is slow to import

    bounds = [(0.0, 0.0), *[(None, None)] * (len(cost) - 1)] if free else (0.0, None)
    matrix, ends = equal or (None, None)
    limits, most = below or (None, None)
    if not np.isfinite(cost).all() or any(a is not None and not np.isfinite(a).all() for a in (ends, most)):
        return float("nan")
    solved = linprog(cost, A_ub=limits, b_ub=most, A_eq=matrix, b_eq=ends, bounds=bounds, method="highs")
    if solved.status != 0:
        raise Unanswerable("a linear program was not solved")
    return float(solved.fun)
