"""Means and covariances of affine functions of Gaussian variables, in closed form and any dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from errata.language.terms import Draw, StandardLaw, Term
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.laws import NormalLaw, law_object
from errata.numeric_checks.evaluate.normals import dimension_of, sampling_root
from errata.numeric_checks.evaluate.piecewise import is_piecewise
from errata.numeric_checks.interpretation import Euclidean
from errata.numeric_checks.quantities import Floats, Quantity, lifted

AFFINE = 1e-9


@dataclass(frozen=True, eq=False)
class _Variable:
    """A drawn vector, mean + root z with z standard normal; `column` where it is no plain number."""

    symbol: str
    mean: Floats
    root: Floats
    column: bool

    def at(self, standard: Floats) -> Quantity:
        array = self.mean + self.root @ standard
        return Quantity(array, 2) if self.column else Quantity(array[..., 0, 0])


def affine_mean(draws: Sequence[Draw], body: Term, env: Environment) -> Quantity | None:
    """Return E[body]; None where the body is not affine in Gaussian variables that are all drawn at once."""
    variables = _variables(draws, env)
    slopes = _slopes(variables, body, env) if variables else None
    if slopes is None:
        return None
    return slopes[0]


def affine_covariance(draws: Sequence[Draw], first: Term, second: Term, env: Environment) -> Quantity | None:
    """Return Cov[first, second] of numbers or columns, or None as for the mean."""
    variables = _variables(draws, env)
    one = _slopes(variables, first, env) if variables else None
    other = one if first == second else (_slopes(variables, second, env) if variables else None)
    if one is None or other is None or one[0].rank != other[0].rank:
        return None
    rank = one[0].rank
    total: Floats | None = None
    for a, b in zip(one[1], other[1], strict=True):
        if not rank:
            part = a * b
        elif a.shape[-1] == 1 and b.shape[-1] == 1:
            part = a @ np.swapaxes(b, -1, -2)
        else:
            return None
        total = part if total is None else total + part
    return None if total is None else Quantity(total, rank)


def _variables(draws: Sequence[Draw], env: Environment) -> list[_Variable] | None:
    found: list[_Variable] = []
    for draw in draws:
        if isinstance(draw.law, StandardLaw) and draw.law.kind != "normal":
            return None
        if found and not isinstance(draw.law, StandardLaw):
            return None
        law = law_object(draw.law, env, (draw.space,))
        if not isinstance(law, NormalLaw):
            return None
        space = env.interpretation.spaces.get(draw.space)
        known = space.dimension if isinstance(space, Euclidean) and space.vector else None
        dimension = dimension_of([law], known)
        mean, root = sampling_root(law, dimension)
        depth = max(env.depth, mean.ndim - 2, root.ndim - 2)
        column = bool(law.mean.rank or law.covariance.rank or known is not None)
        found.append(_Variable(draw.name.symbol, lifted(mean, 2, depth), lifted(root, 2, depth), column))
    return found


def _slopes(variables: Sequence[_Variable], body: Term, env: Environment) -> tuple[Quantity, list[Floats]] | None:
    """Return the body's mean and its change along every standard normal coordinate; None where it is not affine."""
    if is_piecewise((body,), env.scope):
        return None

    def value(standard: Sequence[Floats]) -> Quantity:
        inner = env
        for variable, place in zip(variables, standard, strict=True):
            inner = inner.with_value(variable.symbol, variable.at(place))
        return inner.number(body)

    zeros = [np.zeros((v.root.shape[-1], 1)) for v in variables]
    base = value(zeros)
    if base.unit:
        return None
    center = _array(base, env)
    slopes: list[Floats] = []
    rng = np.random.default_rng(5)
    elsewhere = [rng.normal(0.0, 1.5, z.shape) for z in zeros]
    expected = center
    for n, zero in enumerate(zeros):
        for place in range(len(zero)):
            unit = zero.copy()
            unit[place] = 1.0
            slope = _array(value([*zeros[:n], unit, *zeros[n + 1 :]]), env) - center
            slopes.append(slope)
            expected = expected + slope * float(elsewhere[n][place, 0])
    found = _array(value(elsewhere), env)
    scale = np.fmax(np.abs(found), np.abs(expected)) + 1.0
    gap = np.abs(found - expected) / scale
    if np.any(gap > AFFINE):
        return None
    return Quantity(center, base.rank), slopes


def _array(q: Quantity, env: Environment) -> Floats:
    return lifted(q.array, q.rank, max(env.depth, q.lead))
