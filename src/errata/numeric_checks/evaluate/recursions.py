"""Recursions, unrolled: every member from the start on, as one family."""

from __future__ import annotations

import numpy as np

from errata.language.scope import Recursion
from errata.language.sorts import Family, Matrix, Vector
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.quantities import FamilyValue, Floats, Quantity, lifted
from errata.numeric_checks.sizes import length

OFFSET = 2
"""Members at places -1 and 0 stand before the first."""
LEAST, MOST = 6, 14


def unrolled(recursion: Recursion, env: Environment) -> FamilyValue:
    """Return the members up to a few past the largest size in use; places before the start are undefined."""
    members = {place: _moved(recursion, place, _start(recursion, place, env), env) for place in _places(recursion)}
    if not members:
        raise Unanswerable(f"the recursion of {recursion.symbol} has no start")
    last = min(max([LEAST, *(size + 2 for size in env.interpretation.sizes.values())]), MOST)
    for place in range(max(members) + 1, last + 1):
        here = env.with_value(recursion.symbol, _family(members)).with_value(
            recursion.index, Quantity(np.full((1,), float(place)))
        )
        members[place] = _moved(recursion, place, here.number(recursion.body), env)
    return _family(members)


def _places(recursion: Recursion) -> list[int]:
    places = sorted(place for place, _ in recursion.starts)
    if any(not 1 - OFFSET <= place <= MOST for place in places):
        raise Unanswerable(f"the recursion of {recursion.symbol} starts at {places[0]}")
    return places


def _start(recursion: Recursion, place: int, env: Environment) -> Quantity:
    """The value of a first member; the number 0 stands for a vector of zeros."""
    q = env.number(dict(recursion.starts)[place])
    sort = env.scope.sorts.get(recursion.symbol)
    element = sort.element if isinstance(sort, Family) else None
    if q.rank or not q.literal or not isinstance(element, Vector | Matrix):
        return q
    sizes = env.interpretation.sizes
    if isinstance(element, Vector):
        shape = (length(element.size, sizes), 1)
    else:
        shape = (length(element.rows, sizes), length(element.columns, sizes))
    return Quantity(np.broadcast_to(q.array[..., None, None], (*q.array.shape, *shape)), 2)


def _moved(recursion: Recursion, place: int, value: Quantity, env: Environment) -> Quantity:
    """The member as it follows, or where a derivative is taken by it, as it is moved."""
    if recursion.symbol not in env.moved:
        return value
    where, other = env.moved[recursion.symbol]
    if other.rank != value.rank:
        raise Unanswerable("shapes do not agree: a member of a recursion")
    lead = max(value.lead, other.lead, where.ndim)
    here = np.abs(lifted(where, 0, lead) - place) < 0.5
    mask = here.reshape(here.shape + (1,) * value.rank)
    array = np.where(mask, lifted(other.array, other.rank, lead), lifted(value.array, value.rank, lead))
    return Quantity(array, value.rank)


def _family(members: dict[int, Quantity]) -> FamilyValue:
    """Stack the members behind the leading axes; places without one are undefined."""
    rank = max(q.rank for q in members.values())
    if any(q.rank != rank for q in members.values()):
        raise Unanswerable("shapes do not agree: the members of a recursion")
    lead = max(q.lead for q in members.values())
    arrays: dict[int, Floats] = {p: lifted(q.array, q.rank, lead) for p, q in members.items()}
    shape = np.broadcast_shapes(*(a.shape for a in arrays.values()))
    nothing = np.full(shape, np.nan)
    first, last = 1 - OFFSET, max(arrays) + OFFSET
    rows = [np.broadcast_to(arrays.get(place, nothing), shape) for place in range(first, last + 1)]
    return FamilyValue(np.stack(rows, axis=lead), 1, OFFSET, None, rank)
