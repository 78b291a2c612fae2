"""Means of polynomials of variables that are jointly normal, some of them given: E[y | x], Cov[x, y].

The mean is taken by a symmetric rule of degree 3, which is exact for cubic polynomials in any dimension: the
centre and two points on every axis (Stroud, Approximate Calculation of Multiple Integrals, 1971). The axes are
turned at random and the rule is used at two distances, so that what is no such polynomial is told by a difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from errata.language.sorts import RandomVariable
from errata.language.terms import Comparison, LawReference, Name, Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.gaussian_joints import gaussian_conditional
from errata.numeric_checks.evaluate.laws import NormalLaw
from errata.numeric_checks.evaluate.normals import sampling_root
from errata.numeric_checks.evaluate.piecewise import is_piecewise
from errata.numeric_checks.interpretation import Euclidean, Value
from errata.numeric_checks.quantities import Floats, Quantity, lifted

DISTANCES = (1.0, 1.7)
SAME = 1e-8


def joint_mean(names: Sequence[str], body: Term, given: Sequence[Term], env: Environment) -> Quantity | None:
    """Return E[body | given] over these random names; None where they do not have one joint normal law."""
    law = _common_law(names, env)
    fixed = _fixed(given, env)
    if is_piecewise((body,), env.scope):
        return None
    if law is None or fixed is None or not set(fixed) <= set(names) or (len(names) == 1 and not fixed):
        return None
    free = [name for name in names if name not in fixed]
    spaces = {name: _space(name, env) for name in names}
    points = {spaces[name]: value for name, value in fixed.items()}
    inner = env
    for name, value in fixed.items():
        inner = inner.with_value(name, value)
    if not free:
        return inner.number(body)
    conditional = gaussian_conditional(law, [spaces[n] for n in free], [spaces[n] for n in fixed], points, env)
    return None if conditional is None else _by_rule(free, conditional, body, inner)


def _common_law(names: Sequence[str], env: Environment) -> str | None:
    laws = set()
    for name in names:
        sort = env.scope.sorts.get(name)
        law = sort.law if isinstance(sort, RandomVariable) else None
        laws.add(law.law.symbol if isinstance(law, LawReference) and not law.given else None)
    return laws.pop() if len(laws) == 1 else None


def _space(name: str, env: Environment) -> str:
    sort = env.scope.sorts[name]
    assert isinstance(sort, RandomVariable)
    return sort.space


def _fixed(given: Sequence[Term], env: Environment) -> Mapping[str, Value] | None:
    """Return the values that the conditions fix: X, which stands for its value, and X = x."""
    found: dict[str, Value] = {}
    for condition in given:
        match condition:
            case Name(symbol):
                found[symbol] = env.value(condition)
            case Comparison("=", Name(symbol), value):
                found[symbol] = env.value(value)
            case _:
                return None
    return found


def _by_rule(names: Sequence[str], law: NormalLaw, body: Term, env: Environment) -> Quantity:
    dimension = law.mean.array.shape[-2]
    mean, root = sampling_root(law, dimension)
    turned, _ = np.linalg.qr(np.random.default_rng(13).normal(size=(dimension, dimension)))
    axes = root @ turned

    def value(standard: Floats) -> Quantity:
        return inner_of(mean + axes @ standard).number(body)

    def inner_of(column: Floats) -> Environment:
        inner, begin = env, 0
        for name in names:
            size, vector = _size(name, env)
            part = column[..., begin : begin + size, :]
            inner = inner.with_value(name, Quantity(part, 2) if vector else Quantity(part[..., 0, 0]))
            begin += size
        return inner

    centre = value(np.zeros((dimension, 1)))
    if centre.unit:
        raise Unanswerable("the mean of an identity matrix of unknown size")
    units = np.eye(dimension)[:, :, None]
    found = []
    scale = _magnitude(centre, env)
    for distance in DISTANCES:
        around = [value(sign * distance * unit) for unit in units for sign in (1.0, -1.0)]
        weight = 1.0 / (2.0 * distance**2)
        total = _array(centre, env) * (1.0 - dimension / distance**2)
        for q in around:
            total = total + weight * _array(q, env)
            scale = np.fmax(scale, _magnitude(q, env))
        found.append(total)
    if not np.all((np.abs(found[0] - found[1]) <= SAME * scale) | np.isnan(found[0])):
        raise Unanswerable("a mean over jointly normal variables of what is no polynomial of degree 3")
    return Quantity(found[0], centre.rank, np.broadcast_to(scale, found[0].shape))


def _size(name: str, env: Environment) -> tuple[int, bool]:
    space = env.interpretation.spaces.get(_space(name, env))
    if not isinstance(space, Euclidean):
        raise Unanswerable(f"{name} is no vector of real numbers")
    return (space.dimension, True) if space.vector else (1, False)


def _array(q: Quantity, env: Environment) -> Floats:
    return lifted(q.array, q.rank, max(env.depth, q.lead))


def _magnitude(q: Quantity, env: Environment) -> Floats:
    return lifted(q.magnitude, q.rank, max(env.depth, q.lead))
