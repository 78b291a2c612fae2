"""Functions of numbers applied to arrays: \\sigma(Wx + b) is taken entry by entry.

The entries become one more leading axis, so that one evaluation serves them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.interpretation import Value
from errata.numeric_checks.quantities import Quantity, lifted, shape_text

Call = Callable[[Sequence[Quantity], Environment], Value]


def is_array(q: Value) -> bool:
    """Return whether a value is a vector or matrix with more than one entry."""
    return isinstance(q, Quantity) and q.rank == 2 and q.shape != (1, 1)


def over_entries(arguments: Sequence[Quantity], env: Environment, call: Call, *, said: bool = True) -> Quantity:
    """Call a function of numbers at each entry of its arguments; the arrays among them have one shape.

    said: whether the note says that it works entry by entry; else f(A) of a square A may be a matrix function.
    """
    shapes = {q.shape for q in arguments if is_array(q)}
    if len(shapes) != 1:
        raise Unanswerable("shapes do not agree: " + " and ".join(sorted(map(shape_text, shapes))))
    shape = next(iter(shapes))
    if shape[0] == shape[1] and not said:
        raise Unanswerable("whether the function of a square matrix is taken entry by entry is not said")
    count = shape[0] * shape[1]
    inner = [_spread(q, env.depth) if is_array(q) else _number(q) for q in arguments]
    found = env.as_quantity(call(inner, env.deeper()))
    if found.rank:
        raise Unanswerable("a function that is applied entry by entry gives no number")
    array = lifted(found.array, 0, env.depth + 1)
    scale = lifted(found.magnitude, 0, env.depth + 1)
    full = (*array.shape[:-1], count)
    own = array.shape[:-1] + shape
    return Quantity(np.broadcast_to(array, full).reshape(own), 2, np.broadcast_to(scale, full).reshape(own))


def _spread(q: Quantity, depth: int) -> Quantity:
    lead = q.array.shape[: q.lead] + (1,) * (depth - q.lead)
    scale = None if q.scale is None else q.scale.reshape((*lead, -1))
    return Quantity(q.array.reshape((*lead, -1)), 0, scale)


def _number(q: Quantity) -> Quantity:
    return Quantity(q.array[..., 0, 0]) if q.rank == 2 else q
