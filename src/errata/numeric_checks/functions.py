"""Unknown functions of a note: tables over finite spaces, smooth asymmetric functions over the reals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.quantities import Floats, PointAt, Quantity, gather, lifted, masked

WAVES = 4


@dataclass(frozen=True, eq=False)
class TableFunction:
    """A function of points of finite spaces: leading axes, one axis a space, then the value's own axes.

    target: the space whose points (by place) the values are, None for numbers. chances: of how many first arguments
    the values are chances: they sum to 1 over these.
    """

    table: Floats
    spaces: tuple[str, ...]
    rank: int = 0
    target: str | None = None
    chances: int = 0


@dataclass(frozen=True, eq=False)
class SmoothFunction:
    """A smooth, not symmetric function of any arguments, fixed by `seed`.

    low and high: open bounds of its values (None: unbounded). shape: of its values. properties: as in
    `errata.language.sorts.Function`; they hold in the first argument. matrix: properties of its values, as in
    `errata.language.sorts.Matrix`.
    """

    seed: int
    count: int
    shape: tuple[int, ...] = ()
    low: float | None = None
    high: float | None = None
    properties: frozenset[str] = frozenset()
    integer: bool = False
    matrix: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class PolynomialFunction:
    """A polynomial of one number: coefficients (interpretations, powers), lowest first."""

    coefficients: Floats


FunctionValue = TableFunction | SmoothFunction | PolynomialFunction


def bounded(values: Floats, low: float | None, high: float | None) -> Floats:
    """Map real values smoothly and increasingly into the open interval."""
    if low is not None and high is not None:
        return low + (high - low) / (1.0 + np.exp(-values))
    if low is not None:
        return low + np.exp(0.6 * values)
    if high is not None:
        return high - np.exp(-0.6 * values)
    return values


def call(function: FunctionValue, arguments: Sequence[Quantity | PointAt]) -> Quantity | PointAt:
    """Apply the function to arguments that are already of the right kind."""
    if isinstance(function, TableFunction):
        return _look_up(function, arguments)
    if isinstance(function, PolynomialFunction):
        return _polynomial(function, arguments)
    return _smooth(function, arguments)


def _look_up(function: TableFunction, arguments: Sequence[Quantity | PointAt]) -> Quantity | PointAt:
    points = [a for a in arguments if isinstance(a, PointAt)]
    if len(points) != len(arguments) or len(points) != len(function.spaces):
        raise Unanswerable("a function of points is applied to something else")
    own = len(function.spaces)
    lead = max([function.table.ndim - own - function.rank, *(p.index.ndim for p in points)])
    found, inside = gather(function.table, own, [p.index for p in points], lead, function.rank)
    if function.target is not None:
        return PointAt(function.target, found.astype(np.int64))
    return Quantity(masked(found, inside, function.rank), function.rank)


def _polynomial(function: PolynomialFunction, arguments: Sequence[Quantity | PointAt]) -> Quantity:
    if len(arguments) != 1 or not isinstance(arguments[0], Quantity) or arguments[0].rank:
        raise Unanswerable("a function of one number is applied to something else")
    point = arguments[0].array
    total = np.zeros_like(point)
    for power in range(function.coefficients.shape[1] - 1, -1, -1):
        column = function.coefficients[:, power].reshape((-1,) + (1,) * (point.ndim - 1))
        total = total * point + column
    return Quantity(total)


def _smooth(function: SmoothFunction, arguments: Sequence[Quantity | PointAt]) -> Quantity:
    shaped = [p for p in function.properties if p not in ("odd", "even")]
    features, lead = [], 1
    for place, argument in enumerate(arguments):
        rng = np.random.default_rng([function.seed, place])
        features.append(_features(function, argument, rng, monotone=bool(shaped)))
        lead = max(lead, features[-1].ndim - 1)
    rng = np.random.default_rng([function.seed, 10_007, len(arguments)])
    length = int(np.prod(function.shape, dtype=int))
    phase = rng.uniform(0.2, 2.9, (function.count, WAVES))
    if "odd" in function.properties or "even" in function.properties:
        phase = np.zeros_like(phase)
    inner = _spread(phase, lead)
    for feature in features:
        inner = inner + lifted(feature, 1, lead)
    waves = _waves(function.properties, inner)
    signed = not shaped
    amplitude = rng.uniform(0.4, 1.2, (function.count, length, WAVES))
    if signed:
        amplitude = amplitude * rng.choice([-1.0, 1.0], amplitude.shape)
    weights = _spread(amplitude, lead)
    values = np.asarray((np.expand_dims(waves, -2) * weights).sum(-1))
    if not function.properties:
        values = values + _spread(rng.normal(0.0, 0.7, (function.count, length)), lead)
    if {"concave", "decreasing", "strictly concave"} & function.properties:
        values = -values
    values = bounded(values, function.low, function.high)
    if function.integer:
        values = np.rint(values)
    if not function.shape:
        return Quantity(values[..., 0])
    own = values.reshape(values.shape[:-1] + function.shape)
    return Quantity(with_properties(own, function.matrix), len(function.shape))


MATRIX_PROPERTIES = frozenset(
    ("symmetric", "antisymmetric", "positive definite", "orthogonal", "diagonal", "invertible")
)
"""The properties that the values of a smooth function may have."""


def with_properties(values: Floats, properties: frozenset[str]) -> Floats:
    """Map matrices smoothly onto matrices with the properties."""
    size = values.shape[-1]
    eye = np.eye(size)
    if "diagonal" in properties:
        values = values * eye
        return np.exp(0.6 * values) * eye if "positive definite" in properties else values
    mirrored = np.swapaxes(values, -1, -2)
    if "orthogonal" in properties:
        turning = (values - mirrored) / 4
        return np.asarray(np.linalg.solve(eye - turning, eye + turning), dtype=np.float64)
    if "positive definite" in properties:
        return np.asarray(values @ mirrored / size + 0.4 * eye)
    if "antisymmetric" in properties:
        return (values - mirrored) / 2
    if "symmetric" in properties:
        values = (values + mirrored) / 2
    return values + 3.0 * eye if "invertible" in properties else values


def _spread(array: Floats, lead: int) -> Floats:
    return array.reshape(array.shape[:1] + (1,) * (lead - 1) + array.shape[1:])


def _features(
    function: SmoothFunction, argument: Quantity | PointAt, rng: np.random.Generator, *, monotone: bool
) -> Floats:
    """Return WAVES random features of an argument: leading axes + (WAVES,)."""
    if isinstance(argument, PointAt):
        table = rng.normal(0.0, 1.5, (function.count, 24, WAVES))
        found, _ = gather(table, 1, [argument.index], max(1, argument.index.ndim), 1)
        return found
    flat = argument.array.reshape((*argument.array.shape[: argument.lead], -1))
    weights = rng.uniform(0.3, 1.1, (function.count, WAVES, flat.shape[-1]))
    if not monotone:
        weights = weights * rng.choice([-1.0, 1.0], weights.shape)
    lead = argument.lead
    return np.asarray((np.expand_dims(flat, -2) * _spread(weights, lead)).sum(-1))


def _waves(properties: frozenset[str], inner: Floats) -> Floats:
    if properties & {"convex", "strictly convex", "concave", "strictly concave"}:
        return np.logaddexp(0.0, inner) + 0.2 * inner**2 * _tail(properties)
    if properties & {"increasing", "decreasing", "strictly increasing", "strictly decreasing"}:
        return np.tanh(inner) + 0.3 * inner
    if "even" in properties:
        return np.cos(inner)
    return np.sin(inner)


def _tail(properties: frozenset[str]) -> float:
    """A square would break monotonicity where both are asked for."""
    return 0.0 if properties & {"increasing", "decreasing"} else 1.0
