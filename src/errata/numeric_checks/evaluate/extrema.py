"""Extrema over continuous domains: numbers, vectors, functions on finite spaces, laws on finite spaces.

The unknown is mapped from free real coordinates into its domain (interval, simplex). From several starts,
Newton's method with a damped Hessian runs on all interpretations at once; gradient and Hessian come from
one evaluation of the body over a stencil. An extremum counts only if the search has settled there and no
probe, near or far, lies beyond it: x^3 - 3x has no minimum, though it settles at x = 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from errata.language.terms import Aggregate
from errata.numeric_checks.budget import ONLY_APPROACHED, Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.unknowns import Search, at_strict_edge, projected, search_of
from errata.numeric_checks.interpretation import Value
from errata.numeric_checks.quantities import Floats, Quantity, lifted

STARTS = 6
BEST_PROBES = 2
ROUNDS = 40
MOST_COORDINATES = 12
STEP = 2e-3
SAME_PLACE = 1e-3
PROBE_SCALES = (0.3, 1.0, 3.0, 6.0, 12.0, 30.0, 100.0, 1000.0)
PROBES_A_SCALE = 8
ALONG = (0.3, 0.45, 0.6, 0.75, 1.0, 1.25, 1.5, 1.75)
FAR, MOVED = 3.0, 1e-6
NOTHING = 1e-15
"""A value less than this share of those met on the way is what rounding leaves of 0."""


def optimum(term: Aggregate, env: Environment) -> Value:
    """The extremal value of the body, or the value of the bound name where it is attained."""
    search = search_of(term, env)
    if search.coordinates > MOST_COORDINATES:
        raise Unanswerable(f"an extremum over {search.coordinates} unknowns is too large a search")
    sign = 1.0 if term.operation in ("max", "argmax") else -1.0
    lead = env.depth

    def objective(coordinates: Floats) -> Floats:
        """coordinates: leading axes, STARTS, stencil, coordinate."""
        body = search.bound(projected(search, coordinates, env), env, 2).number(search.body)
        if body.rank:
            raise Unanswerable("an extremum of something that is no number")
        return sign * lifted(body.array, 0, lead + 2)

    found = _search(objective, search, lead, env)
    if not found.settled.any():
        raise Unanswerable("the search for the extremum did not settle")
    if not term.limiting and (search.open or search.conditions):
        attained = found.settled & ~_only_approached(objective, search, found, lead, env)
        if not attained.any():
            raise Unanswerable(ONLY_APPROACHED)
        found = replace(found, settled=attained)
    value = np.where(found.settled, found.value, np.nan)
    if term.operation in ("max", "min"):
        size = np.fmax(np.abs(value), found.scale)
        value = np.where(np.abs(value) <= NOTHING * size, 0.0, value)
        return Quantity(sign * value, 0, size)
    if not (found.settled & found.lone).any():
        raise Unanswerable("the extremum is attained in several places")
    if len(search.unknowns) > 1:
        raise Unanswerable("the place of an extremum over several variables is no single value")
    place = np.where((found.settled & found.lone)[..., None], found.place, np.nan)
    (unknown,) = search.unknowns.values()
    found_at = unknown.build(_at_place(search, place, lead, env))
    if isinstance(found_at, Quantity):  # a place is found as exactly as the coordinates are, which are of the size of 1
        return replace(found_at, scale=np.fmax(np.abs(found_at.array), 1.0))
    return found_at


def _at_place(search: Search, place: Floats, lead: int, env: Environment) -> Floats:
    """Return coordinates (leading axes..., coordinates) where the conditions hold; at a closed end, the end itself."""
    return projected(search, search.at_ends(place)[..., None, None, :], env)[..., 0, 0, :]


def _only_approached(
    objective: Callable[[Floats], Floats], search: Search, found: Found, lead: int, env: Environment
) -> NDArray[np.bool_]:
    """Return where the body grows on and on as the coordinates go further out, or a strict condition is at its edge."""
    along = found.place[..., None, None, :] * np.array(ALONG)[:, None]
    steps = np.diff(objective(along)[..., 0, :], axis=-1)
    rising = (steps[..., :3] > 0).all(axis=-1) & (steps >= 0).all(axis=-1)
    if search.conditions:
        moves = np.diff(projected(search, along, env)[..., 0, :, :], axis=-2)
        rising &= (np.abs(moves).max(axis=-1) > MOVED).all(axis=-1)
    far = np.abs(found.place).max(axis=-1) > FAR
    beyond = rising & far if search.open else np.zeros(far.shape, dtype=bool)
    placed = projected(search, found.place[..., None, None, :], env)
    return beyond | (at_strict_edge(search, placed, env)[..., 0, 0] > 0)


@dataclass(frozen=True, eq=False)
class Found:
    """The best coordinates, the value there, where the search settled, whether on one place, and the values' size."""

    place: Floats
    value: Floats
    settled: NDArray[np.bool_]
    lone: NDArray[np.bool_]
    scale: Floats


def _search(objective: Callable[[Floats], Floats], search: Search, lead: int, env: Environment) -> Found:
    count = search.coordinates
    rng = np.random.default_rng([count, 5])
    starts = rng.normal(0.0, 1.0, (STARTS, 1, count)) * np.linspace(0.6, 2.4, STARTS)[:, None, None]
    starts[0] = 0.1
    probes = _probes(count, rng)
    probed = objective(probes.reshape((1,) * lead + probes.shape))
    u = _with_best(starts, probes, probed, lead)
    f = objective(u)
    u = np.broadcast_to(u, f.shape[:lead] + u.shape[lead:]).copy()
    scale = np.where(np.isfinite(f), np.abs(f), 0.0).max(axis=(lead, lead + 1))
    offsets, pairs = _stencil(count)
    damping = np.full(f.shape, 1e-2)
    move = np.full(f.shape, np.inf)
    slope_size = np.full(f.shape, np.inf)
    for _ in range(ROUNDS):
        env.meter.allow_search()
        values = objective(u + offsets.reshape((1,) * (lead + 1) + offsets.shape))
        gradient, hessian = _slopes(values, f[..., 0], count, pairs)
        slope_size = np.abs(gradient).max(axis=-1)[..., None]
        step = _newton(gradient, hessian, damping[..., 0])
        trial = u + step[..., None, :]
        better = objective(trial)
        gain = better >= f - 1e-14 * np.abs(f)
        gain &= np.isfinite(better)
        move = np.where(gain, np.abs(step).max(axis=-1)[..., None], move)
        change = np.where(gain, np.abs(better - f), 0.0)
        u = np.where(gain[..., None], trial, u)
        f = np.where(gain, better, f)
        damping = np.clip(np.where(gain, damping * 0.2, damping * 8.0), 1e-9, 1e6)
        if np.all((change < 1e-13 * (1 + np.abs(f))) & (slope_size < 1e-6) & gain):
            break
    f = np.where(np.isfinite(f), f, -np.inf)
    top = f.max(axis=(lead, lead + 1), keepdims=True)
    near = np.abs(f - top) <= 1e-7 * (1 + np.abs(top))
    settled_starts = near & (slope_size < 2e-5) & (np.abs(u).max(axis=-1) < 40)
    beyond = np.isfinite(probed) & (probed > top + 1e-6 * (1 + np.abs(top)))  # 1e-320 \log(1 / 1e-320) overflows
    settled = settled_starts.any(axis=(lead, lead + 1)) & np.isfinite(top[..., 0, 0])
    settled &= ~beyond.any(axis=(lead, lead + 1))
    pick = np.where(settled_starts, f, -np.inf)[..., 0].argmax(axis=-1)
    flat = u[..., 0, :]
    chosen = np.take_along_axis(flat, pick[..., None, None], axis=-2)[..., 0, :]
    places = search.places(projected(search, u, env))[..., 0, :]
    best = np.take_along_axis(places, pick[..., None, None], axis=-2)
    apart = np.abs(places - best).max(axis=-1) > SAME_PLACE * (1 + np.abs(best).max(axis=-1))
    lone = ~(apart & settled_starts[..., 0]).any(axis=-1)
    return Found(chosen, top[..., 0, 0], settled, lone, scale)


def _probes(count: int, rng: np.random.Generator) -> Floats:
    """Points of every magnitude, with their opposites; shape (probes, 1, coordinates)."""
    directions = rng.normal(0.0, 1.0, (len(PROBE_SCALES), PROBES_A_SCALE, count))
    scaled = (directions * np.array(PROBE_SCALES)[:, None, None]).reshape(-1, 1, count)
    return np.concatenate([scaled, -scaled])


def _with_best(starts: Floats, probes: Floats, probed: Floats, lead: int) -> Floats:
    """Return the starts, the last ones replaced by the best near probes of each interpretation."""
    near = np.abs(probes).max(axis=(1, 2)) < 20
    values = np.where(np.isfinite(probed) & near[:, None], probed, -np.inf)[..., 0]
    order = np.argsort(-values, axis=-1, kind="stable")[..., :BEST_PROBES]
    u = np.broadcast_to(starts, (*values.shape[:lead], *starts.shape)).copy()
    u[..., STARTS - BEST_PROBES :, :, :] = probes[order]
    return u


def _stencil(count: int) -> tuple[Floats, list[tuple[int, int]]]:
    rows = []
    for n in range(count):
        for factor in (1.0, -1.0, 2.0, -2.0):
            row = np.zeros(count)
            row[n] = factor * STEP
            rows.append(row)
    pairs = [(n, m) for n in range(count) for m in range(n)]
    for n, m in pairs:
        for first, second in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            row = np.zeros(count)
            row[n], row[m] = first * STEP, second * STEP
            rows.append(row)
    return np.array(rows), pairs


def _slopes(values: Floats, center: Floats, count: int, pairs: list[tuple[int, int]]) -> tuple[Floats, Floats]:
    singles = values[..., : 4 * count].reshape((*values.shape[:-1], count, 4))
    gradient = (8 * (singles[..., 0] - singles[..., 1]) - (singles[..., 2] - singles[..., 3])) / (12 * STEP)
    hessian = np.zeros((*values.shape[:-1], count, count))
    diagonal = (
        16 * (singles[..., 0] + singles[..., 1]) - (singles[..., 2] + singles[..., 3]) - 30 * center[..., None]
    ) / (12 * STEP**2)
    for n in range(count):
        hessian[..., n, n] = diagonal[..., n]
    for place, (n, m) in enumerate(pairs):
        four = values[..., 4 * count + 4 * place : 4 * count + 4 * place + 4]
        mixed = (four[..., 0] - four[..., 1] - four[..., 2] + four[..., 3]) / (4 * STEP**2)
        hessian[..., n, m] = hessian[..., m, n] = mixed
    return np.nan_to_num(gradient), np.nan_to_num(hessian)


def _newton(gradient: Floats, hessian: Floats, damping: Floats) -> Floats:
    """Uphill step: curvatures are made negative, small ones damped, long steps cut."""
    curvatures, directions = np.linalg.eigh(hessian)
    along = (np.swapaxes(directions, -1, -2) @ gradient[..., None])[..., 0]
    step = along / (np.abs(curvatures) + damping[..., None] + 1e-12)
    step = (directions @ step[..., None])[..., 0]
    size = np.abs(step).max(axis=-1, keepdims=True)
    return np.asarray(step * np.minimum(1.0, 2.0 / np.maximum(size, 1e-30)))
