"""A tiny evaluator of matrix terms, for tests of the word form: one model, NumPy floats, no cleverness.

It shares no code with either witness. Derivatives are central differences.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from errata.language import terms as t
from errata.language.scope import Scope
from errata.language.sorts import EuclideanSpace, Family, Function, Matrix, RandomVariable, Real, Vector

Model = dict[str, Any]
STEP = 1e-5
NODES = "nodes of random vectors"
HERMITE = np.polynomial.hermite_e.hermegauss(8)


class Undefined(Exception):
    """The term has no value in this model."""


def draw_model(scope: Scope, seed: int, special: Mapping[str, Callable[[np.random.Generator, Model], Any]]) -> Model:
    """Draw sizes from 2 to 4, different where there are few, and arrays with the declared properties."""
    rng = np.random.default_rng(seed)
    sizes = sorted(s for s, sort in scope.sorts.items() if isinstance(sort, Real) and sort.integer)
    model: Model = dict(zip(sizes, map(int, rng.permutation([4, 2, 3, 5])), strict=False))
    model.update({size: special[size](rng, model) for size in sizes if size in special})
    for symbol, sort in sorted(scope.sorts.items()):
        if symbol in special and symbol not in sizes:
            model[symbol] = special[symbol](rng, model)
        elif symbol not in model and not isinstance(sort, RandomVariable):
            model[symbol] = _drawn(rng, sort, model)
    _draw_random(rng, scope, model)
    return model


def _draw_random(rng: np.random.Generator, scope: Scope, model: Model) -> None:
    """Random vectors as weighted points: Gauss-Hermite nodes of a Gaussian law, five joint points of unknown ones."""
    model[NODES] = {}
    for symbol, sort in sorted(scope.sorts.items()):
        if isinstance(sort, RandomVariable):
            kind = scope.spaces[sort.space]
            assert isinstance(kind, EuclideanSpace) and kind.size is not None
            size = int(evaluate(kind.size, model))
            if sort.law is None:
                model[NODES][symbol] = ("joint", [(0.2, rng.normal(size=(size, 1))) for _ in range(5)])
            else:
                model[NODES][symbol] = (symbol, _gaussian_nodes(*_parameters(sort.law, model)))


def _parameters(law: t.Term, model: Model) -> tuple[Any, Any]:
    assert isinstance(law, t.StandardLaw)
    mean, spread = (evaluate(parameter, model) for parameter in law.parameters)
    return mean, spread


def _gaussian_nodes(mean: Any, spread: Any) -> list[tuple[float, Any]]:
    root = np.linalg.cholesky(spread)
    grid = itertools.product(range(len(HERMITE[0])), repeat=len(mean))
    return [
        (
            float(np.prod([HERMITE[1][i] for i in place])) / (2 * math.pi) ** (len(mean) / 2),
            mean + root @ np.array([[HERMITE[0][i]] for i in place]),
        )
        for place in grid
    ]


def _drawn(rng: np.random.Generator, sort: Any, model: Model) -> Any:
    if isinstance(sort, Real):
        return float(rng.uniform(0.5, 2) * (1 if sort.low == 0 else rng.choice((-1, 1))))
    if isinstance(sort, Function):
        start, slope = (_drawn(rng, sort.value, model) for _ in range(2))
        return lambda at: start + np.sin(at + 1) * slope
    if isinstance(sort, Vector):
        return rng.normal(size=(int(evaluate(sort.size, model)), 1))
    if isinstance(sort, Family):
        return [_drawn(rng, sort.element, model) for _ in range(int(evaluate(sort.sizes[0], model)))]
    assert isinstance(sort, Matrix)
    shape = (int(evaluate(sort.rows, model)), int(evaluate(sort.columns, model)))
    array = rng.normal(size=shape)
    if "diagonal" in sort.properties:
        return np.diag(np.diag(array))
    if "antisymmetric" in sort.properties:
        return array - array.T
    if sort.properties & {"idempotent", "involutory"}:
        low = 0.0 if "idempotent" in sort.properties else -1.0
        return array @ np.diag([1.0, low] + [1.0] * (shape[0] - 2)) @ np.linalg.inv(array)
    if "orthogonal" in sort.properties:
        return np.linalg.qr(array)[0]
    if "positive definite" in sort.properties:
        return array @ array.T + np.eye(shape[0])
    return array + array.T if "symmetric" in sort.properties else array


def evaluate(term: t.Term, model: Model) -> Any:
    """Return the value of a term: a float, or a two-dimensional array."""
    match term:
        case t.Number(value):
            return float(value)
        case t.Constant("pi"):
            return math.pi
        case t.Name(symbol):
            if symbol not in model:
                raise Undefined(symbol)
            return model[symbol]
        case t.Entry(array, indices):
            found = evaluate(array, model)
            places = [int(evaluate(index, model)) - 1 for index in indices]
            ends = (len(found),) if isinstance(found, list) else found.shape
            if any(not 0 <= place < end for place, end in zip(places, ends, strict=False)):
                raise Undefined("an index outside")
            if isinstance(found, list):
                return found[places[0]]
            return float(found[tuple(places) if len(places) == 2 else (places[0], 0)])
        case t.Negative(part):
            return -evaluate(part, model)
        case t.Sum(parts):
            return _sum([evaluate(part, model) for part in parts])
        case t.Product(factors):
            result: Any = 1.0
            for factor in factors:
                result = _times(result, evaluate(factor, model))
            return result
        case t.Quotient(above, below):
            return evaluate(above, model) / _number(evaluate(below, model))
        case t.Power(base, exponent):
            return _power(evaluate(base, model), _number(evaluate(exponent, model)))
        case t.Elementary(name, (argument,)):
            return _function(name, evaluate(argument, model))
        case t.MatrixOperation(operation, arguments):
            return _operation(operation, [evaluate(argument, model) for argument in arguments])
        case t.Aggregate("sum", binder, body):
            assert isinstance(binder.domain, t.Range)
            last = int(evaluate(binder.domain.high, model))
            symbol = binder.name.symbol
            return _sum([evaluate(body, {**model, symbol: k}) for k in range(1, last + 1)])
        case t.Array(rows):
            return np.block([[_cell(evaluate(cell, model)) for cell in row] for row in rows])
        case t.Apply(t.Name(symbol), (argument,)):
            return model[symbol](_number(evaluate(argument, model)))
        case t.Derivative(body, t.Name(symbol), 2):
            return _slopes(t.Derivative(body, t.Name(symbol)), symbol, model)
        case t.Derivative(body, t.Name(symbol)):
            return _slopes(body, symbol, model)
        case t.At(body, t.Name(symbol), value):
            return evaluate(body, {**model, symbol: evaluate(value, model)})
        case t.Expectation(draws, body) if not draws:
            return _mean(body, model)
        case t.MomentOf(_, _, arguments):
            left, right = arguments[0], t.MatrixOperation("transpose", (arguments[-1],))
            return _mean(t.Product((left, right)), model) - _times(_mean(left, model), _mean(right, model))
        case t.StandardDensity(point, law):
            return math.exp(_log_density(evaluate(point, model), *_parameters(law, model)))
        case t.Functional(name, laws):
            return _functional(name, *(_parameters(law, model) for law in laws))
    raise Undefined(type(term).__name__)


def _cell(value: Any) -> Any:
    return value if isinstance(value, np.ndarray) else np.array([[value]])


def _mean(body: t.Term, model: Model) -> Any:
    names = {part.symbol for part in t.subterms(body) if isinstance(part, t.Name)} & model[NODES].keys()
    groups: dict[str, list[str]] = {}
    for name in sorted(names):
        groups.setdefault(model[NODES][name][0], []).append(name)
    result: Any = 0.0
    for place in itertools.product(*(range(len(model[NODES][group[0]][1])) for group in groups.values())):
        weight, values = 1.0, {}
        for index, group in zip(place, groups.values(), strict=True):
            weight *= model[NODES][group[0]][1][index][0]
            values.update({name: model[NODES][name][1][index][1] for name in group})
        result = result + weight * evaluate(body, {**model, **values})
    return result


def _log_density(point: Any, mean: Any, spread: Any) -> float:
    away = point - mean
    form = float((away.T @ np.linalg.inv(spread) @ away)[0, 0])
    return -0.5 * (math.log(np.linalg.det(2 * math.pi * spread)) + form)


def _functional(name: str, first: tuple[Any, Any], *rest: tuple[Any, Any]) -> float:
    points = _gaussian_nodes(*first)
    last = rest[0] if rest else first
    crossed = -sum(weight * _log_density(point, *last) for weight, point in points)
    own = -sum(weight * _log_density(point, *first) for weight, point in points)
    return crossed - own if name == "kl" else crossed


def _number(value: Any) -> float:
    if isinstance(value, np.ndarray):
        if value.shape != (1, 1):
            raise Undefined("an array in place of a number")
        return float(value[0, 0])
    return float(value)


def _sum(values: list[Any]) -> Any:
    shapes = {np.shape(value) for value in values} - {(), (1, 1)}
    if len(shapes) > 1 or (shapes and any(np.shape(value) in ((), (1, 1)) for value in values)):
        raise Undefined("shapes")
    return sum(values[1:], values[0])


def _times(left: Any, right: Any) -> Any:
    if np.shape(left) in ((), (1, 1)):
        return _number(left) * right
    if np.shape(right) in ((), (1, 1)):
        return left * _number(right)
    if left.shape[1] != right.shape[0]:
        raise Undefined("shapes")
    return left @ right


def _power(base: Any, exponent: float) -> Any:
    if np.shape(base) in ((), (1, 1)):
        number = _number(base)
        if number < 0 and exponent != int(exponent):
            raise Undefined("a root of a negative number")
        return number**exponent
    if base.shape[0] != base.shape[1]:
        raise Undefined("shapes")
    return np.linalg.matrix_power(base, int(exponent))


def _function(name: str, value: Any) -> float:
    number = _number(value)
    if name == "log" and number <= 0:
        raise Undefined("logarithm")
    return {"log": math.log, "exp": math.exp, "abs": abs, "sqrt": math.sqrt}[name](number)


def _operation(operation: str, values: list[Any]) -> Any:
    first = values[0]
    if operation == "identity":
        return np.eye(int(first))
    if operation == "ones":
        return np.ones((int(first), 1))
    if operation == "basis":
        if not 1 <= first <= values[1]:
            raise Undefined("an index outside")
        return np.eye(int(values[1]))[:, [int(first) - 1]]
    if operation == "transpose":
        return first.T if isinstance(first, np.ndarray) else first
    if operation == "squared_norm":
        return float(np.sum(np.square(first)))
    if operation == "norm":
        return float(np.sqrt(np.sum(np.square(first))))
    if operation == "dot":
        return float(np.sum(first * values[1]))
    if operation == "kronecker":
        return np.kron(first, values[1])
    if operation == "vectorisation":
        return first.reshape((-1, 1), order="F")
    if operation == "pseudo_inverse":
        return np.linalg.pinv(first)
    if operation == "adjugate":
        return np.linalg.det(first) * np.linalg.inv(first)
    if not isinstance(first, np.ndarray):
        return {"trace": first, "determinant": first, "inverse": 1 / first}[operation]
    if first.shape[0] != first.shape[1]:
        raise Undefined("not square")
    if operation == "trace":
        return float(np.trace(first))
    if operation == "determinant":
        return float(np.linalg.det(first))
    if operation == "inverse":
        if abs(np.linalg.det(first)) < 1e-6:
            raise Undefined("singular")
        return np.linalg.inv(first)
    raise Undefined(operation)


def _slopes(body: t.Term, symbol: str, model: Model) -> Any:
    at = model[symbol]
    sample = evaluate(body, model)
    if isinstance(at, np.ndarray) and np.size(sample) > 1:
        return _jacobian(body, symbol, model)
    if not isinstance(at, np.ndarray):
        values = [evaluate(body, {**model, symbol: at + step}) for step in (STEP, -STEP)]
        return (values[0] - values[1]) / (2 * STEP)
    result = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        ends = []
        for step in (STEP, -STEP):
            moved = at.copy()
            moved[place] += step
            ends.append(_number(evaluate(body, {**model, symbol: moved})))
        result[place] = (ends[0] - ends[1]) / (2 * STEP)
    return result


def _jacobian(body: t.Term, symbol: str, model: Model) -> Any:
    """The derivative of a column by a column in denominator layout: one row a variable."""
    at = model[symbol]
    rows = []
    for place in range(len(at)):
        ends = []
        for step in (STEP, -STEP):
            moved = at.copy()
            moved[place, 0] += step
            ends.append(evaluate(body, {**model, symbol: moved}))
        rows.append((ends[0] - ends[1]).T / (2 * STEP))
    return np.vstack(rows)


def gap(left: Any, right: Any) -> float:
    """How far two values are apart, relative to their size; the number 0 is the zero of any shape."""
    one, other = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    if one.shape != other.shape and one.size != 1 and other.size != 1:
        raise Undefined("shapes")
    scale = max(1.0, float(np.abs(one).max()), float(np.abs(other).max()))
    return float(np.abs(one - other).max()) / scale
