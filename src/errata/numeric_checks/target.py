"""One side of a claim as a target: many terms are held against it, all under the same interpretations.

This finds candidates; it decides nothing. Two choices of sizes with a few interpretations each leave about one false
candidate in five hundred, which the judge then refutes on interpretations of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from errata.language.definitions import free_symbols
from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    At,
    Binder,
    Constant,
    Derivative,
    Expectation,
    MomentOf,
    Name,
    Number,
    Term,
    subterms,
)
from errata.numeric_checks.batches import Problem, Sides, compared, evaluate_sides, interpret, pose, side_value
from errata.numeric_checks.budget import Budget, Meter, Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import NormalLaw, is_law
from errata.numeric_checks.interpretation import Value
from errata.numeric_checks.needs import find_symbols
from errata.numeric_checks.quantities import Floats, Quantity

FITS = 1e-6
ROWS = 10
ATTEMPTS = 6
WANTED = 2
SETTING_UP = Budget(seconds=2.0)
CANDIDATE = Budget(seconds=0.5, evaluations=20_000)
"""What one candidate may cost."""
MOST_EVALUATIONS = 60_000
"""What all candidates together may cost, in visited nodes: a search ends at the same one on every machine."""
NUMBERS_OF_A_NODE = 1000
"""How many numbers that are worked out cost as much as a node that is visited: integrals are taken on fine grids."""

NO_VALUE = (
    Unanswerable, RecursionError, MemoryError, OverflowError, ValueError, TypeError, LookupError,
    np.linalg.LinAlgError, FloatingPointError, AssertionError, AttributeError,
)  # fmt: skip
"""What evaluation of a term that makes no sense may raise."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Interpretations of one choice of sizes, conditions solved and the target evaluated.

    env: it knows the values of the written side's parts. target: one row an interpretation, entries flattened.
    """

    env: Environment
    satisfied: NDArray[np.bool_]
    value: Value | NormalLaw
    target: Floats


class Work:
    """Counts what all candidates of a search have used. Mutable by purpose: every target has one of its own."""

    def __init__(self, evaluations: int) -> None:
        self.left = evaluations

    @contextmanager
    def meter(self) -> Iterator[Meter]:
        """Measure one candidate; raises Unanswerable where nothing is left for it."""
        if self.left <= 0:
            raise Unanswerable("the search takes too many evaluations")
        meter = Meter(CANDIDATE)
        try:
            yield meter
        finally:
            self.left -= meter.visited + meter.numbers // NUMBERS_OF_A_NODE


@dataclass(frozen=True, eq=False)
class Target:
    """A term whose value others are to have; none has it when all the work that a search may take is done."""

    term: Term
    batches: tuple[Batch, ...]
    work: Work = field(default_factory=lambda: Work(MOST_EVALUATIONS))

    def fits(self, term: Term) -> bool:
        """Return whether a term has the target's value wherever both are defined."""
        return self.fitting(term) is not None

    def fitting(self, term: Term) -> tuple[Floats, ...] | None:
        """Return the values of a term in every batch, as `values` does; None unless they are those of the target."""
        found = []
        for batch in self.batches:
            sides = self._sides(batch, term)
            if sides is None or sides.valid.sum() < 2:
                return None
            with np.errstate(all="ignore"):
                worst = float(np.nanmax(sides.error))
            if worst > FITS:
                return None
            found.append(_defined(sides))
        return tuple(found)

    def values(self, term: Term) -> tuple[Floats, ...] | None:
        """Return the values of a term in every batch, shaped like the target's; None where it has none."""
        found = []
        for batch in self.batches:
            sides = self._sides(batch, term)
            if sides is None:
                return None
            found.append(_defined(sides))
        return tuple(found)

    def differences(self, term: Term) -> tuple[Floats, ...] | None:
        """Return target - term in every batch."""
        values = self.values(term)
        return None if values is None else tuple(b.target - v for b, v in zip(self.batches, values, strict=True))

    def quotients(self, term: Term) -> tuple[Floats, ...] | None:
        """Return target / term in every batch, entry by entry; NaN where both are 0."""
        values = self.values(term)
        if values is None:
            return None
        with np.errstate(all="ignore"):
            return tuple(b.target / v for b, v in zip(self.batches, values, strict=True))

    @property
    def rows(self) -> tuple[int, ...]:
        """How many interpretations each batch has."""
        return tuple(batch.env.interpretation.count for batch in self.batches)

    def quantities(self, term: Term) -> tuple[Quantity, ...] | None:
        """Return the values of a term by itself in every batch, whatever their shape; None where it has none."""
        found = []
        for batch in self.batches:
            try:
                with np.errstate(all="ignore"), self.work.meter() as meter:
                    found.append(replace(batch.env, meter=meter).number(term))
            except NO_VALUE:
                return None
        return tuple(found)

    def _sides(self, batch: Batch, term: Term) -> Sides | None:
        try:
            with np.errstate(all="ignore"), self.work.meter() as meter:
                env = replace(batch.env, meter=meter)
                return compared(batch.value, side_value(term, env), env, batch.satisfied)
        except NO_VALUE:
            return None


def _defined(sides: Sides) -> Floats:
    """Return the values of the term, NaN where it cannot be compared with the target."""
    return np.where(sides.valid[:, None], sides.right, np.nan)


def target_of(term: Term, written: Term, scope: Scope, also: Sequence[Term], seed: int) -> Target | None:
    """Evaluate a term on shared interpretations; None where it has no value.

    written: the other side of the claim. also: further terms whose names candidates may bring in.
    """
    for finite in (True, False):
        for further in (tuple(also), ()):
            found = _target(term, written, scope, further, seed, finite)
            if found is not None:
                return found
    return None


def _target(term: Term, written: Term, scope: Scope, also: tuple[Term, ...], seed: int, finite: bool) -> Target | None:
    batches: list[Batch] = []
    meter = Meter(SETTING_UP)
    try:
        problem = pose(Reading("=", term, term), scope, finite=finite, also=(written, *also))
    except NO_VALUE:
        return None
    for attempt in range(ATTEMPTS):
        try:
            with np.errstate(all="ignore"):
                interpretation = interpret(problem, meter, seed=seed, attempt=attempt, count=ROWS)
                sides = evaluate_sides(problem, interpretation, meter)
        except NO_VALUE:
            continue
        alike = any(b.env.interpretation.sizes == interpretation.sizes for b in batches) and problem.sizes
        if sides.valid.sum() < 2 or (alike and attempt < ATTEMPTS - 1):
            continue
        with np.errstate(all="ignore"):
            env = replace(sides.env, replaced={**sides.env.replaced, **_known(written, problem, sides.env)})
            batches.append(Batch(env, sides.satisfied, side_value(term, sides.env), sides.left))
        if len(batches) >= WANTED:
            break
    return Target(term, tuple(batches)) if batches else None


def _known(written: Term, problem: Problem, env: Environment) -> dict[Term, Value]:
    """Return the values of the written side's parts that no derivative and no binder moves.

    What the other side does not mention may be meant to be bound: a sum over it may have been lost.
    """
    unbound = free_symbols(written) - free_symbols(problem.reading.left)
    moved = problem.needs.moving | _bound(problem, written) | unbound
    found: dict[Term, Value] = {}
    for part in subterms(written):
        if isinstance(part, Name | Number | Constant) or is_law(part, env):
            continue
        if find_symbols(part, problem.scope) & moved:
            continue
        try:
            found[part] = replace(env, meter=Meter(CANDIDATE)).value(part)
        except NO_VALUE:
            continue
    return found


def _bound(problem: Problem, written: Term) -> set[str]:
    """Return all names that are bound somewhere: in the claim, or in what the scope defines."""
    scope = problem.scope
    found = {symbol for d in scope.definitions.values() for symbol in d.parameters}
    found |= {symbol for d in scope.densities for _, symbol in (*d.values, *d.given)}
    found |= {recursion.index for recursion in scope.recursions.values()}
    bodies = [d.body for d in scope.definitions.values()]
    bodies += [d.body for d in scope.densities] + [d.body for d in scope.recursions.values()]
    for term in (written, problem.reading.left, *bodies):
        for part in subterms(term):
            match part:
                case Aggregate(_, Binder(Name(symbol))) | At(_, Name(symbol)):
                    found.add(symbol)
                case Expectation(draws) | MomentOf(_, draws):
                    found |= {draw.name.symbol for draw in draws}
                case Derivative(_, variable):
                    found |= {t.symbol for t in subterms(variable) if isinstance(t, Name)}
    return found
