"""Small round values for every sort, and what they cost a reader."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from errata.language.scope import Independent
from errata.language.sorts import POSITIVE, AbstractSpace, Family, Function, Matrix, Real, Vector
from errata.numeric_checks.batches import Problem
from errata.numeric_checks.factorised import factorised, factors_of
from errata.numeric_checks.functions import PolynomialFunction, SmoothFunction, TableFunction
from errata.numeric_checks.interpretation import FinitePoints, Interpretation, SpaceValue, TableLaw, Value
from errata.numeric_checks.needs import bounded_spaces
from errata.numeric_checks.quantities import FamilyValue, Floats, Quantity

NONNEGATIVE = Real(low=0.0, low_open=False)
NUMBERS = np.array([1.0, 2.0, -1.0, 0.0, 3.0, 0.5])
ENTRIES = np.array([0.0, 1.0, -1.0, 2.0])
SHARES = np.array([0.5, 0.25, 0.75, 0.125])
COSTS = {0.0: 0.2, 1.0: 0.4, -1.0: 0.6, 2.0: 0.8, 0.5: 1.0, 3.0: 1.0, 0.25: 1.1, 0.75: 1.2}
POLYNOMIALS = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0]])


def pencil_interpretation(drawn: Interpretation, problem: Problem, seed: int) -> Interpretation:
    """Replace drawn values by small round ones of the same sort."""
    rng = np.random.default_rng([seed, 31])
    values: dict[str, Value] = {}
    for symbol, value in sorted(drawn.values.items()):
        values[symbol] = value if symbol in drawn.sizes else _rounded(symbol, value, problem, rng, drawn)
    spaces: dict[str, SpaceValue] = {}
    bounded = bounded_spaces(problem.needs, problem.scope)
    for name, space in sorted(drawn.spaces.items()):
        spaces[name] = space
        kind = problem.scope.spaces.get(name)
        abstract = kind is None or isinstance(kind, AbstractSpace)
        if isinstance(space, FinitePoints) and abstract and name not in problem.needs.literals:
            if name in bounded and bounded[name] not in (POSITIVE, NONNEGATIVE):
                continue
            first = rng.integers(1 if name in bounded else -1, 3 if name in bounded else 2, (drawn.count, 1))
            ladder = np.tile(np.arange(space.count), (drawn.count, 1))
            spaces[name] = FinitePoints((first + rng.permuted(ladder, axis=1)).astype(float))
    return replace(drawn, values=values, spaces=spaces)


def _rounded(symbol: str, value: Value, problem: Problem, rng: np.random.Generator, drawn: Interpretation) -> Value:
    sort = problem.scope.sorts.get(symbol)
    match value:
        case Quantity(array, 0) if sort is None or isinstance(sort, Real):
            if _is_index(symbol, problem):
                return value
            return Quantity(round_numbers(sort or Real(), rng, array.shape, NUMBERS))
        case Quantity(array, 0):
            return Quantity(rng.choice(NUMBERS, array.shape))
        case Quantity(array, 2) if isinstance(sort, Vector):
            if sort.simplex:
                return Quantity(np.moveaxis(round_laws(rng, np.moveaxis(array, -2, -1).shape, 1), -1, -2), 2)
            return value if sort.one_hot else Quantity(round_numbers(sort.entries, rng, array.shape, ENTRIES), 2)
        case Quantity(array, 2) if isinstance(sort, Matrix):
            return Quantity(round_matrices(sort.properties, rng, array), 2)
        case Quantity(array, 2):
            return Quantity(rng.choice(ENTRIES, array.shape), 2)
        case TableLaw(axes, table) if not _independent(problem):
            factors = factors_of(symbol, axes, problem.needs.assumptions)
            return TableLaw(axes, factorised(round_laws(rng, table.shape, len(axes)), factors)) if axes else value
        case TableFunction(table) if value.chances:
            own, last = range(1, 1 + value.chances), range(-value.chances, 0)
            chances = round_laws(rng, np.moveaxis(table, own, last).shape, value.chances)
            return replace(value, table=np.moveaxis(chances, last, own))
        case TableFunction() if value.target is None:
            bounds = sort.value if isinstance(sort, Function) else Real()
            if isinstance(bounds, Real):
                return replace(value, table=round_numbers(bounds, rng, value.table.shape, NUMBERS))
        case SmoothFunction() if not value.shape and value.low is None and value.high is None:
            uses = problem.needs.functions.get(symbol, [])
            if not value.properties and uses and all(len(use) == 1 for use in uses) and not _vectors(sort):
                return PolynomialFunction(POLYNOMIALS[rng.integers(0, len(POLYNOMIALS), drawn.count)])
        case FamilyValue() if value.space is None and not value.own_rank:
            element = sort.element if isinstance(sort, Family) else Real()
            if isinstance(element, Real):
                return replace(value, array=round_numbers(element, rng, value.array.shape, NUMBERS))
        case FamilyValue() if value.space is None and isinstance(sort, Family):
            if isinstance(sort.element, Vector) and not (sort.element.simplex or sort.element.one_hot):
                entries = sort.element.entries
                return replace(value, array=round_numbers(entries, rng, value.array.shape, ENTRIES))
    return value


def _vectors(sort: object) -> bool:
    return isinstance(sort, Function) and any(isinstance(a, Vector | Matrix) for a in sort.arguments)


def _is_index(symbol: str, problem: Problem) -> bool:
    from errata.language.terms import Name

    return any(index == Name(symbol) for uses in problem.needs.entry_indices.values() for use in uses for index in use)


def _independent(problem: Problem) -> bool:
    return any(isinstance(fact, Independent) for fact in problem.scope.facts)


def round_numbers(sort: Real, rng: np.random.Generator, shape: tuple[int, ...], choices: Floats) -> Floats:
    """Choose small round numbers inside the sort's interval."""
    low = -np.inf if sort.low is None else sort.low
    high = np.inf if sort.high is None else sort.high
    candidates = [*choices, *SHARES]
    if sort.low is not None and sort.high is not None:
        candidates = [*candidates, *(sort.low + (sort.high - sort.low) * SHARES)]
    elif sort.low is not None:
        candidates = [*candidates, *(sort.low + np.array([1.0, 2.0, 0.5]))]
    elif sort.high is not None:
        candidates = [*candidates, *(sort.high - np.array([1.0, 2.0, 0.5]))]
    allowed = [
        c
        for c in dict.fromkeys(candidates)
        if (low < c or (low == c and not sort.low_open))
        and (c < high or (c == high and not sort.high_open))
        and not (sort.nonzero and c == 0)
        and (not sort.integer or c == round(c))
    ]
    if not allowed:
        allowed = [(low + high) / 2]
    simple = [c for c in allowed if c in set(choices)] or allowed
    if sort.low is not None and sort.high is not None:
        simple = allowed[:3]
    return np.asarray(rng.choice(np.array(simple), shape))


def round_laws(rng: np.random.Generator, shape: tuple[int, ...], places: int) -> Floats:
    """Laws whose probabilities are multiples of a small power of two (full support)."""
    lead = shape[: len(shape) - places]
    own = shape[len(shape) - places :]
    points = int(np.prod(own, dtype=int))
    total = 2
    while total < points:
        total *= 2
    grains = np.full(lead, total)
    grains = np.where(rng.uniform(size=lead) < 0.75, 2 * total, grains)
    grains = np.where(grains < points, 2 * total, grains)
    weights = np.ones((*lead, points))
    flat, spare = weights.reshape(-1, points), (grains - points).reshape(-1)
    for row in range(flat.shape[0]):
        flat[row] += rng.multinomial(spare[row], np.full(points, 1.0 / points))
    return np.asarray((flat / flat.sum(axis=1, keepdims=True)).reshape(*lead, *own))


_ROUNDED = frozenset(
    ("symmetric", "positive definite", "positive semidefinite", "orthogonal", "diagonal", "invertible")
)


def round_matrices(properties: frozenset[str], rng: np.random.Generator, drawn: Floats) -> Floats:
    """Matrices with small integer entries and the properties; what has no constructor stays as drawn."""
    definite = bool(properties & {"positive definite", "positive semidefinite"})
    turned = "orthogonal" in properties and (definite or properties & {"symmetric", "invertible"})
    if properties - _ROUNDED or turned:
        return drawn
    count, rows, columns = drawn.shape
    if "diagonal" in properties and rows != columns:
        return drawn
    general = rng.choice(ENTRIES, (count, rows, columns))
    eye = np.eye(rows)
    if not properties:
        return np.asarray(general)
    if "orthogonal" in properties:
        orders = np.stack([rng.permutation(rows) for _ in range(count)])
        return eye[orders] if "diagonal" not in properties else drawn
    singular = "positive semidefinite" in properties and not properties & {"positive definite", "invertible"}
    if "diagonal" in properties:
        choices = [1.0, 2.0] if definite else [1.0, 2.0, -1.0]
        choices = [0.0, *choices] if singular else choices
        return np.asarray(rng.choice(choices, (count, rows))[..., None] * eye)
    if definite:
        kept = rng.choice([0.0, 1.0] if singular else [1.0], (count, rows))
        lower = np.tril(rng.choice([0.0, 1.0], (count, rows, rows)), -1) + kept[..., None] * eye
        return np.asarray(lower @ np.swapaxes(lower, -1, -2) * rng.choice([1.0, 2.0], (count, 1, 1)))
    if "symmetric" in properties:
        general = np.tril(general) + np.swapaxes(np.tril(general, -1), -1, -2)
    if "invertible" in properties:
        good = np.abs(np.linalg.det(general)) > 0.5
        return np.asarray(np.where(good[:, None, None], general, eye))
    return np.asarray(general)


def cost(interpretation: Interpretation, problem: Problem, row: int) -> float:
    """How hard an interpretation is to check by hand."""
    total = 0.5 * sum(interpretation.sizes.values())
    for symbol, value in interpretation.values.items():
        if symbol in interpretation.sizes or symbol in problem.scope.definitions:
            continue
        array = _numbers(value)
        if array is None:
            total += 3.0
            continue
        entries = np.ravel(array[row if array.shape[0] > 1 else 0])
        total += sum(COSTS.get(float(x), 1.4 if float(x * 8).is_integer() else 3.0) for x in entries)
        if len(entries) > 1 and not np.any(entries):
            total += 1.0
        if len(entries) == 1 and isinstance(value, Quantity) and entries[0] == 0:
            total += 0.3
    return total


def _numbers(value: Value) -> Floats | None:
    match value:
        case Quantity(array) | FamilyValue(array):
            return array
        case TableLaw(_, table):
            return table
        case TableFunction(table):
            return table
        case PolynomialFunction(coefficients):
            return coefficients
    return None
