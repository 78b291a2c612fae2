"""What a part would have to be worth for the whole side to come out right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from errata.language.terms import Elementary, MatrixOperation, Negative, Power, Product, Quotient, Sum, Term
from errata.numeric_checks.quantities import Floats
from errata.verify.diagnosis.trees import Path, at
from errata.verify.diagnosis.values import Values, inverse, minus, product, total, transpose

Look = Callable[[Term], Values | None]


def required(root: Term, path: Path, wanted: Values, look: Look) -> Values | None:
    """Return the value that the part at a path must have; None where what stands above it cannot be undone.

    wanted: the value that the root must have. look: the values of the parts beside the path.
    """
    node: Term = root
    value: Values | None = wanted
    place = 0
    with np.errstate(all="ignore"):
        while place < len(path) and value is not None:
            step = _step(path, place)
            value = _below(node, step, value, look)
            node = at(node, step)
            place += len(step)
    return value


def _step(path: Path, place: int) -> Path:
    """Return the next step of a path: a field, and the place in it where it holds several."""
    end = place + 1
    while end < len(path) and isinstance(path[end], int):
        end += 1
    return path[place:end]


def _below(node: Term, step: Path, value: Values, look: Look) -> Values | None:
    match node:
        case Negative():
            return minus(value)
        case Sum(terms):
            others = [look(t) for place, t in enumerate(terms) if place != step[-1]]
            return total([value, *(minus(o) for o in others if o is not None)]) if None not in others else None
        case Product(factors) if isinstance(step[-1], int):
            return _beside(factors[: step[-1]], factors[step[-1] + 1 :], value, look)
        case Quotient(numerator, denominator):
            if step == ("numerator",):
                below = look(denominator)
                return product(value, below) if below is not None else None
            above, flipped = look(numerator), inverse(value)
            return product(above, flipped) if above is not None and flipped is not None else None
        case Power(base, exponent):
            return _root(base, exponent, step, value, look)
        case Elementary(function, (_,)) if function in _UNDONE:
            return tuple(_UNDONE[function](a) for a in value)
        case MatrixOperation("transpose"):
            return transpose(value)
        case MatrixOperation("inverse"):
            return inverse(value)
    return None


_UNDONE: dict[str, Callable[[Floats], Floats]] = {
    "log": np.exp,
    "exp": np.log,
    "sqrt": np.square,
    "sigmoid": lambda a: np.log(a / (1 - a)),
    "tanh": np.arctanh,
}


def _beside(before: tuple[Term, ...], after: tuple[Term, ...], value: Values, look: Look) -> Values | None:
    """Divide by the factors on either side."""
    for factor in before:
        other = look(factor)
        undone = inverse(other) if other is not None else None
        result = product(undone, value) if undone is not None else None
        if result is None:
            return None
        value = result
    for factor in reversed(after):
        other = look(factor)
        undone = inverse(other) if other is not None else None
        result = product(value, undone) if undone is not None else None
        if result is None:
            return None
        value = result
    return value


def _root(base: Term, exponent: Term, step: Path, value: Values, look: Look) -> Values | None:
    """Undo a power of numbers."""
    other = look(exponent if step == ("base",) else base)
    if other is None or any(a.ndim != 1 for a in (*other, *value)):
        return None
    if step == ("base",):
        return tuple(np.where(a > 0, a, np.nan) ** (1.0 / b) for a, b in zip(value, other, strict=True))
    return tuple(np.log(a) / np.log(b) for a, b in zip(value, other, strict=True))
