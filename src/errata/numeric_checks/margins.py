"""Said probabilities, P(X = 1) = 1/3: the tables of laws are rescaled to have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from errata.language.terms import Comparison, Density, Slot, Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import slot_keys
from errata.numeric_checks.evaluate.names import as_point
from errata.numeric_checks.interpretation import FinitePoints, TableLaw
from errata.numeric_checks.needs import find_symbols
from errata.numeric_checks.quantities import Floats

WHOLE = 1e-9


def with_margins(conditions: Sequence[Comparison], env: Environment) -> Environment:
    """Return the environment in which laws have the probabilities said of single points, where some law can.

    What is left of 1 goes to the other points in the shares that they had; conditionals stay as they were.
    """
    said: dict[tuple[str, int], list[tuple[Slot, Term]]] = {}
    for law, slot, value in _said(conditions, env):
        table = env.interpretation.values[law]
        assert isinstance(table, TableLaw)
        (key,) = slot_keys(law, (slot,), env, table.axes)
        said.setdefault((law, [a.key for a in table.axes].index(key)), []).append((slot, value))
    for (law, place), points in said.items():
        table = env.interpretation.values[law]
        assert isinstance(table, TableLaw)
        moved = _rescaled(table, place, points, env)
        if moved is not None:
            values = {**env.interpretation.values, law: moved}
            env = replace(env, interpretation=replace(env.interpretation, values=values))
    return env


def _said(conditions: Sequence[Comparison], env: Environment) -> Iterator[tuple[str, Slot, Term]]:
    """Yield law, place and value of every P(X = c) = value of a law that is a table drawn freely."""
    for condition in conditions:
        if condition.relation != "=":
            continue
        for side, value in ((condition.left, condition.right), (condition.right, condition.left)):
            match side:
                case Density(law, (slot,), (), ()) if law.symbol not in find_symbols(value, env.scope):
                    drawn = isinstance(env.interpretation.values.get(law.symbol), TableLaw)
                    told = law.symbol in env.scope.definitions or any(d.law == law.symbol for d in env.scope.densities)
                    if drawn and not told and law.symbol not in env.bound:
                        yield law.symbol, slot, value


def _rescaled(law: TableLaw, place: int, points: Sequence[tuple[Slot, Term]], env: Environment) -> TableLaw | None:
    """Return the law with these probabilities at one of its places; None where no law has them."""
    space = env.interpretation.spaces.get(law.axes[place].space)
    if not isinstance(space, FinitePoints) or law.table.ndim != len(law.axes) + 1:
        return None
    away = tuple(n + 1 for n in range(len(law.axes)) if n != place)
    margin = law.table.sum(axis=away)
    count = env.interpretation.count
    wanted = np.full((count, margin.shape[-1]), np.nan)
    for slot, value in points:
        try:
            at, share = as_point(env.value(slot.value), law.axes[place].space, env), env.number(value)
        except Unanswerable:
            return None
        if at.index.ndim > 1 or share.rank or share.lead > 1:
            return None
        wanted[np.arange(count), np.broadcast_to(at.index, (count,))] = np.broadcast_to(share.array, (count,))
    goal = _completed(wanted, np.broadcast_to(margin, wanted.shape))
    ratio = goal / np.where(margin > 0, margin, np.nan)
    shape = [count] + [1] * len(law.axes)
    shape[place + 1] = goal.shape[-1]
    table = law.table * ratio.reshape(shape)
    return TableLaw(law.axes, np.where(np.isfinite(table), table, law.table))


def _completed(wanted: Floats, margin: Floats) -> Floats:
    """Give what is left of 1 to the points of which nothing is said; undefined where it is negative."""
    told = np.isfinite(wanted)
    left = 1.0 - np.where(told, wanted, 0.0).sum(axis=-1, keepdims=True)
    others = np.where(told, 0.0, margin)
    shares = others / np.where(others.sum(axis=-1, keepdims=True) > 0, others.sum(axis=-1, keepdims=True), np.nan)
    goal = np.where(told, wanted, shares * left)
    possible = (np.where(told, wanted, 0.0) >= 0).all(axis=-1) & (np.abs(np.nansum(goal, axis=-1) - 1) < WHOLE)
    return np.where(possible[:, None] & (left >= -WHOLE), goal, np.nan)
