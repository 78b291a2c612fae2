"""Laws of lowered terms in SymPy: tables of symbols over finite spaces, densities and means of standard laws."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING

import sympy

from errata.language.kernels import kernel_values
from errata.language.sorts import POSITIVE, EuclideanSpace, FiniteSpace, Function, Law, Point
from errata.language.terms import Density, Name, Slot, StandardLaw, Term
from errata.verify.sympy_gaussian import as_covariance, column, normal_density, normal_mean, size_of_normal
from errata.verify.sympy_instances import Axis, place_of
from errata.verify.sympy_terms import CannotEncode
from errata.verify.sympy_values import Environment, Expression, PointValue, Value, entries, entrywise, is_matrix, scalar

if TYPE_CHECKING:
    from errata.verify.sympy_evaluate import Evaluator


def density(evaluator: Evaluator, term: Density, env: Environment) -> Value:
    """Return a density or probability from the law's table of symbols. Raises CannotEncode."""
    if evaluator.assignment is None:
        raise CannotEncode("a law that nothing is said about")
    axes = evaluator.needs.laws[term.law.symbol]
    values = _places(evaluator, axes, term.values, env)
    given = _places(evaluator, axes, term.given, env)
    if set(values) & set(given):
        raise CannotEncode("a law is taken twice at one place")
    parameters = [cell for part in term.parameters for cell in entries(evaluator.number(part, env))]
    sort = evaluator.scope.sorts.get(term.law.symbol)
    if isinstance(sort, Law) and evaluator.needs.differentiated:
        for parameter in sort.parameters:
            if not any(isinstance(part, Name) and part.symbol == parameter for part in term.parameters):
                parameters.extend(entries(evaluator.number(Name(parameter), env)))
    joint = _total(evaluator, term.law.symbol, axes, {**values, **given}, parameters)
    return joint / _total(evaluator, term.law.symbol, axes, given, parameters)


def kernel(evaluator: Evaluator, symbol: str, place: list[int], scalars: list[Expression]) -> Expression:
    """Return what a transition kernel gives its first points in the condition of the others, from positive weights."""
    sort = evaluator.scope.sorts.get(symbol)
    if scalars or not isinstance(sort, Function):
        raise CannotEncode("a kernel of numbers")
    values = kernel_values(symbol)
    spaces = [part.space for part in sort.arguments[:values] if isinstance(part, Point)]
    if len(spaces) < values:
        raise CannotEncode("a kernel of numbers")

    def weight(first: tuple[int, ...]) -> Expression:
        return evaluator.symbols.symbol(symbol, POSITIVE, *first, *place[values:], kind="kernel")

    everywhere = product(*(range(evaluator.count(space)) for space in spaces))
    return weight(tuple(place[:values])) / sympy.Add(*map(weight, everywhere))


def _places(evaluator: Evaluator, axes: tuple[Axis, ...], slots: tuple[Slot, ...], env: Environment) -> dict[int, int]:
    places: dict[int, int] = {}
    for slot in slots:
        place = place_of(slot, axes)
        if place is None or place in places:
            raise CannotEncode(f"the place of {slot.space} in a law is not clear")
        places[place] = _point(evaluator, slot, env)
    return places


def _point(evaluator: Evaluator, slot: Slot, env: Environment) -> int:
    value = evaluator.evaluate(slot.value, env)
    if isinstance(value, PointValue):
        if value.space != slot.space:
            raise CannotEncode(f"a point of {value.space} stands where one of {slot.space} is needed")
        return value.index
    kind = evaluator.scope.spaces.get(slot.space)
    if isinstance(kind, FiniteSpace) and not is_matrix(value):
        values = [evaluator.number(point, {}) for point in kind.points]
        if value in values:
            return values.index(value)
    raise CannotEncode(f"what stands in the place of {slot.space} is no point of its space")


def _total(
    evaluator: Evaluator, law: str, axes: tuple[Axis, ...], fixed: Mapping[int, int], parameters: list[Expression]
) -> Expression:
    """Return the weight of all table cells that agree with the fixed places."""
    ranges = [
        (fixed[place],) if place in fixed else tuple(range(evaluator.count(axis.space)))
        for place, axis in enumerate(axes)
    ]
    cells = []
    for cell in product(*ranges):
        if parameters:
            cells.append(evaluator.symbols.function(law, POSITIVE, *cell)(*parameters))
        else:
            cells.append(evaluator.symbols.symbol(law, POSITIVE, *cell, kind="law"))
    return sympy.Add(*cells)


def standard_density(evaluator: Evaluator, point: Term, law: StandardLaw, env: Environment) -> Value:
    """Return the density of a standard law at a point. Raises CannotEncode."""
    at = evaluator.evaluate(point, env)
    if isinstance(at, PointValue):
        evaluator.exact = False
        at = evaluator.value_of(at)
    parameters = [evaluator.number(part, env) for part in law.parameters]
    match law.kind:
        case "normal":
            return normal_density(at, *parameters)
        case "bernoulli":
            chance = scalar(parameters[0])
            return chance ** scalar(at) * (1 - chance) ** (1 - scalar(at))
        case "exponential":
            return scalar(parameters[0]) * sympy.exp(-scalar(parameters[0]) * scalar(at))
    raise CannotEncode(f"the density of the {law.kind} law")


def standard_mean(
    evaluator: Evaluator, symbol: str, space: str, law: StandardLaw, body: Term, env: Environment
) -> Value:
    """Return the mean of the body under a standard law of the symbol. Raises CannotEncode."""
    parameters = [evaluator.number(part, env) for part in law.parameters]
    if law.kind in ("uniform", "exponential"):
        variable = sympy.Dummy("x", positive=True) if law.kind == "exponential" else sympy.Dummy("x", real=True)
        inside = scalar(evaluator.number(body, {**env, symbol: variable}))
        if law.kind == "uniform":
            low, high = map(scalar, parameters)
            return sympy.integrate(sympy.expand(inside), (variable, low, high)) / (high - low)
        rate = scalar(parameters[0])
        weight = rate * sympy.exp(-rate * variable)
        return sympy.integrate(sympy.expand(inside) * weight, (variable, 0, sympy.oo))
    mean, covariance = parameters
    size = size_of_normal(mean, covariance)
    vector = is_matrix(mean) or is_matrix(covariance)
    kind = evaluator.scope.spaces.get(space)
    if size == 0 or (not vector and isinstance(kind, EuclideanSpace) and kind.size is not None):
        if not isinstance(kind, EuclideanSpace) or kind.size is None:
            raise CannotEncode("a normal law whose dimension is not known")
        size, vector = evaluator.integer(kind.size, {}), True
    errors = tuple(sympy.Dummy(f"error_{place}", real=True) for place in range(size))
    centred = sympy.ImmutableMatrix(errors)
    value = column(mean, size) + centred if vector else scalar(mean) + errors[0]
    inside = evaluator.number(body, {**env, symbol: value})
    matrix = as_covariance(covariance, size)
    return entrywise(inside, lambda cell: normal_mean(cell, errors, matrix))
