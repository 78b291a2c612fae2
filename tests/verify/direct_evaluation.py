"""A tiny evaluator of terms, for tests of the symbolic witness: one concrete model, floats, no cleverness.

It shares no code with either witness. Abstract spaces are short lists of numbers, laws are tables over them,
Gaussian laws are Gauss-Hermite nodes (exact for the polynomials that occur), functions are smooth closures.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from errata.language import terms as t
from errata.language.scope import ImageLaw, Scope
from errata.language.sorts import AbstractSpace, EuclideanSpace, Family, Function, Law, Matrix, Point, Real, Vector

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(12)
WEIGHTS = WEIGHTS / math.sqrt(2 * math.pi)


class Undefined(Exception):
    """The term has no value in this model."""


class Unsupported(Exception):
    """The evaluator does not know the term."""


@dataclass(frozen=True)
class PointOf:
    """A point of an abstract space: its place and its number."""

    space: str
    place: int
    number: float


@dataclass
class Model:
    """Sizes, points and tables; drawn for a scope."""

    scope: Scope
    sizes: dict[str, int]
    spaces: dict[str, list[PointOf]]
    values: dict[str, Any] = field(default_factory=dict)
    laws: dict[str, dict[tuple[int, ...], float]] = field(default_factory=dict)


def draw_model(scope: Scope, seed: int) -> Model:
    """Draw a generic model: unequal sizes at least 2, mixed signs within the declared domains."""
    rng = random.Random(seed)
    size_names = sorted(
        s for s, sort in scope.sorts.items() if isinstance(sort, Real) and sort.integer and sort.low == 1.0
    )
    pool = [2, 3, 4]
    rng.shuffle(pool)
    sizes = {name: pool[k % 3] for k, name in enumerate(size_names)}
    spaces = {}
    for k, (name, kind) in enumerate(sorted(scope.spaces.items())):
        if isinstance(kind, AbstractSpace):
            spaces[name] = [PointOf(name, i, rng.uniform(-2, 2)) for i in range(2 + (k + seed) % 3)]
    model = Model(scope, sizes, spaces, {name: float(size) for name, size in sizes.items()})
    for symbol, sort in sorted(scope.sorts.items()):
        if symbol in sizes:
            continue
        if isinstance(sort, Law):
            _draw_law(model, rng, symbol, sort)
        elif isinstance(sort, Function):
            model.values[symbol] = _draw_function(rng, sort)
        else:
            model.values[symbol] = _draw(model, rng, sort)
    for fact in scope.facts:
        if isinstance(fact, ImageLaw):
            _draw_image(model, rng, fact)
    return model


def _draw(model: Model, rng: random.Random, sort: Any) -> Any:
    if isinstance(sort, Real):
        if sort.integer:
            return float(rng.randint(1, 2))
        low = -2.0 if sort.low is None else float(sort.low)
        high = low + 3.0 if sort.high is None else float(sort.high)
        return rng.uniform(low + 0.05 * (high - low), high - 0.05 * (high - low))
    if isinstance(sort, Point):
        kind = model.scope.spaces[sort.space]
        if isinstance(kind, EuclideanSpace):
            if kind.size is None:
                return rng.uniform(-2, 2)
            return [rng.uniform(-2, 2) for _ in range(_size(model, kind.size))]
        return rng.choice(model.spaces[sort.space])
    if isinstance(sort, Vector):
        entries = [_draw(model, rng, sort.entries) for _ in range(_size(model, sort.size))]
        if sort.simplex:
            weights = [rng.uniform(0.2, 1) for _ in entries]
            return [weight / sum(weights) for weight in weights]
        return entries
    if isinstance(sort, Matrix):
        columns = _size(model, sort.columns)
        if "symmetric" in sort.properties:
            half = [[rng.uniform(-2, 2) for _ in range(columns)] for _ in range(columns)]
            return [[half[min(i, j)][max(i, j)] for j in range(columns)] for i in range(columns)]
        if "diagonal" in sort.properties:
            return [[rng.uniform(-2, 2) if i == j else 0.0 for j in range(columns)] for i in range(columns)]
        return [[_draw(model, rng, sort.entries) for _ in range(columns)] for _ in range(_size(model, sort.rows))]
    if isinstance(sort, Family):

        def members(sizes: tuple[Any, ...]) -> Any:
            if not sizes:
                return _draw(model, rng, sort.element)
            return [members(sizes[1:]) for _ in range(_size(model, sizes[0]))]

        return members(sort.sizes)
    raise Unsupported(str(sort))


def _size(model: Model, term: t.Term) -> int:
    return int(evaluate(term, model, {}))


def _draw_law(model: Model, rng: random.Random, symbol: str, sort: Law) -> None:
    cells = list(itertools.product(*(range(len(model.spaces[space])) for space in sort.spaces)))
    weights = [rng.uniform(0.1, 1.0) for _ in cells]
    if sort.parameters:  # smooth in the parameters: log-linear
        slopes = [[rng.uniform(-1, 1) for _ in sort.parameters] for _ in cells]
        model.values[f"law {symbol}"] = (weights, slopes, cells, sort.parameters)
    total = sum(weights)
    model.laws[symbol] = {cell: weight / total for cell, weight in zip(cells, weights, strict=True)}


def _draw_image(model: Model, rng: random.Random, fact: ImageLaw) -> None:
    table = {i: rng.randrange(len(model.spaces[fact.space])) for i in range(len(model.spaces[fact.source_space]))}
    for place in range(min(len(table), len(model.spaces[fact.space]))):
        table[place] = place
    image = {(k,): 0.0 for k in range(len(model.spaces[fact.space]))}
    for (i,), weight in model.laws[fact.source].items():
        image[(table[i],)] += weight
    model.laws[fact.law] = image
    model.values[fact.function] = lambda point: model.spaces[fact.space][table[point.place]]


def _draw_function(rng: random.Random, sort: Function) -> Callable[..., Any]:
    a, b, c = rng.uniform(0.3, 1), rng.uniform(-1, 1), rng.uniform(-1, 1)
    value = sort.value
    convex = "convex" in sort.properties

    def function(*arguments: Any) -> Any:
        x = sum((k + 1) * number(argument) for k, argument in enumerate(arguments))
        raw = a * x * x + b * x if convex else a * math.sin(x + b) + c * x * x / 4
        if isinstance(value, Real) and value.low == 0.0:
            raw = math.exp(raw) if value.high is None else 0.1 + 0.8 / (1 + math.exp(-raw))
        return raw

    return function


def number(value: Any) -> float:
    """Return a value as a number; raises Unsupported for arrays."""
    if isinstance(value, PointOf):
        return value.number
    if isinstance(value, float | int):
        return float(value)
    raise Unsupported(type(value).__name__)


def evaluate(term: t.Term, model: Model, env: dict[str, Any]) -> Any:
    """Return the value of a term; raises Undefined outside its domain, Unsupported for unknown terms."""

    def value(part: t.Term) -> Any:
        return evaluate(part, model, env)

    def real(part: t.Term) -> float:
        return number(evaluate(part, model, env))

    match term:
        case t.Number(exact):
            return float(exact)
        case t.Constant(kind):
            return {"pi": math.pi, "e": math.e, "infinity": math.inf}[kind]
        case t.Name(symbol):
            if symbol in env:
                return env[symbol]
            if symbol in model.values:
                return model.values[symbol]
            raise Unsupported(symbol)
        case t.Entry(array, indices):
            found = value(array)
            for index in indices:
                place = round(real(index))
                if not isinstance(found, list) or not 1 <= place <= len(found):
                    raise Undefined
                found = found[place - 1]
            return found
        case t.Negative(part):
            return _scaled(-1.0, value(part))
        case t.Sum(parts):
            result = value(parts[0])
            for part in parts[1:]:
                result = _added(result, value(part))
            return result
        case t.Product(factors):
            result: Any = 1.0
            for factor in factors:
                result = _multiplied(result, value(factor))
            return result
        case t.Quotient(above, below):
            divisor = real(below)
            if divisor == 0:
                raise Undefined
            return _scaled(1 / divisor, value(above))
        case t.Power(base, exponent):
            return _power(real(base), real(exponent))
        case t.Elementary(name, arguments):
            return _elementary(name, [value(argument) for argument in arguments])
        case t.Apply(function, arguments, parameters, order):
            values = [value(argument) for argument in (*arguments, *parameters)]
            definition = model.scope.definitions.get(function.symbol)
            if definition is not None:
                return evaluate(definition.body, model, dict(zip(definition.parameters, values, strict=True)))
            called = model.values[function.symbol]
            if order == 0:
                return called(*values)
            return _differentiated(lambda x: called(x), number(values[0]), order)
        case t.MatrixOperation(name, arguments):
            return _matrix(name, [value(argument) for argument in arguments])
        case t.Aggregate(operation, binder, body):
            points = list(_points(model, env, binder.domain))
            values = [number(evaluate(body, model, {**env, binder.name.symbol: point})) for point in points]
            if operation in ("sum", "integral"):
                return math.fsum(values)
            if operation == "product":
                return math.prod(values)
            raise Unsupported(operation)
        case t.Density(law, slots, given):
            return _density(model, env, law.symbol, slots, given)
        case t.StandardDensity(point, law):
            return math.exp(_log_normal(value(point), law, model, env))
        case t.Expectation(draws, body):
            return _mean(model, env, draws, body)
        case t.MomentOf(_, draws, arguments):
            first = _mean(model, env, draws, arguments[0])
            second = _mean(model, env, draws, arguments[-1])
            return _mean(model, env, draws, t.Product((arguments[0], arguments[-1]))) - first * second
        case t.Functional(name, laws):
            return _functional(model, env, name, laws)
        case t.Information():
            return _information(model, term)
        case t.Derivative(body, t.Name(symbol), order):
            at = number(value(t.Name(symbol)))
            return _differentiated(lambda x: number(evaluate(body, model, {**env, symbol: x})), at, order)
        case t.Derivative(body, t.Entry(t.Name(symbol), (index,)), 1):
            place = round(real(index)) - 1

            def moved(x: float) -> float:
                entries = list(value(t.Name(symbol)))
                entries[place] = x
                return number(evaluate(body, model, {**env, symbol: entries}))

            return _differentiated(moved, value(t.Name(symbol))[place], 1)
        case t.Comparison(relation, left, right):
            return _compared(relation, real(left), real(right))
    raise Unsupported(type(term).__name__)


def _compared(relation: str, left: float, right: float) -> bool:
    gap = 1e-7 * max(1.0, abs(left), abs(right))
    return {
        "=": abs(left - right) <= gap,
        "<=": left <= right + gap,
        ">=": left >= right - gap,
        "<": left < right,
        ">": left > right,
    }[relation]


def _added(left: Any, right: Any) -> Any:
    if isinstance(left, list) or isinstance(right, list):
        return (np.array(left, dtype=float) + np.array(right, dtype=float)).tolist()
    return number(left) + number(right)


def _scaled(factor: float, value: Any) -> Any:
    return (factor * np.array(value, dtype=float)).tolist() if isinstance(value, list) else factor * number(value)


def _multiplied(left: Any, right: Any) -> Any:
    if isinstance(left, list) and isinstance(right, list):
        try:
            one, two = (np.array(side, dtype=float) for side in (left, right))
            result = np.outer(one, two[0]) if one.ndim == 1 and two.shape[0] == 1 else one @ two
        except ValueError:
            raise Unsupported("shapes") from None
        if np.ndim(result) == 0 or np.size(result) == 1:
            return float(np.ravel(result)[0])
        return result.tolist()
    if isinstance(left, list):
        return _scaled(number(right), left)
    return _scaled(number(left), right)


def _power(base: float, exponent: float) -> float:
    if (base == 0 and exponent < 0) or (base < 0 and exponent != round(exponent)):
        raise Undefined
    try:
        return float(base**exponent)
    except (OverflowError, ZeroDivisionError):
        raise Undefined from None


def _log(x: float) -> float:
    if x <= 0:
        raise Undefined
    return math.log(x)


def _elementary(name: str, values: list[Any]) -> float:
    if name == "delta":
        if len(values) == 2 and isinstance(values[0], PointOf):
            return float(values[0] == values[1])
        return float(abs(number(values[0]) - (number(values[1]) if len(values) > 1 else 0.0)) < 1e-9)
    x = number(values[0])
    if name == "log":
        return _log(x) if len(values) == 1 else _log(x) / _log(number(values[1]))
    if name == "sqrt":
        return _power(x, 0.5)
    plain: dict[str, Callable[[float], float]] = {
        "exp": math.exp,
        "abs": abs,
        "sin": math.sin,
        "cos": math.cos,
        "tanh": math.tanh,
        "sigmoid": lambda y: 1 / (1 + math.exp(-y)),
        "softplus": lambda y: math.log1p(math.exp(y)),
    }
    if name not in plain:
        raise Unsupported(name)
    return plain[name](x)


def _matrix(name: str, values: list[Any]) -> Any:
    first = np.array(values[0], dtype=float) if values else np.array(0.0)
    if name == "transpose":
        return first.reshape(1, -1).tolist() if first.ndim == 1 else first.T.tolist()
    if name == "trace":
        return float(np.trace(first))
    if name == "squared_norm":
        return float((first**2).sum())
    if name == "norm":
        return float(math.sqrt((first**2).sum()))
    if name == "diagonal":
        return np.diag(first).tolist()
    if name == "determinant":
        return float(np.linalg.det(first))
    if name == "hadamard":
        return (first * np.array(values[1], dtype=float)).tolist()
    if name == "dot":
        return float((first * np.array(values[1], dtype=float)).sum())
    raise Unsupported(name)


def _points(model: Model, env: dict[str, Any], domain: t.Domain) -> Iterator[Any]:
    if isinstance(domain, t.Space) and domain.name in model.spaces:
        yield from model.spaces[domain.name]
    elif isinstance(domain, t.Range):
        low, high = (round(number(evaluate(end, model, env))) for end in (domain.low, domain.high))
        yield from (float(k) for k in range(low, high + 1))
    else:
        raise Unsupported("domain")


def _table(model: Model, env: dict[str, Any], symbol: str) -> dict[tuple[int, ...], float]:
    smooth = model.values.get(f"law {symbol}")
    if smooth is None:
        return model.laws[symbol]
    weights, slopes, cells, parameters = smooth
    at = [number(env.get(name, model.values.get(name))) for name in parameters]
    raw = [
        w * math.exp(sum(s * a for s, a in zip(slope, at, strict=True)))
        for w, slope in zip(weights, slopes, strict=True)
    ]
    return {cell: weight / sum(raw) for cell, weight in zip(cells, raw, strict=True)}


def _marginal(model: Model, env: dict[str, Any], symbol: str, at: dict[str, int]) -> float:
    sort = model.scope.sorts[symbol]
    assert isinstance(sort, Law)
    if not set(at) <= set(sort.spaces):
        raise Unsupported("a slot outside the law")
    places = {space: k for k, space in enumerate(sort.spaces)}
    table = _table(model, env, symbol)
    return math.fsum(w for cell, w in table.items() if all(cell[places[s]] == k for s, k in at.items()))


def _places(model: Model, env: dict[str, Any], slots: tuple[t.Slot, ...]) -> dict[str, int]:
    places = {}
    for slot in slots:
        point = evaluate(slot.value, model, env)
        if not isinstance(point, PointOf) or point.space != slot.space or slot.space in places:
            raise Unsupported("slot")
        places[slot.space] = point.place
    return places


def _density(
    model: Model, env: dict[str, Any], law: str, slots: tuple[t.Slot, ...], given: tuple[t.Slot, ...]
) -> float:
    below = _places(model, env, given)
    above = _places(model, env, slots)
    if set(below) & set(above):
        raise Unsupported("slots")
    return _marginal(model, env, law, {**below, **above}) / _marginal(model, env, law, below)


def _law_at(model: Model, env: dict[str, Any], law: t.Term, at: dict[str, int]) -> float:
    match law:
        case t.LawReference(name, _, given):
            below = _places(model, env, given)
            return _marginal(model, env, name.symbol, {**below, **at}) / _marginal(model, env, name.symbol, below)
        case t.Sum(parts):
            return sum(_law_at(model, env, part, at) for part in parts)
        case t.Product((factor, part)):
            return number(evaluate(factor, model, env)) * _law_at(model, env, part, at)
        case t.Quotient(above, below_term):
            return _law_at(model, env, above, at) / number(evaluate(below_term, model, env))
    raise Unsupported("law")


def _law_spaces(model: Model, law: t.Term) -> tuple[str, ...]:
    for part in t.subterms(law):
        if isinstance(part, t.LawReference):
            if part.values:
                return tuple(slot.space for slot in part.values)
            sort = model.scope.sorts[part.law.symbol]
            assert isinstance(sort, Law)
            given = {slot.space for slot in part.given}
            return tuple(space for space in sort.spaces if space not in given)
    raise Unsupported("law")


def _mean(model: Model, env: dict[str, Any], draws: tuple[t.Draw, ...], body: t.Term) -> float:
    if not draws:
        return number(evaluate(body, model, env))
    first, rest = draws[0], draws[1:]
    if isinstance(first.law, t.StandardLaw):
        return math.fsum(
            weight * _mean(model, {**env, first.name.symbol: point}, rest, body)
            for point, weight in _normal_nodes(first.law, model, env)
        )
    total = 0.0
    for point in model.spaces[first.space]:
        weight = _law_at(model, env, first.law, {first.space: point.place})
        total += weight * _mean(model, {**env, first.name.symbol: point}, rest, body)
    return total


def _normal_parameters(law: t.StandardLaw, model: Model, env: dict[str, Any], size: int | None) -> tuple[Any, Any]:
    mean, covariance = law.parameters
    found = evaluate(mean, model, env)
    factors = covariance.factors if isinstance(covariance, t.Product) else (covariance,)
    plain = tuple(f for f in factors if not (isinstance(f, t.MatrixOperation) and f.operation == "identity"))
    if len(plain) < len(factors):
        scale = number(evaluate(t.Product(plain), model, env)) if plain else 1.0
        spread: Any = [scale] * (len(found) if isinstance(found, list) else size or 1)
    else:
        spread = evaluate(covariance, model, env)
        if isinstance(spread, list):
            spread = np.diag(np.array(spread)).tolist()
    if isinstance(spread, list) and not isinstance(found, list):
        found = [number(found)] * len(spread)
    return found, spread


def _normal_nodes(law: t.StandardLaw, model: Model, env: dict[str, Any]) -> Iterator[tuple[Any, float]]:
    mean, variance = _normal_parameters(law, model, env, None)
    if not isinstance(mean, list):
        if number(variance) <= 0:
            raise Undefined
        for node, weight in zip(NODES, WEIGHTS, strict=True):
            yield number(mean) + math.sqrt(number(variance)) * node, float(weight)
        return
    for nodes in itertools.product(range(len(NODES)), repeat=len(mean)):
        point = [m + math.sqrt(v) * NODES[k] for m, v, k in zip(mean, variance, nodes, strict=True)]
        yield point, math.prod(float(WEIGHTS[k]) for k in nodes)


def _log_normal(point: Any, law: t.StandardLaw, model: Model, env: dict[str, Any]) -> float:
    mean, variance = _normal_parameters(law, model, env, len(point) if isinstance(point, list) else None)
    if not isinstance(point, list):
        point, mean, variance = [number(point)], [mean], [variance]
    if not len(point) == len(mean) == len(variance):
        raise Unsupported("shapes")
    triples = [(x, number(m), number(v)) for x, m, v in zip(point, mean, variance, strict=True)]
    if any(v <= 0 for _, _, v in triples):
        raise Undefined
    return sum(-0.5 * math.log(2 * math.pi * v) - (x - m) ** 2 / (2 * v) for x, m, v in triples)


def _functional(model: Model, env: dict[str, Any], name: str, laws: tuple[t.Term, ...]) -> float:
    if isinstance(laws[0], t.StandardLaw):

        def log_of(law: t.Term, point: Any) -> float:
            assert isinstance(law, t.StandardLaw)
            return _log_normal(point, law, model, env)

        nodes = list(_normal_nodes(laws[0], model, env))
        own = math.fsum(weight * log_of(laws[0], point) for point, weight in nodes)
        other = math.fsum(weight * log_of(laws[-1], point) for point, weight in nodes)
        return {"kl": own - other, "entropy": -own, "cross_entropy": -other}[name]
    spaces = _law_spaces(model, laws[0])
    total = 0.0
    for cell in itertools.product(*(range(len(model.spaces[space])) for space in spaces)):
        at = dict(zip(spaces, cell, strict=True))
        values = [_law_at(model, env, law, at) for law in laws]
        p, q = values[0], values[-1]
        if name == "jsd":
            m = (p + q) / 2
            half = 0.5 if model.scope.jsd_factor_half else 1.0
            total += half * (p * _log(p / m) + q * _log(q / m))
        elif name == "total_variation":
            total += abs(p - q) / 2
        else:
            if p <= 0 or q <= 0:
                raise Undefined
            total += {"kl": p * _log(p / q), "entropy": -p * _log(p), "cross_entropy": -p * _log(q)}[name]
    return total


def _information(model: Model, term: t.Information) -> float:
    if term.fixed:
        raise Unsupported("a fixed condition")

    def entropy(slots: tuple[t.Slot, ...]) -> float:
        spaces = [slot.space for slot in slots]
        total = 0.0
        for cell in itertools.product(*(range(len(model.spaces[space])) for space in spaces)):
            p = _marginal(model, {}, term.law.symbol, dict(zip(spaces, cell, strict=True)))
            total -= p * _log(p)
        return total

    every = tuple(slot for group in term.groups for slot in group)
    given = term.given
    if term.kind == "entropy":
        return entropy(every + given) - entropy(given)
    parts = sum(entropy(group + given) - entropy(given) for group in term.groups)
    return parts - (entropy(every + given) - entropy(given))


def _differentiated(function: Callable[[float], float], at: float, order: int) -> float:
    if order == 1:
        h = 1e-3
        return (8 * (function(at + h) - function(at - h)) - (function(at + 2 * h) - function(at - 2 * h))) / (12 * h)
    if order == 2:
        h = 3e-3
        return (function(at + h) - 2 * function(at) + function(at - h)) / (h * h)
    raise Unsupported("order")
