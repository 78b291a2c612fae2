"""Derivatives by central differences on the evaluator itself.

The stencil is one more leading axis, so a derivative costs one evaluation of its body. Two orders of the same
stencil (sixth and eighth) must agree, otherwise the value is undefined: that catches kinks and steps over the
edge of a domain.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from errata.language.terms import Apply, Density, Derivative, Entry, Name, Term, subterms
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate import reduce
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import table_of
from errata.numeric_checks.evaluate.names import as_point, base_of
from errata.numeric_checks.functions import TableFunction
from errata.numeric_checks.interpretation import TableLaw, Value
from errata.numeric_checks.quantities import FamilyValue, Floats, PointAt, Quantity, lifted

Move = Callable[[Quantity], Environment]

STEPS = np.arange(-4.0, 5.0)
FIRST_EIGHTH = np.array([1 / 280, -4 / 105, 1 / 5, -4 / 5, 0, 4 / 5, -1 / 5, 4 / 105, -1 / 280])
FIRST_SIXTH = np.array([0, -1 / 60, 3 / 20, -3 / 4, 0, 3 / 4, -3 / 20, 1 / 60, 0])
SECOND_EIGHTH = np.array([-1 / 560, 8 / 315, -1 / 5, 8 / 5, -205 / 72, 8 / 5, -1 / 5, 8 / 315, -1 / 560])
SECOND_SIXTH = np.array([0, 1 / 90, -3 / 20, 3 / 2, -49 / 18, 3 / 2, -3 / 20, 1 / 90, 0])
STENCILS = {1: (FIRST_EIGHTH, FIRST_SIXTH, 4e-3), 2: (SECOND_EIGHTH, SECOND_SIXTH, 1.5e-2)}
NOISE = 3e-7


def evaluate_derivative(term: Term, env: Environment) -> Value:
    """The derivative of a body by a name, an entry, or a value of a function at a point."""
    assert isinstance(term, Derivative)
    if term.order > 2:
        return env.value(Derivative(Derivative(term.body, term.variable, term.order - 2), term.variable, 2))
    if term.order < 1:
        return env.value(term.body)
    variable = term.variable
    if isinstance(variable, Name):
        value = env.value(variable)
        if isinstance(value, PointAt):
            raise Unanswerable(f"a derivative by {variable.symbol}, which is a point of a finite space")
        q = env.as_quantity(value)
        if q.rank:
            return _gradient(term, q, lambda moved: env.with_value(variable.symbol, moved, axes=2), env)
        return _difference(term, q, lambda moved: env.with_value(variable.symbol, moved, axes=1), env)
    if isinstance(variable, Entry):
        return _by_entry(term, variable, env)
    if isinstance(variable, Apply) and not variable.order:
        return _by_function_value(term, variable, env)
    if isinstance(variable, Density):
        return _by_density(term, variable, env)
    raise Unanswerable("a derivative by something that is no variable")


def step_size(values: Floats, order: int) -> Floats:
    """A step that stays well inside the domain of a small value."""
    base = STENCILS[order][2]
    return base * np.clip(np.abs(np.nan_to_num(values)), 0.05, 1.0)


def _difference(term: Derivative, at: Quantity, move: Move, env: Environment) -> Quantity:
    """Difference by a number: `move` binds the moved value and returns the environment."""
    step = step_size(at.array, term.order)
    moved = Quantity(_along(at.array, env.depth) + _along(step, env.depth) * _stencil(env.depth))
    return contracted(move(moved).number(term.body), step, term.order, env.depth)


def _along(array: Floats, depth: int) -> Floats:
    return array.reshape(array.shape + (1,) * (depth + 1 - array.ndim))


def _stencil(depth: int) -> Floats:
    return STEPS.reshape((1,) * depth + (-1,))


def contracted(body: Quantity, step: Floats, order: int, axis: int) -> Quantity:
    """Contract the stencil axis; undefined where the two orders disagree."""
    fine, coarse, _ = STENCILS[order]
    first, second = reduce.contract(body, axis, fine), reduce.contract(body, axis, coarse)
    lead = max(first.lead, step.ndim)
    over = lifted(step, 0, lead, 0).reshape(step.shape + (1,) * (lead - step.ndim + body.rank)) ** order
    a, b = (lifted(q.array, q.rank, lead) / over for q in (first, second))
    size = _body_scale(body, axis, lead)
    rough = np.abs(a - b) > NOISE * np.fmax(size, np.abs(a))
    if np.any(rough):
        a = np.where(rough, np.nan, a)
    return Quantity(a, body.rank, np.broadcast_to(size, a.shape))


def _body_scale(body: Quantity, axis: int, lead: int) -> Floats:
    magnitude = lifted(body.magnitude, body.rank, max(body.lead, axis + 1))
    scale = np.where(np.isfinite(magnitude), magnitude, 0.0).max(axis=axis)
    return lifted(scale, body.rank, lead)


def _gradient(term: Derivative, at: Quantity, move: Move, env: Environment) -> Value:
    """Gradient by a vector or matrix in denominator layout: entry (i, j) is the derivative by that entry.

    `move` binds the moved value, which has two more leading axes: directions and stencil.
    """
    if term.order != 1:
        return env.value(Derivative(Derivative(term.body, term.variable, term.order - 1), term.variable))
    moved, step = _moved(at, env)
    body = move(moved).number(term.body)
    slopes = contracted(body, step.reshape(step.shape + (1,) * (env.depth + 1 - step.ndim)), 1, env.depth + 1)
    return _assembled(slopes, env.depth, *at.shape)


def _moved(at: Quantity, env: Environment) -> tuple[Quantity, Floats]:
    """Return the array moved along each of its entries, and the step."""
    rows, columns = at.shape
    count, depth = rows * columns, env.depth
    env.meter.allow((*at.array.shape[: at.lead], count, len(STEPS), rows, columns))
    step = step_size(np.abs(at.array).max(axis=(-2, -1)), 1)
    shape = at.array.shape[: at.lead] + (1,) * (depth - at.lead) + (1, 1, rows, columns)
    units = np.eye(count).reshape((1,) * depth + (count, 1, rows, columns))
    stretch = STEPS.reshape((1,) * depth + (1, -1, 1, 1))
    h = step.reshape(step.shape + (1,) * (depth + 4 - step.ndim))
    return Quantity(at.array.reshape(shape) + h * units * stretch, 2), step


def _assembled(slopes: Quantity, depth: int, rows: int, columns: int) -> Quantity:
    """Turn the axis of directions into the own axes of the gradient (the Jacobian's transpose for a vector)."""
    lead = depth + 1
    array = lifted(slopes.array, slopes.rank, lead)
    scale = lifted(slopes.magnitude, slopes.rank, lead)
    count = rows * columns
    if array.shape[depth] == 1:
        array = np.repeat(array, count, axis=depth)
        scale = np.repeat(scale, count, axis=depth)
    if slopes.rank == 0:
        own = (rows, columns)
        return Quantity(array.reshape(array.shape[:depth] + own), 2, scale.reshape(scale.shape[:depth] + own))
    if columns == 1 and slopes.rank == 2 and slopes.shape[1] == 1:
        return Quantity(array[..., 0], 2, scale[..., 0])
    if columns == 1 and slopes.rank == 2 and slopes.shape[0] == 1:
        return Quantity(array[..., 0, :], 2, scale[..., 0, :])
    raise Unanswerable("a derivative of a matrix by a vector or matrix is not interpreted")


def _by_entry(term: Derivative, variable: Entry, env: Environment) -> Value:
    name, indices = base_of(variable)
    if name.symbol in env.scope.recursions and name.symbol not in env.bound and len(indices) == 1:
        return _by_recursive_member(term, variable, name.symbol, indices[0], env)
    array = env.value(name)
    places = [env.number(index).array for index in indices]
    if isinstance(array, FamilyValue) and array.own_rank and len(places) == array.indices:
        return _by_member(term, variable, array, env)
    if isinstance(array, FamilyValue):
        own, offset = array.indices + array.own_rank, array.offset
        data, lead = array.array, array.array.ndim - own
    elif isinstance(array, Quantity) and array.rank:
        own, offset, data, lead = array.rank, 0, array.array, array.lead
        if len(places) == 1 and array.shape[1] == 1:
            places = [*places, np.ones((1,))]
    else:
        raise Unanswerable("a derivative by an entry of something that is no array")
    if len(places) == own - 1 and isinstance(array, FamilyValue) and array.own_rank == 2:
        places = [*places, np.ones((1,))]
    if len(places) != own:
        raise Unanswerable("a derivative by an entry that is no number")
    current = env.number(variable)
    step = step_size(current.array, term.order)
    depth = env.depth
    direction = _unit(data.shape[lead:], places, offset, array, depth)
    base = data.reshape(data.shape[:lead] + (1,) * (depth + 1 - lead) + data.shape[lead:])
    moves = (_along(step, depth) * _stencil(depth)).reshape(
        np.broadcast_shapes(_along(step, depth).shape, _stencil(depth).shape) + (1,) * own
    )
    moved = base + moves * direction
    value: Value
    if isinstance(array, FamilyValue):
        value = FamilyValue(moved, array.indices, array.offset, array.space, array.own_rank)
    else:
        value = Quantity(moved, own)
    body = env.with_value(name.symbol, value, axes=1).number(term.body)
    return contracted(body, step, term.order, depth)


def _by_recursive_member(term: Derivative, variable: Entry, symbol: str, index: Term, env: Environment) -> Value:
    """The derivative by h_k of a recursion: that member moves, and all later ones with it."""
    place = env.number(index).array
    at = env.number(variable)
    if at.rank:
        return _gradient(term, at, lambda moved: env.with_member(symbol, place, moved, axes=2), env)
    return _difference(term, at, lambda moved: env.with_member(symbol, place, moved, axes=1), env)


def _by_member(term: Derivative, variable: Entry, family: FamilyValue, env: Environment) -> Value:
    """The gradient by a vector or matrix that is one of a family: that member alone moves."""
    name, indices = base_of(variable)
    depth, own = env.depth, family.own_rank
    count = family.array.ndim - family.indices - own
    members = family.array.shape[count : count + family.indices]
    places = [env.number(index).array for index in indices]
    member = _unit(members, places, family.offset, family, depth + 1)
    spread = member.reshape(member.shape + (1,) * own)
    lead = family.array.shape[:count] + (1,) * (depth + 2 - count)
    base = family.array.reshape(lead + family.array.shape[count:])
    at = env.number(variable)

    def move(moved: Quantity) -> Environment:
        array = moved.array.reshape(moved.array.shape[:-own] + (1,) * family.indices + moved.array.shape[-own:])
        value = FamilyValue(np.where(spread > 0, array, base), family.indices, family.offset, family.space, own)
        return env.with_value(name.symbol, value, axes=2)

    return _gradient(term, at, move, env)


def _unit(shape: tuple[int, ...], places: list[Floats], offset: int, array: Value, depth: int) -> Floats:
    """A one at the entry's place, over depth + 1 leading axes."""
    families = array.indices if isinstance(array, FamilyValue) else 0
    result = np.ones((1,) * (depth + 1 + len(shape)))
    for axis, place in enumerate(places):
        shift = offset if axis < families else 0
        index = np.rint(place).reshape(place.shape + (1,) * (depth + 1 - place.ndim)) - 1 + shift
        ladder = np.arange(shape[axis]).reshape((1,) * axis + (-1,) + (1,) * (len(shape) - axis - 1))
        hit = index.reshape(index.shape + (1,) * len(shape)) == ladder
        result = result * hit
    return result


def _by_function_value(term: Derivative, variable: Apply, env: Environment) -> Value:
    """The derivative by D(x): that entry of the table of D moves, or the term itself where D is no table."""
    symbol = variable.function.symbol
    function = env.bound.get(symbol)
    if function is None and symbol not in env.scope.definitions:
        function = env.interpretation.values.get(symbol)
    current = env.number(variable)
    if not isinstance(function, TableFunction):
        return _by_subterm(term, variable, current, env)
    if current.rank:
        raise Unanswerable("a derivative by a function value that is no number")
    step = step_size(current.array, term.order)
    depth = env.depth
    points = [as_point(env.value(a), s, env) for a, s in zip(variable.arguments, function.spaces, strict=True)]
    table = _moved_table(function.table, len(function.spaces), points, step, depth)
    moved_function = TableFunction(table, function.spaces)
    body = env.with_value(symbol, moved_function, axes=1).number(term.body)
    return contracted(body, step, term.order, depth)


def _by_subterm(term: Derivative, variable: Apply, current: Quantity, env: Environment) -> Value:
    """The derivative by X(t) as a whole: wherever it stands it moves, and t stays."""
    others = [part for part in subterms(term.body) if isinstance(part, Apply) and part.function == variable.function]
    if any(part != variable for part in others):
        raise Unanswerable("a derivative by a function value where the function is used elsewhere too")
    if current.rank:
        return _gradient(term, current, lambda moved: env.with_replaced(variable, moved, axes=2), env)
    return _difference(term, current, lambda moved: env.with_replaced(variable, moved, axes=1), env)


def _moved_table(table: Floats, own: int, points: list[PointAt], step: Floats, depth: int) -> Floats:
    shape = table.shape[table.ndim - own :]
    places = [p.index.astype(float) + 1 for p in points]
    direction = _unit(shape, places, 0, Quantity(np.zeros(1)), depth)
    lead = table.ndim - own
    base = table.reshape(table.shape[:lead] + (1,) * (depth + 1 - lead) + shape)
    moves = _along(step, depth) * _stencil(depth)
    return base + moves.reshape(moves.shape + (1,) * own) * direction


def _by_density(term: Derivative, variable: Density, env: Environment) -> Quantity:
    """The derivative by q(x), every entry of the table being free."""
    law = table_of(variable.law.symbol, env)
    if variable.given or len(variable.values) != len(law.axes):
        raise Unanswerable("a derivative by a value of a conditional law is not interpreted")
    current = env.number(variable)
    step = step_size(current.array, term.order)
    points = [
        as_point(env.value(slot.value), axis.space, env) for slot, axis in zip(variable.values, law.axes, strict=True)
    ]
    table = _moved_table(law.table, len(law.axes), points, step, env.depth)
    body = env.with_value(variable.law.symbol, TableLaw(law.axes, table), axes=1).number(term.body)
    return contracted(body, step, term.order, env.depth)
