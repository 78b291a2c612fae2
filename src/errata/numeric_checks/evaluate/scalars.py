"""Numbers, sums, products, powers and the elementary functions.

Undefined is NaN: division by zero, a logarithm or root outside its domain, overflow. The logarithm of 0 is
-infinity inside a term, so that 0 log 0 = 0 as in an entropy; what is infinite in the end counts as undefined.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from errata.language.terms import (
    Constant,
    Elementary,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
)
from errata.numeric_checks.budget import Mismatch, Unanswerable
from errata.numeric_checks.evaluate import matrix_functions
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.interpretation import Value
from errata.numeric_checks.quantities import (
    Floats,
    PointAt,
    Quantity,
    agree,
    aligned,
    entrywise,
    lifted,
    number,
)

LARGEST = 1e250
MOST_EXACT = 2.0**50
"""Below this, whole numbers and halves of them are told apart."""
ROUNDED_AWAY = 1e-13
"""How small a difference is, beside what it is taken of, that is 0 but for rounding."""
LARGEST_MATRIX_POWER = 320
SINGULAR = 1e-11
"""Of Hadamard's bound, the least size of a determinant that is told from 0."""


def evaluate_number(term: Term, _: Environment) -> Value:
    """A written number."""
    assert isinstance(term, Number)
    try:
        value = float(term.value)
    except OverflowError:
        raise Unanswerable("a written number is too large") from None
    return number(value, literal=True)


def evaluate_constant(term: Term, _: Environment) -> Value:
    """pi, e or infinity."""
    assert isinstance(term, Constant)
    return number({"pi": np.pi, "e": np.e, "infinity": np.inf}[term.kind], literal=True)


def evaluate_negative(term: Term, env: Environment) -> Value:
    """- term."""
    assert isinstance(term, Negative)
    inner = env.number(term.term)
    return Quantity(-inner.array, inner.rank, inner.scale, inner.unit, inner.literal)


def evaluate_sum(term: Term, env: Environment) -> Value:
    """Add; the scale is that of the largest term."""
    assert isinstance(term, Sum)
    return add([env.number(part) for part in term.terms])


def add(terms: list[Quantity]) -> Quantity:
    """Add quantities of one shape."""
    grown = agree(terms)
    arrays, scales, rank = aligned(grown)
    total, scale = arrays[0], scales[0]
    for array, size in zip(arrays[1:], scales[1:], strict=True):
        total = total + array
        scale = np.fmax(scale, size)
    if scale.shape != total.shape:
        scale = np.broadcast_to(scale, total.shape)
    return Quantity(total, rank, scale, all(q.unit for q in grown), all(q.literal for q in grown))


def evaluate_product(term: Term, env: Environment) -> Value:
    """Multiply; the matrix product where factors are matrices, which keeps their order."""
    assert isinstance(term, Product)
    result = number(1.0, literal=True)
    for place, factor in enumerate(term.factors):
        q = env.number(factor)
        result = q if place == 0 else multiply(result, q, env)
    return result


def multiply(left: Quantity, right: Quantity, env: Environment) -> Quantity:
    """Multiply two quantities: numbers by anything, matrices by the matrix product.

    Two columns side by side have no matrix product; notes mean the product entry by entry.
    """
    left, right = _number_if_single(left, right), _number_if_single(right, left)
    if left.rank and right.rank:
        if left.shape == right.shape and left.rank == 2 and left.shape[1] == 1:
            return entrywise(np.multiply, left, right)
        return matrix_product(left, right, env)
    if right.rank and not left.rank:
        left, right = right, left
    lead = max(left.lead, right.lead)
    env.meter.allow(np.broadcast_shapes(_lead_shape(left, lead), _lead_shape(right, lead)) + left.shape)
    a = lifted(left.array, left.rank, lead)
    b = lifted(right.array, right.rank, lead, left.rank)
    array = product_array(a, b)
    scale = None
    if left.scale is not None or right.scale is not None:
        scale = lifted(left.magnitude, left.rank, lead) * lifted(right.magnitude, right.rank, lead, left.rank)
        if scale.shape != array.shape:
            scale = np.broadcast_to(scale, array.shape)
    return Quantity(array, left.rank, scale, left.unit or right.unit, left.literal and right.literal)


def product_array(a: Floats, b: Floats) -> Floats:
    """Multiply with 0 times -infinity = 0 (0 log 0)."""
    array = a * b
    if not np.isnan(array).any():
        return array
    zero = ((a == 0) & np.isneginf(b)) | ((b == 0) & np.isneginf(a))
    zero |= ((a == 0) & np.isposinf(b)) | ((b == 0) & np.isposinf(a))
    return np.where(zero, 0.0, array) if np.any(zero) else array


def _lead_shape(q: Quantity, lead: int) -> tuple[int, ...]:
    return q.array.shape[: q.lead] + (1,) * (lead - q.lead)


def _number_if_single(q: Quantity, other: Quantity) -> Quantity:
    """Read a 1 by 1 matrix as a number unless it fits beside the other factor as a matrix."""
    if q.rank == 2 and q.shape == (1, 1):
        scale = None if q.scale is None else q.scale[..., 0, 0]
        return Quantity(q.array[..., 0, 0], 0, scale)
    return q


def matrix_product(left: Quantity, right: Quantity, env: Environment) -> Quantity:
    """The matrix product; a result of shape 1 by 1 counts as a number."""
    if left.rank != 2 or right.rank != 2 or left.shape[1] != right.shape[0]:
        shapes = f"{'x'.join(map(str, left.shape))} times {'x'.join(map(str, right.shape))}"
        problem = f"shapes do not agree: {shapes}"
        raise Mismatch(problem) if _never_multiply(left.shape, right.shape) else Unanswerable(problem)
    lead = max(left.lead, right.lead)
    leads = np.broadcast_shapes(_lead_shape(left, lead), _lead_shape(right, lead))
    env.meter.allow((*leads, left.shape[0], right.shape[1]))
    array = lifted(left.array, 2, lead) @ lifted(right.array, 2, lead)
    scale = lifted(left.magnitude, 2, lead) @ lifted(right.magnitude, 2, lead)
    if array.shape[-2:] == (1, 1):
        return Quantity(array[..., 0, 0], 0, scale[..., 0, 0])
    return Quantity(array, 2, scale)


def _never_multiply(left: tuple[int, ...], right: tuple[int, ...]) -> bool:
    """Whether the product cannot be formed although a column be read as a row, or a row as a column."""
    if len(left) != 2 or len(right) != 2:
        return False
    row = left[1] == 1 and left[0] == right[0]
    column = right[0] == 1 and right[1] == left[1]
    return not row and not column


def evaluate_quotient(term: Term, env: Environment) -> Value:
    """Divide by a number; dividing by 0, or by what rounding has left of it, is undefined."""
    assert isinstance(term, Quotient)
    top, bottom = env.number(term.numerator), env.number(term.denominator)
    bottom = _number_if_single(bottom, top)
    if bottom.rank == 2 and bottom.shape[1] == 1 and top.shape in ((), bottom.shape):
        return entrywise(lambda a, b: a / np.where(b == 0, np.nan, b), top, bottom)
    if bottom.rank or bottom.unit:
        raise Unanswerable("shapes do not agree: a division by a vector or matrix")
    safe = _without_nothing(bottom)
    if top.rank == 0 and not top.unit and top.scale is None and bottom.scale is None:
        lead = max(top.lead, bottom.lead)
        quotient = lifted(top.array, 0, lead) / lifted(safe, 0, lead)
        return Quantity(quotient, literal=top.literal and bottom.literal)
    inverse = Quantity(1.0 / safe)
    if bottom.scale is not None:
        relative = bottom.magnitude / np.abs(bottom.array)
        inverse = Quantity(inverse.array, 0, np.abs(inverse.array) * np.minimum(relative, 1e6))
    return multiply(top, inverse, env)


def evaluate_power(term: Term, env: Environment) -> Value:
    """base ^ exponent; repeated matrix product for a square matrix, entry by entry for a column."""
    assert isinstance(term, Power)
    base, exponent = env.number(term.base), env.number(term.exponent)
    if base.rank == 2 and base.shape == (1, 1):
        base = _number_if_single(base, base)
    if exponent.rank and (base.rank or exponent.shape[0] == exponent.shape[1]):
        raise Unanswerable("shapes do not agree: an exponent that is a matrix")
    if exponent.rank:
        return entrywise(real_power, base, exponent)
    if base.rank == 2 and base.shape[1] == 1:
        return entrywise(real_power, base, exponent)
    if base.rank:
        return _matrix_power(base, exponent, env)
    if base.unit and not _constant_integer(exponent):
        raise Unanswerable("a power of the identity matrix that is not understood")
    safe = Quantity(_without_nothing(base)) if np.all(exponent.array < 0) else Quantity(base.array)
    result = entrywise(real_power, safe, exponent)
    scale = None
    if base.scale is not None and not np.any(base.array == 0):
        relative = entrywise(np.multiply, Quantity(base.magnitude / np.abs(base.array)), exponent)
        scale = entrywise(np.multiply, result, relative)
    size = None if scale is None else np.broadcast_to(np.abs(scale.array), result.array.shape)
    return Quantity(result.array, 0, size, base.unit, base.literal and exponent.literal)


def _without_nothing(q: Quantity) -> Floats:
    """Return numbers with NaN for 0, and for differences that are rounding errors of what they are taken of."""
    noise = 0.0 if q.scale is None else ROUNDED_AWAY * q.magnitude
    return np.asarray(np.where(np.abs(q.array) <= noise, np.nan, q.array))


def _constant_integer(q: Quantity) -> bool:
    return bool(np.all(q.array == np.rint(q.array)))


def real_power(base: Floats, exponent: Floats) -> Floats:
    """Real powers; a negative base needs an integer exponent; overflow is undefined; 0^0 = 1."""
    result = np.power(base, exponent)  # NaN for a negative base and a broken exponent, infinite for 1/0
    if np.isinf(base).any():
        result = np.where((base < 0) & (exponent != np.rint(exponent)), np.nan, result)
    return np.where(np.abs(result) > LARGEST, np.nan, result)


def _matrix_power(base: Quantity, exponent: Quantity, env: Environment) -> Quantity:
    """Powers may differ from interpretation to interpretation, and with what a sum runs over."""
    if base.shape[0] != base.shape[1]:
        raise Unanswerable("shapes do not agree: a power of a matrix that is not square")
    if not np.isfinite(exponent.array).all() or np.abs(exponent.array).max() > LARGEST_MATRIX_POWER:
        raise Unanswerable("a matrix to a power that is too large")
    lead = max(base.lead, exponent.lead)
    where = lifted(exponent.array, 0, lead)[..., None, None]
    array = lifted(base.array, 2, lead)
    result = np.full(np.broadcast_shapes(array.shape, where.shape), np.nan)
    env.meter.allow(result.shape)
    for power in np.unique(exponent.array):
        result = np.where(where == power, lifted(_one_power(base, float(power)).array, 2, lead), result)
    return Quantity(result, 2)


def _one_power(base: Quantity, power: float) -> Quantity:
    if not power.is_integer():
        return matrix_functions.fractional_power(base, power)
    array = inverse_or_nan(base.array) if power < 0 else base.array
    return Quantity(np.linalg.matrix_power(array, int(abs(power))), 2)


def inverse_or_nan(array: Floats) -> Floats:
    """Invert matrices; singular ones become NaN, however large or small their entries are."""
    determinant = np.linalg.det(array)
    bound = np.sqrt((array**2).sum(axis=-1)).prod(axis=-1)
    bad = ~(np.abs(determinant) > SINGULAR * bound)
    safe = np.where(bad[..., None, None], np.eye(array.shape[-1]), array)
    return np.asarray(np.where(bad[..., None, None], np.nan, np.linalg.inv(safe)))


def _safe_log(x: Floats) -> Floats:
    return np.log(x)  # NaN below 0, -infinity at 0


def _safe_exp(x: Floats) -> Floats:
    return np.where(x > 575.0, np.nan, np.exp(np.minimum(x, 576.0)))


def _within(function: Callable[[Floats], Floats], low: float, high: float) -> Callable[[Floats], Floats]:
    def guarded(x: Floats) -> Floats:
        inside = (x >= low) & (x <= high)
        return np.where(inside, function(np.where(inside, x, 0.5)), np.nan)

    return guarded


def _sigmoid(x: Floats) -> Floats:
    return np.exp(-np.logaddexp(0.0, -x))


def _tan(x: Floats) -> Floats:
    return np.where(np.abs(np.cos(x)) < 1e-9, np.nan, np.tan(x))


def _gamma(x: Floats) -> Floats:
    from scipy.special import gamma  # late: scipy is slow to import

    return np.where((x <= 0) & (x == np.rint(x)) | (x > 170), np.nan, gamma(x))


def _factorial(x: Floats) -> Floats:
    return np.where((x < 0) | (x != np.rint(x)), np.nan, _gamma(x + 1.0))


def _binomial(n: Floats, k: Floats) -> Floats:
    from scipy.special import binom  # late: scipy is slow to import

    return np.asarray(binom(n, k))


def _remainder(x: Floats, modulus: Floats) -> Floats:
    """The remainder, where floating-point numbers still tell one whole number from the next."""
    known = (modulus > 0) & (np.abs(x) < MOST_EXACT)
    return np.where(known, np.mod(x, np.where(known, modulus, 1.0)), np.nan)


def _delta(x: Floats) -> Floats:
    return (np.abs(x) < 1e-12).astype(float)


def _is_nan_free(function: Callable[[Floats], Floats]) -> Callable[[Floats], Floats]:
    def guarded(x: Floats) -> Floats:
        return np.where(np.isnan(x), np.nan, function(x))

    return guarded


UNARY: dict[str, Callable[[Floats], Floats]] = {
    "log": _safe_log,
    "exp": _safe_exp,
    "sqrt": _within(np.sqrt, 0.0, np.inf),
    "abs": np.abs,
    "sin": np.sin,
    "cos": np.cos,
    "tan": _tan,
    "sinh": _within(np.sinh, -575.0, 575.0),
    "cosh": _within(np.cosh, -575.0, 575.0),
    "tanh": np.tanh,
    "arcsin": _within(np.arcsin, -1.0, 1.0),
    "arccos": _within(np.arccos, -1.0, 1.0),
    "arctan": np.arctan,
    "sigmoid": _sigmoid,
    "softplus": lambda x: np.logaddexp(0.0, x),
    "relu": lambda x: np.where(np.isnan(x), np.nan, np.maximum(x, 0.0)),
    "sign": np.sign,
    "floor": np.floor,
    "ceiling": np.ceil,
    "factorial": _factorial,
    "gamma": _gamma,
    "delta": _is_nan_free(_delta),
}


def evaluate_elementary(term: Term, env: Environment) -> Value:
    """A standard function, entry by entry; |A| of a square matrix is its determinant."""
    assert isinstance(term, Elementary)
    name, arguments = term.function, term.arguments
    if name == "delta":
        same = _same_points(arguments, env)
        if same is not None:
            return same
    values = [env.number(argument) for argument in arguments]
    if any(v.unit for v in values):
        raise Unanswerable("a function of an identity matrix of unknown size")
    if name in ("max", "min"):
        pick = np.maximum if name == "max" else np.minimum
        result = values[0]
        for value in values[1:]:
            result = entrywise(pick, result, value)
        return _reduced(result, name) if len(values) == 1 else result
    if name == "log":
        return _logarithm(values, env)
    if name == "binomial" and len(values) == 2:
        return entrywise(_binomial, *values)
    if name == "mod" and len(values) == 2:
        return entrywise(_remainder, *values)
    if name == "delta" and len(values) == 2:
        return entrywise(lambda a, b: _delta(a - b), *values)
    if len(values) != 1 or name not in UNARY:
        raise Unanswerable(f"the function {name} of {len(values)} arguments is not interpreted")
    argument = values[0]
    if name == "abs" and argument.rank == 2 and argument.shape[0] == argument.shape[1] > 1:
        bound = np.sqrt((argument.array**2).sum(axis=-1)).prod(axis=-1)
        return Quantity(np.linalg.det(argument.array), 0, bound)
    if name == "abs" and argument.rank == 2 and argument.shape[0] > 1 and argument.shape[1] == 1:
        return Quantity(np.sqrt((argument.array**2).sum(axis=(-2, -1))), 0)
    if name == "abs" and argument.rank == 2 and argument.shape != (1, 1):
        raise Unanswerable("bars around a vector or a matrix that is not square")
    values_of = UNARY[name](argument.array)
    return Quantity(values_of, argument.rank, _carried_scale(name, argument, values_of))


SLOPES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "exp": lambda x, f: f,
    "sqrt": lambda x, f: 0.5 / np.where(f == 0, np.inf, f),
    "sin": lambda x, f: np.cos(x),
    "cos": lambda x, f: np.sin(x),
    "tanh": lambda x, f: 1 - f**2,
    "sigmoid": lambda x, f: f * (1 - f),
    "softplus": lambda x, f: 1 - np.exp(-f),
    "arctan": lambda x, f: 1 / (1 + x**2),
    "abs": lambda x, f: np.ones_like(x),
}


def _carried_scale(name: str, argument: Quantity, result: Floats) -> Floats | None:
    """The scale of f(x): how much rounding in the terms of x can move it, |f'(x)| times their size."""
    if name in SLOPES:
        return np.fmax(np.abs(result), np.abs(SLOPES[name](argument.array, result)) * argument.magnitude)
    return None


def _reduced(value: Quantity, name: str) -> Quantity:
    if not value.rank:
        return value
    own = tuple(range(-value.rank, 0))
    return Quantity(value.array.max(axis=own) if name == "max" else value.array.min(axis=own))


def _same_points(arguments: tuple[Term, ...], env: Environment) -> Quantity | None:
    """Kronecker's delta of two points of one space goes by their places."""
    parts = arguments
    if len(parts) == 1 and isinstance(parts[0], Sum) and len(parts[0].terms) == 2:
        first, second = parts[0].terms
        if isinstance(second, Negative):
            parts = (first, second.term)
        elif isinstance(first, Negative):
            parts = (second, first.term)
    if len(parts) != 2:
        return None
    left, right = env.value(parts[0]), env.value(parts[1])
    if isinstance(left, PointAt) and isinstance(right, PointAt) and left.space == right.space:
        return entrywise(
            lambda a, b: (a == b).astype(float),
            Quantity(left.index.astype(float)),
            Quantity(right.index.astype(float)),
        )
    return None


def _logarithm(values: list[Quantity], env: Environment) -> Quantity:
    argument = values[0]
    relative = argument.magnitude / np.where(argument.array == 0, np.inf, np.abs(argument.array))
    logarithm = _safe_log(argument.array)
    size = np.where(np.isfinite(logarithm), np.abs(logarithm), 0.0)
    result = Quantity(logarithm, argument.rank, np.fmax(size, relative))
    if len(values) == 2:
        base = values[1]
    else:
        return result
    below = _safe_log(base.array)
    return multiply(result, Quantity(np.where(below == 0, np.nan, 1.0) / np.where(below == 0, 1.0, below)), env)
