"""From a violation to a counterexample that a person can check with a pencil.

Small round values are tried first, by sort and smallest sizes first; the cheapest that fails clearly is confirmed
by an independent evaluation (`certify.py`). What cannot be confirmed there must fail by a wide margin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from errata.language.definitions import free_symbols
from errata.language.scope import ImageLaw
from errata.language.sorts import Point, RandomVariable
from errata.language.symbols import is_any_member
from errata.language.terms import (
    Aggregate,
    Apply,
    Density,
    Expectation,
    Functional,
    LawReference,
    MomentOf,
    Name,
    Space,
    Term,
    children,
    subterms,
)
from errata.language.transport import DISTANCES
from errata.numeric_checks.batches import Problem, Sides, evaluate_sides, interpret
from errata.numeric_checks.budget import Meter, Unanswerable
from errata.numeric_checks.certify import Certificate, certify
from errata.numeric_checks.coarsening import coarser
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import table_of
from errata.numeric_checks.interpretation import Interpretation, TableLaw
from errata.numeric_checks.outcome import Counterexample
from errata.numeric_checks.pencil import cost, pencil_interpretation
from errata.numeric_checks.quantities import Floats
from errata.numeric_checks.render import decimal_text, points_text, row_of, tuple_text, value_text
from errata.numeric_checks.sizes import allowed

MARGIN = 1e-3
TIE = 1e-6


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """No counterexample; `denied`: exact evaluation proved that the claim holds wherever it seemed to fail."""

    denied: bool


BATCH = 48
Violation = Callable[[Sides], Floats]


def find_counterexample(
    problem: Problem,
    seen: Sequence[Interpretation],
    seed: int,
    meter: Meter,
    *,
    violates: Violation,
    shrink: bool = True,
    must_certify: bool = False,
) -> Counterexample | Unconfirmed:
    """Return a confirmed counterexample: a small one if there is one, else one of those seen, rounded if possible."""
    denied = True
    for interpretation in _tried(problem, seen, seed, meter, shrink=shrink):
        if meter.out_of_time() and interpretation is not seen[-1]:
            continue
        found = _confirmed(problem, interpretation, meter, violates, must_certify=must_certify)
        if isinstance(found, Counterexample):
            return found
        denied = denied and found.denied
    return Unconfirmed(denied)


def _tried(
    problem: Problem, seen: Sequence[Interpretation], seed: int, meter: Meter, *, shrink: bool
) -> Iterator[Interpretation]:
    """Yield the interpretations to try, the easiest to check by hand first."""
    if shrink:
        yield from small_interpretations(problem, seed, meter)
        for interpretation in seen:
            yield from coarser(interpretation, problem)
    yield from seen


def small_interpretations(problem: Problem, seed: int, meter: Meter) -> Iterator[Interpretation]:
    for place, (sizes, spaces) in enumerate(small_sizes(problem)):
        if meter.out_of_time():
            return
        try:
            drawn = interpret(
                problem, meter, seed=seed + 3, attempt=place, count=BATCH, sizes=sizes, space_sizes=spaces
            )
            yield pencil_interpretation(drawn, problem, seed + place)
        except Unanswerable:
            continue


def small_sizes(problem: Problem) -> Iterator[tuple[Mapping[str, int], Mapping[str, int]]]:
    """Yield sizes and counts of points, smallest first; a space has at least two points."""
    symbols = problem.sizes
    two = dict.fromkeys(problem.needs.spaces, 2)
    choices = [dict.fromkeys(symbols, 1), dict.fromkeys(symbols, 2)]
    if len(symbols) <= 3:
        tuples = sorted(product((1, 2), repeat=len(symbols)), key=sum)
        choices = [dict(zip(symbols, choice, strict=True)) for choice in tuples]
    mixed = {name: 2 + place % 2 for place, name in enumerate(sorted(problem.needs.spaces, reverse=True))}
    larger = [
        ({symbol: 2 + place for place, symbol in enumerate(symbols)}, mixed),
        (dict.fromkeys(symbols, 3), dict.fromkeys(problem.needs.spaces, 3)),
    ]
    for sizes, spaces in (*((choice, two) for choice in choices), *larger):
        if all(allowed(problem.scope, symbol, size) for symbol, size in sizes.items()):
            yield sizes, spaces


def _confirmed(
    problem: Problem, interpretation: Interpretation, meter: Meter, violates: Violation, *, must_certify: bool
) -> Counterexample | Unconfirmed:
    try:
        sides = evaluate_sides(problem, interpretation, meter)
        margin = violates(sides)
    except Unanswerable:
        return Unconfirmed(True)
    failing = np.flatnonzero(np.nan_to_num(margin, nan=-1.0) > 0)
    if problem.reading.relation in ("=", "~="):
        clear = TIE * TIE if is_closed(problem) else MARGIN
        failing = np.flatnonzero(np.nan_to_num(margin, nan=-1.0) > clear)
    denied = True
    ranked = sorted(map(int, failing), key=lambda row: (margin[row] <= TIE, cost(interpretation, problem, row), row))
    for row in ranked[:3]:
        certificate = certify(problem, sides.env, int(row))
        if certificate is not None:
            if certificate.violated and (certificate.certain or margin[row] > MARGIN or not is_closed(problem)):
                return _written(problem, interpretation, sides, int(row), certificate)
            continue
        if not must_certify and margin[row] > MARGIN:
            return _written(problem, interpretation, sides, int(row), None)
        denied = False
    return Unconfirmed(denied)


def is_closed(problem: Problem) -> bool:
    """Return whether a claim is about plain numbers: then exact arithmetic tells the smallest difference."""
    return not (problem.needs.names or problem.needs.laws or problem.needs.functions)


def _written(
    problem: Problem, interpretation: Interpretation, sides: Sides, row: int, certificate: Certificate | None
) -> Counterexample:
    values = row_values(problem, interpretation, sides.env, row)
    left, right = _side_text(sides.left[row]), _side_text(sides.right[row])
    if certificate is not None and certificate.left and certificate.right:
        left, right = certificate.left, certificate.right
    return Counterexample(values, left, right, certificate is not None and certificate.certain)


def _side_text(entries: Floats) -> str:
    return decimal_text(float(entries[0])) if len(entries) == 1 else tuple_text(entries)


def row_values(problem: Problem, interpretation: Interpretation, env: Environment, row: int) -> dict[str, str]:
    """Write every value of one interpretation, sizes first."""
    values = {symbol: str(size) for symbol, size in sorted(interpretation.sizes.items())}
    mattering = _mattering(problem)
    images = {fact.law for fact in problem.scope.facts if isinstance(fact, ImageLaw)}
    outside = {symbol for side in (problem.reading.left, problem.reading.right) for symbol in _outside_means(side)}
    for symbol in sorted(problem.needs.names | set(problem.needs.functions) | set(problem.needs.laws)):
        if symbol in interpretation.sizes or symbol in problem.scope.definitions:
            continue
        if is_any_member(symbol) or (mattering is not None and symbol not in mattering):
            continue
        if symbol in problem.needs.random_variables and (interpretation.hidden or symbol not in outside):
            continue
        value = env.bound.get(symbol) or interpretation.values.get(symbol)
        if symbol in images and isinstance(value, TableLaw):
            value = table_of(symbol, env)  # what was drawn for it is not what it is
        if value is not None:
            values.update(value_text(symbol, value, row))
    if interpretation.hidden and interpretation.hidden not in problem.needs.laws:
        values.update(value_text(interpretation.hidden, interpretation.values[interpretation.hidden], row))
    for symbol in problem.constrained:
        text = _constrained_text(symbol, env, row)
        if text:
            values[symbol] = text
    if problem.needs.spaces and carries_values(problem):
        values.update(points_text(env.interpretation, row))
    return values


def _mattering(problem: Problem) -> frozenset[str] | None:
    """Return the symbols on which the sides can depend, None for all of them: what else was declared says nothing."""
    if problem.conditions or problem.constrained:
        return None
    sides = (problem.reading.left, problem.reading.right)
    scope, valued = problem.scope, carries_values(problem)
    found: set[str] = set()
    waiting = {symbol for side in sides for symbol in free_symbols(side)} | problem.needs.laws.keys()
    while waiting:
        symbol = waiting.pop()
        found.add(symbol)
        behind = [scope.definitions[symbol].body] if symbol in scope.definitions else []
        behind += [density.body for density in scope.densities if density.law == symbol]
        sort = scope.sorts.get(symbol)
        if valued and isinstance(sort, RandomVariable) and sort.law is not None:
            behind.append(sort.law)
        waiting |= {name for term in behind for name in free_symbols(term)} - found
    return frozenset(found)


def _outside_means(term: Term) -> Iterator[str]:
    """Yield the names that are not averaged over: of the others a value says nothing."""
    match term:
        case Expectation(()) | MomentOf(_, ()):
            return
        case Name(symbol):
            yield symbol
    for child in children(term):
        yield from _outside_means(child)


def _constrained_text(symbol: str, env: Environment, row: int) -> str:
    try:
        q = env.number(Name(symbol))
    except Unanswerable:
        return ""
    return tuple_text(row_of(q.array, row)) if q.lead <= 1 else ""


def carries_values(problem: Problem) -> bool:
    """Whether the values of points matter: a point occurs outside the places of laws and functions."""
    sides = (problem.reading.left, problem.reading.right)
    points = {s for s, sort in problem.scope.sorts.items() if isinstance(sort, Point | RandomVariable)}
    points |= set(problem.needs.points)
    for side in sides:
        for part in subterms(side):
            if isinstance(part, Aggregate) and isinstance(part.binder.domain, Space):
                points.add(part.binder.name.symbol)
            if isinstance(part, Functional) and part.functional in DISTANCES:
                return True
            if isinstance(part, Expectation):
                points |= {draw.name.symbol for draw in part.draws}
    return any(_point_outside(side, points) for side in sides)


def _point_outside(term: Term, points: set[str]) -> bool:
    match term:
        case Name(symbol):
            return symbol in points
        case Density() | LawReference():
            return False
        case Apply(_, arguments):
            return any(_point_outside(a, points) for a in arguments if not isinstance(a, Name))
        case Aggregate(_, _, body) | Expectation(_, body):
            return _point_outside(body, points)
    return any(_point_outside(child, points) for child in children(term))
