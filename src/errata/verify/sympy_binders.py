"""Big operators of lowered terms in SymPy: over points, ranges, index sets and intervals; extrema."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import sympy
from sympy.core.function import AppliedUndef

from errata.language.sorts import Family, Function, Matrix, Point, Real, Sort, Vector
from errata.language.terms import (
    Aggregate,
    Entry,
    Functions,
    IndexSet,
    Interval,
    Name,
    Range,
    Space,
    Term,
    Values,
    subterms,
)
from errata.verify.sympy_extrema import extremum
from errata.verify.sympy_terms import CannotEncode, base_of
from errata.verify.sympy_values import (
    MAXIMAL_SUMMANDS,
    Environment,
    PointValue,
    Value,
    add,
    is_matrix,
    multiply,
    scalar,
)

if TYPE_CHECKING:
    from errata.verify.sympy_evaluate import Evaluator


def aggregate(evaluator: Evaluator, term: Aggregate, env: Environment) -> Value:
    """Return the value of a big operator. Raises CannotEncode."""
    symbol = term.binder.name.symbol
    domain = term.binder.domain
    if term.operation in ("max", "min", "argmax", "argmin") and isinstance(domain, Functions | Values | Interval):
        return _extremum(evaluator, term, env)
    match domain:
        case Space(name):
            if evaluator.assignment is None:
                raise CannotEncode("a sum over a space that nothing is said about")
            points: list[Value] = [PointValue(name, place) for place in range(evaluator.assignment.spaces[name])]
            return _over(evaluator, term, symbol, points, env)
        case Range(low, high):
            return _over_range(evaluator, term, symbol, low, high, env)
        case IndexSet(name):
            return _over_index_set(evaluator, term, symbol, name, env)
        case Interval(low, high) if term.operation == "integral":
            if evaluator.needs.abstract:
                raise CannotEncode("an integral over numbers beside sums over a finite space")
            inner = evaluator.symbols.symbol(symbol, Real())
            body = scalar(evaluator.number(term.body, {**env, symbol: inner}))
            ends = [scalar(evaluator.number(end, env)) for end in (low, high)]
            return sympy.integrate(body, (inner, *ends))
    raise CannotEncode(f"a {term.operation} over this domain")


def _over(evaluator: Evaluator, term: Aggregate, symbol: str, values: list[Value], env: Environment) -> Value:
    if len(values) > MAXIMAL_SUMMANDS:
        raise CannotEncode("a sum of too many terms")
    parts = [evaluator.number(term.body, {**env, symbol: value}) for value in values]
    match term.operation:
        case "sum" | "integral":
            if parts and not any(map(is_matrix, parts)):
                return sympy.Add(*(scalar(part) for part in parts))
            total: Value = parts[0] if parts else sympy.Integer(0)
            for part in parts[1:]:
                total = add(total, part)
            return total
        case "product":
            total = sympy.Integer(1)
            for part in parts:
                total = multiply(total, part)
            return total
        case "max":
            return sympy.Max(*(scalar(part) for part in parts))
        case "min":
            return sympy.Min(*(scalar(part) for part in parts))
    raise CannotEncode(f"the {term.operation} over finitely many points")


def _over_range(evaluator: Evaluator, term: Aggregate, symbol: str, low: Term, high: Term, env: Environment) -> Value:
    first, last = scalar(evaluator.number(low, env)), scalar(evaluator.number(high, env))
    if first.is_Integer and last.is_Integer:
        return _over(evaluator, term, symbol, [sympy.Integer(k) for k in range(int(first), int(last) + 1)], env)
    if term.operation not in ("sum", "product"):
        raise CannotEncode(f"the {term.operation} over a range of unknown length")
    if evaluator.assignment is not None:
        raise CannotEncode("a range whose ends are no numbers here")
    # SymPy counts backwards over a range that is more than empty; notes mean zero
    if last is not sympy.oo and not (last - first + 1).is_nonnegative:
        raise CannotEncode("a range that may be empty")
    index = sympy.Symbol(f"{base_of(symbol)}_index", integer=True, nonnegative=first.is_nonnegative or None)
    body = scalar(evaluator.number(term.body, {**env, symbol: index}))
    made = sympy.Sum if term.operation == "sum" else sympy.Product
    return made(body, (index, first, last)).doit()


def _over_index_set(evaluator: Evaluator, term: Aggregate, symbol: str, name: str, env: Environment) -> Value:
    if evaluator.assignment is None:
        raise CannotEncode("a sum over an index whose range is not known")
    size = _index_range(evaluator, term.body, symbol)
    known = evaluator.assignment.sizes
    count = known[evaluator.needs.index_sets[name]] if size is None else evaluator.integer(size, {})
    return _over(evaluator, term, symbol, [sympy.Integer(k) for k in range(1, count + 1)], env)


def _index_range(evaluator: Evaluator, body: Term, symbol: str) -> Term | None:
    """Find the size of an axis that the index runs along."""
    for part in subterms(body):
        if isinstance(part, Entry) and isinstance(part.array, Name) and Name(symbol) in part.indices:
            place = part.indices.index(Name(symbol))
            sort = evaluator.scope.sorts.get(part.array.symbol)
            if isinstance(sort, Vector):
                return sort.size
            if isinstance(sort, Matrix):
                return (sort.rows, sort.columns)[place]
            if isinstance(sort, Family) and place < len(sort.sizes) and sort.sizes[place] is not None:
                return sort.sizes[place]
    return None


def _extremum(evaluator: Evaluator, term: Aggregate, env: Environment) -> Value:
    if term.operation not in ("max", "min"):
        raise CannotEncode(f"an {term.operation} as a value")
    symbol = term.binder.name.symbol
    sort = evaluator.scope.sorts.get(symbol)
    if isinstance(term.binder.domain, Functions):
        body = scalar(evaluator.number(term.body, env))
        value_sort = sort.value if isinstance(sort, Function) else None
        points = product(*(range(evaluator.count(space)) for space in _argument_spaces(evaluator, sort)))
        variables = [evaluator.symbols.symbol(symbol, value_sort, *place, kind="function") for place in points]
        if any(atom.func.__name__.startswith(str(variables[0])) for atom in body.atoms(AppliedUndef)):
            raise CannotEncode("an extremum over functions of numbers")
    else:
        if sort is not None and not isinstance(sort, Real):
            raise CannotEncode("an extremum over something else than numbers or functions")
        variable = evaluator.symbols.symbol(symbol, sort)
        body = scalar(evaluator.number(term.body, {**env, symbol: variable}))
        variables = [variable]
        if isinstance(term.binder.domain, Interval):
            raise CannotEncode("an extremum over a closed interval")
    return extremum(body, variables, evaluator.symbols.domains, term.operation == "max")


def _argument_spaces(evaluator: Evaluator, sort: Sort | None) -> list[str]:
    if not isinstance(sort, Function) or not all(isinstance(part, Point) for part in sort.arguments):
        raise CannotEncode("an extremum over functions whose arguments are no points of a known space")
    return [part.space for part in sort.arguments if isinstance(part, Point)]
