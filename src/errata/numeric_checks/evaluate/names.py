"""Names, entries of arrays, and applications of the note's own functions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from errata.language.scope import Definition
from errata.language.sorts import Function, Point, RandomVariable, Real
from errata.language.terms import PRIMED, Apply, At, Derivative, Entry, MatrixOperation, Name, Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.entrywise import is_array, over_entries
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.recursions import unrolled
from errata.numeric_checks.functions import (
    PolynomialFunction,
    SmoothFunction,
    TableFunction,
    call,
)
from errata.numeric_checks.interpretation import Value
from errata.numeric_checks.quantities import FamilyValue, Integers, PointAt, Quantity, agree, gather, masked

FUNCTIONS = (TableFunction, SmoothFunction, PolynomialFunction)


def evaluate_name(term: Term, env: Environment) -> Value:
    """What is bound, else a definition's body, else what the interpretation says."""
    assert isinstance(term, Name)
    symbol = term.symbol
    if symbol in env.bound:
        return env.bound[symbol]
    recursion = env.scope.recursions.get(symbol)
    if recursion is not None:
        return unrolled(recursion, env)
    definition = env.scope.definitions.get(symbol)
    if definition is not None:
        if definition.parameters:
            raise Unanswerable(f"the function {symbol} stands without its arguments")
        return env.value(definition.body)
    value = env.interpretation.values.get(symbol)
    if value is None:
        raise Unanswerable(f"{symbol} has no value")
    return value


def evaluate_entry(term: Term, env: Environment) -> Value:
    """A member of a family or an element of a vector or matrix, counted from 1."""
    assert isinstance(term, Entry)
    indices: tuple[Term, ...] = ()
    walk: Term = term
    while isinstance(walk, Entry):
        indices = walk.indices + indices
        walk = walk.array
    array = env.value(walk)
    diagonal = isinstance(walk, MatrixOperation) and walk.operation == "diagonal"
    if diagonal and len(indices) == 2 and isinstance(array, Quantity) and array.rank == 2 and array.shape[1] == 1:
        raise Unanswerable("whether this diagonal is a column or a matrix is not clear")
    return pick(array, [env.number(index) for index in indices], env)


def pick(array: Value, indices: list[Quantity], env: Environment) -> Value:
    """Pick by indices that count from 1."""
    places = [_places(index) for index in indices]
    lead = max([1, *(p.ndim for p in places)])
    if isinstance(array, FamilyValue):
        return _pick_member(array, places, lead, env)
    if isinstance(array, PointAt):
        array = env.carried(array)
    if not isinstance(array, Quantity):
        raise Unanswerable("an index stands at something that is no array")
    if array.unit and len(places) == 2:
        same = (places[0] == places[1]).astype(float)
        return Quantity(same) if not array.lead else Quantity(same * array.array)
    if array.rank == 0:
        raise Unanswerable("an index stands at a number")
    lead = max(lead, array.lead)
    if array.rank == 2 and array.shape[1] == 1 and len(places) == 1:
        column = Quantity(array.array[..., 0], 1)
        found, inside = gather(column.array, 1, places, lead, 0)
        return Quantity(masked(found, inside, 0))
    if array.rank == 2 and array.shape[0] == 1 and len(places) == 1:
        found, inside = gather(array.array[..., 0, :], 1, places, lead, 0)
        return Quantity(masked(found, inside, 0))
    if len(places) != array.rank:
        raise Unanswerable("the count of indices does not fit the array")
    found, inside = gather(array.array, array.rank, places, lead, 0)
    return Quantity(masked(found, inside, 0))


def _places(index: Quantity) -> Integers:
    if index.rank:
        raise Unanswerable("an index is a vector")
    rounded = np.rint(index.array)
    whole = np.isfinite(index.array) & (np.abs(rounded - index.array) < 1e-6)
    return np.where(whole, rounded, -1e6).astype(np.int64) - 1


def _pick_member(family: FamilyValue, places: list[Integers], lead: int, env: Environment) -> Value:
    own = family.own_rank
    have = family.array.ndim - family.indices - own
    lead = max(lead, have)
    if len(places) < family.indices:
        raise Unanswerable("the count of indices does not fit the family")
    shifted = [place + family.offset for place in places[: family.indices]]
    found, inside = gather(family.array, family.indices, shifted, lead, own)
    if family.space is not None:
        return PointAt(family.space, np.where(inside, found, -1).astype(np.int64))
    member = Quantity(masked(found, inside, own), own)
    rest = places[family.indices :]
    if rest:
        return pick(member, [Quantity((place + 1).astype(float)) for place in rest], env)
    return member


def evaluate_apply(term: Term, env: Environment) -> Value:
    """Apply a function; primes differentiate by the only argument."""
    assert isinstance(term, Apply)
    if term.order:
        return _primed(term, env)
    symbol = term.function.symbol
    if symbol in env.bound:
        return _applied(env.bound[symbol], term, env)
    definition = env.scope.definitions.get(symbol)
    if definition is not None:
        given = (*term.arguments, *term.parameters)
        short = len(given) < len(definition.parameters) and not term.parameters
        if definition.parameters and (short or len(given) == len(definition.parameters)):
            return _defined(definition, [env.value(argument) for argument in given], env)
        if not definition.parameters:
            return _applied(env.value(definition.body), term, env)
        raise Unanswerable(f"{symbol} is applied to a wrong count of arguments")
    value = env.interpretation.values.get(symbol)
    if value is None:
        raise Unanswerable(f"the function {symbol} is not known")
    return _applied(value, term, env)


def _defined(definition: Definition, given: Sequence[Value], env: Environment) -> Value:
    """The value of a defined function; one of numbers is taken at every entry of an array."""

    def at(values: Sequence[Value], inner: Environment) -> Value:
        for parameter, value in zip(definition.parameters, values, strict=False):
            inner = inner.with_value(parameter, value)
        return inner.value(definition.body)

    arrays = [p for p, value in zip(definition.parameters, given, strict=False) if is_array(value)]
    if not arrays or not all(isinstance(env.scope.sorts.get(p, Real()), Real) for p in arrays):
        return at(given, env)
    entries = [env.as_quantity(value) for value in given]
    if of_numbers(definition.symbol, env) or not any(p in env.scope.inferred for p in arrays):
        return over_entries(entries, env, at, said=of_numbers(definition.symbol, env))
    try:
        return at(given, env)
    except Unanswerable as problem:
        if "shapes do not agree" not in str(problem):
            raise
        return over_entries(entries, env, at, said=False)


def of_numbers(symbol: str, env: Environment) -> bool:
    """Return whether a function is declared to work on numbers, and so on the entries of arrays."""
    sort = env.scope.sorts.get(symbol)
    return isinstance(sort, Function) and "entrywise" in sort.properties


def _applied(function: Value, term: Apply, env: Environment) -> Value:
    if isinstance(function, Quantity) and len(term.arguments) == 1:
        from errata.numeric_checks.evaluate.scalars import multiply

        return multiply(function, env.number(term.arguments[0]), env)
    if not isinstance(function, FUNCTIONS):
        raise Unanswerable(f"{term.function.symbol} is applied but is no function")
    arguments: list[Quantity | PointAt] = []
    tabled = isinstance(function, TableFunction)
    for place, argument in enumerate(term.arguments):
        value = env.value(argument)
        if tabled and isinstance(function, TableFunction) and place < len(function.spaces):
            value = as_point(value, function.spaces[place], env)
        elif isinstance(value, PointAt) and not _takes_points(term, place, env):
            value = env.carried(value)
        arguments.append(value if isinstance(value, PointAt) else env.as_quantity(value))
    if not tabled:
        for parameter in term.parameters:
            arguments.append(env.as_quantity(env.value(parameter)))
    numbers = [a for a in arguments if isinstance(a, Quantity)]
    if len(numbers) == len(arguments) and any(map(is_array, numbers)) and of_numbers(term.function.symbol, env):
        return over_entries(numbers, env, lambda values, _: call(function, values))
    return call(function, arguments)


def _takes_points(term: Apply, place: int, env: Environment) -> bool:
    """Whether the function is declared to take a point (not its value) in this place."""
    sort = env.scope.sorts.get(term.function.symbol)
    if not isinstance(sort, Function) or place >= len(sort.arguments):
        return False
    return isinstance(sort.arguments[place], Point | RandomVariable)


def as_point(value: Value, space: str, env: Environment) -> PointAt:
    """Read a value as a point of the space: a point, or a number that one of its points carries.

    The bare name of a family x_1, ..., x_N of points is a further point, not one of the members.
    """
    if isinstance(value, FamilyValue) and value.space == space and value.indices == 1 and value.offset:
        member = value.array[..., value.offset - 1]
        value = PointAt(space, member.astype(np.int64))
    if isinstance(value, PointAt):
        if value.space != space:
            raise Unanswerable(f"a point of the space of {value.space} stands where one of {space} belongs")
        return value
    if not isinstance(value, Quantity):
        raise Unanswerable(f"something stands where a point of the space of {space} belongs")
    points = env.finite(space)
    if points.rank != value.rank:
        raise Unanswerable(f"something stands where a point of the space of {space} belongs")
    own = tuple(range(-value.rank, 0)) if value.rank else ()
    table = points.values.reshape(points.values.shape[:1] + (1,) * (value.lead - 1) + points.values.shape[1:])
    gaps = np.abs(table - np.expand_dims(value.array, value.lead))
    if own:
        gaps = gaps.max(axis=own)
    nearest = gaps.argmin(axis=-1)
    fits = gaps.min(axis=-1) < 1e-9
    if not np.any(fits):
        raise Unanswerable(f"a value stands for a point of the space of {space} but is none of its points")
    return PointAt(space, np.where(fits, nearest, -1))


def _primed(term: Apply, env: Environment) -> Value:
    if len(term.arguments) != 1:
        raise Unanswerable("a prime stands at a function of several arguments")
    plain = Apply(term.function, (PRIMED,), term.parameters)
    at = env.number(term.arguments[0])
    slope = Derivative(plain, PRIMED, term.order)
    definition = env.scope.definitions.get(term.function.symbol)
    parameter = definition.parameters[0] if definition is not None and definition.parameters else ""
    numbers = isinstance(env.scope.sorts.get(parameter), Real) or of_numbers(term.function.symbol, env)
    return _slope(slope, at, env, numbers)


def _slope(slope: Derivative, at: Quantity, env: Environment, numbers: bool) -> Value:
    """The derivative of a function by its argument, at every entry of an array if it is a function of numbers."""
    if numbers and is_array(at):
        return over_entries([at], env, lambda values, e: e.with_value(PRIMED.symbol, values[0]).value(slope))
    return env.with_value(PRIMED.symbol, at).value(slope)


def evaluate_at(term: Term, env: Environment) -> Value:
    """The body with a variable replaced by a value."""
    assert isinstance(term, At)
    value = env.value(term.value)
    if term.variable == PRIMED and isinstance(term.body, Derivative) and isinstance(value, Quantity):
        return _slope(term.body, value, env, True)
    if isinstance(value, Quantity) and not value.rank and (value.unit or value.literal):
        value = _shaped_as(term.variable, value, env)
    return env.with_value(term.variable.symbol, value).value(term.body)


def _shaped_as(variable: Name, value: Quantity, env: Environment) -> Quantity:
    """The identity or the number 0 at which an array is taken, in the array's own shape."""
    known = env.bound.get(variable.symbol) or env.interpretation.values.get(variable.symbol)
    if isinstance(known, Quantity) and known.rank:
        return agree([value, known])[0]
    return value


def array_of(entry: Entry) -> tuple[Term, tuple[Term, ...]]:
    """Return the array and all indices of a nested entry."""
    indices: tuple[Term, ...] = ()
    walk: Term = entry
    while isinstance(walk, Entry):
        indices = walk.indices + indices
        walk = walk.array
    return walk, indices


def base_of(entry: Entry) -> tuple[Name, tuple[Term, ...]]:
    """Return the array's name and all indices of a nested entry; raise Unanswerable if it has no name."""
    array, indices = array_of(entry)
    if not isinstance(array, Name):
        raise Unanswerable("an entry of something that has no name")
    return array, indices
