"""Equations between arrays: interpretations are moved onto their solutions by Gauss and Newton's method.

Every step is the shortest one that solves the linearised equations, so a random interpretation lands on a
solution near it. What does not arrive is left as it was, and counts as not satisfying the condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from errata.language.scope import Scope
from errata.language.sorts import Matrix, Real, Vector
from errata.language.terms import Comparison
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.kept_properties import kept
from errata.numeric_checks.needs import find_symbols
from errata.numeric_checks.quantities import Floats, Quantity, agree, aligned, lifted

STEPS = 40
SPACING = 1e-5
MOST_UNKNOWNS = 80
MOST_EQUATIONS = 400
SMALL = 1e-11
_CALM = 4.0
"""The longest step in one go, against the size of the unknowns."""


@dataclass(frozen=True, eq=False)
class _Unknown:
    symbol: str
    array: Floats
    rank: int

    @property
    def count(self) -> int:
        return int(np.prod(self.array.shape[1:], dtype=int))


def project(equations: Sequence[Comparison], env: Environment) -> Environment:
    """Move the free names of the equations so that all of them hold, wherever that succeeds."""
    unknowns = _unknowns(equations, env)
    total = sum(u.count for u in unknowns)
    if not unknowns or total > MOST_UNKNOWNS or env.depth != 1:
        return env
    point = np.concatenate([u.array.reshape(env.interpretation.count, -1) for u in unknowns], axis=1)
    for _ in range(STEPS):
        gap = _gaps(equations, unknowns, point, env)
        if gap.shape[1] > MOST_EQUATIONS or env.meter.out_of_time():
            return env
        if not np.isfinite(gap).any() or np.nanmax(np.abs(gap)) < SMALL:
            break
        slopes = _slopes(equations, unknowns, point, env)
        usable = np.isfinite(gap).all(axis=1) & np.isfinite(slopes).all(axis=(1, 2))
        step = np.zeros_like(point)
        if usable.any():
            step[usable] = -(np.linalg.pinv(slopes[usable], rcond=1e-9) @ gap[usable][..., None])[..., 0]
        size = np.linalg.norm(step, axis=1) / (1.0 + np.linalg.norm(point, axis=1))
        point = point + step / np.maximum(1.0, size / _CALM)[:, None]
    return _moved(unknowns, _as_declared(unknowns, point, env), env)


def _as_declared(unknowns: Sequence[_Unknown], point: Floats, env: Environment) -> Floats:
    """Put back the interpretations in which something is no longer what it was declared to be."""
    before = np.concatenate([u.array.reshape(len(point), -1) for u in unknowns], axis=1)
    fine = np.asarray(np.isfinite(point).all(axis=1), dtype=bool)
    point = np.where(fine[:, None], point, before)
    start = 0
    for unknown in unknowns:
        part = point[:, start : start + unknown.count].reshape(len(point), *unknown.array.shape[1:])
        fine = fine & kept(env.scope.sorts.get(unknown.symbol), part)
        start += unknown.count
    return np.where(fine[:, None], point, before)


def moves_arrays(equations: Sequence[Comparison], env: Environment) -> bool:
    """Return whether a vector or matrix may be moved to solve the equations."""
    return any(unknown.rank for unknown in _unknowns(equations, env))


def _unknowns(equations: Sequence[Comparison], env: Environment) -> list[_Unknown]:
    """The arrays and numbers that may be moved freely; those with a property of their own only if nothing else can."""
    if not equations:
        return []
    symbols = sorted(set().union(*(find_symbols(e, env.scope) for e in equations)))
    free = [u for s in symbols if (u := _unknown(s, env)) is not None]
    plain = [u for u in free if _is_plain(u.symbol, env.scope)]
    return plain or free


def _unknown(symbol: str, env: Environment) -> _Unknown | None:
    if symbol in env.interpretation.sizes or symbol in env.scope.definitions:
        return None
    value = env.bound.get(symbol) or env.interpretation.values.get(symbol)
    sort = env.scope.sorts.get(symbol)
    if not isinstance(value, Quantity) or value.lead != 1 or (isinstance(sort, Real) and sort.integer):
        return None
    if value.rank not in (0, 2):
        return None
    shape = (env.interpretation.count, *value.shape)
    return _Unknown(symbol, np.broadcast_to(value.array, shape).astype(float), value.rank)


def _is_plain(symbol: str, scope: Scope) -> bool:
    match scope.sorts.get(symbol):
        case Matrix(properties=properties, entries=entries):
            return entries == Real() and properties <= {"invertible", "full rank"}
        case Vector() as vector:
            return vector.entries == Real() and not vector.simplex and not vector.one_hot
        case Real() as real:
            return real == Real()
        case None:
            return True
    return False


def _moved(unknowns: Sequence[_Unknown], point: Floats, env: Environment, axes: int = 0) -> Environment:
    """Bind the unknowns to the coordinates, which lie along the last axis of the point."""
    start = 0
    for unknown in unknowns:
        part = point[..., start : start + unknown.count]
        value = Quantity(part.reshape(part.shape[:-1] + unknown.array.shape[1:]), unknown.rank)
        env = env.with_value(unknown.symbol, value)
        start += unknown.count
    return env.deeper(axes) if axes else env


def _gaps(equations: Sequence[Comparison], unknowns: Sequence[_Unknown], point: Floats, env: Environment) -> Floats:
    """Left minus right of all equations; the last axis counts entries, those before it are the point's."""
    lead = point.ndim - 1
    inner = _moved(unknowns, point, env, lead - 1)
    gaps = []
    for equation in equations:
        left, right = agree([inner.number(equation.left), inner.number(equation.right)])
        (a, b), _, rank = aligned([left, right])
        gap = lifted(a - b, rank, lead)
        gap = np.broadcast_to(gap, point.shape[:-1] + gap.shape[lead:])
        gaps.append(gap.reshape((*point.shape[:-1], -1)))
    return np.concatenate(gaps, axis=-1)


def _slopes(equations: Sequence[Comparison], unknowns: Sequence[_Unknown], point: Floats, env: Environment) -> Floats:
    """The derivatives of the gaps (second axis) by the coordinates (third), by central differences."""
    count = point.shape[1]
    spacing = SPACING * (1.0 + np.abs(point))[:, :, None]
    shifts = spacing * np.eye(count)
    both = np.concatenate([point[:, None, :] + shifts, point[:, None, :] - shifts], axis=1)
    gaps = _gaps(equations, unknowns, both, env)
    slopes = (gaps[:, :count] - gaps[:, count:]) / (2.0 * spacing)
    return np.swapaxes(slopes, 1, 2)
