"""Laws with names of their own: densities, and means of quadratic polynomials by the first two moments.

Sources: Gelman et al., Bayesian Data Analysis, appendix A; Anderson, An Introduction to Multivariate Statistical
Analysis, chapter 7 (Wishart and inverse Wishart).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from errata.language.terms import Draw, Name, StandardLaw, Term
from errata.numeric_checks.budget import Unanswerable
from errata.numeric_checks.evaluate.environment import Environment
from errata.numeric_checks.evaluate.piecewise import is_piecewise
from errata.numeric_checks.evaluate.scalars import inverse_or_nan
from errata.numeric_checks.quantities import Floats, Quantity, lifted

NAMED = frozenset(("gamma", "beta", "cauchy", "student", "dirichlet", "wishart", "inverse wishart"))
SAME = 1e-8


def named_density(point: Quantity, law: StandardLaw, env: Environment) -> Quantity:
    """The density of the law at a point; undefined outside of its domain."""
    parameters = [env.number(p) for p in law.parameters]
    depth = max(env.depth, *(q.lead for q in (point, *parameters)))
    x, *rest = [_matrix(q, depth) for q in (point, *parameters)]
    return Quantity(np.exp(_LOGARITHMS[law.kind](x, *rest)))


def named_mean(draw: Draw, body: Term, env: Environment) -> Quantity:
    """Return E[body] of a body that is at most quadratic in what is drawn, or linear where no spread is known.

    Raises Unanswerable where it is more, or where the law has no such moment.
    """
    if is_piecewise((body,), env.scope):
        raise Unanswerable("a mean over a law of which only the first moments are known")
    law = draw.law
    assert isinstance(law, StandardLaw)
    parameters = [env.number(p) for p in law.parameters]
    depth = max(env.depth, *(q.lead for q in parameters))
    moments = _MOMENTS.get(law.kind)
    if moments is None:
        raise Unanswerable(f"a {law.kind} law has no mean")
    mean, spread, shape = moments(*(_matrix(q, depth) for q in parameters))
    column = bool(parameters[0].rank)

    def value(at: Floats) -> Quantity:
        array = at.reshape(*at.shape[:-2], *shape) if shape else at[..., 0, 0]
        return env.with_value(draw.name.symbol, Quantity(array, 2 if column else 0)).number(body)

    return _by_moments(value, mean, spread, depth)


def _by_moments(value: Callable[[Floats], Quantity], mean: Floats, spread: Floats | None, depth: int) -> Quantity:
    """Contract a polynomial with mean and covariance; third differences along random lines tell its degree."""
    centre = value(mean)
    if centre.unit:
        raise Unanswerable("the mean of an identity matrix of unknown size")
    base, scale = _array(centre, depth), _magnitude(centre, depth)
    size = mean.shape[-2]
    rng = np.random.default_rng(17)
    order = 2 if spread is None else 3
    for _ in range(2):
        step = rng.normal(0.0, 0.3, (size, 1)) * (np.abs(mean) + 0.1)
        line = [_array(value(mean + n * step), depth) for n in range(order + 1)]
        difference = np.diff(np.stack(np.broadcast_arrays(*line)), order, axis=0)[0]
        reach = np.nan_to_num(np.abs(np.stack(np.broadcast_arrays(*line)))).max(axis=0) + 1.0
        if not np.all((np.abs(difference) <= SAME * reach) | np.isnan(difference)):
            raise Unanswerable("a mean over a law of which only the first moments are known")
    total = base
    if spread is not None:
        known = np.isfinite(spread).all(axis=(-2, -1), keepdims=True)
        symmetric = np.where(known, (spread + np.swapaxes(spread, -1, -2)) / 2, 0.0)
        values, vectors = np.linalg.eigh(symmetric)
        root = np.where(known, vectors * np.sqrt(np.maximum(values, 0.0))[..., None, :], np.nan)
        for place in range(size):
            along = root[..., :, place : place + 1]
            ends = [value(mean + sign * along) for sign in (1.0, -1.0)]
            total = total + sum(_array(q, depth) - base for q in ends) / 2
            scale = np.fmax(scale, np.fmax(*(_magnitude(q, depth) for q in ends)))
    return Quantity(total, centre.rank, np.broadcast_to(scale, total.shape))


def _matrix(q: Quantity, depth: int) -> Floats:
    """Return a number as a 1 by 1 matrix, anything else as it is, with `depth` leading axes."""
    if q.unit:
        raise Unanswerable("an identity matrix of unknown size in a law")
    return lifted(q.array, q.rank, depth) if q.rank else lifted(q.array, 0, depth)[..., None, None]


def _array(q: Quantity, depth: int) -> Floats:
    return lifted(q.array, q.rank, max(depth, q.lead))


def _magnitude(q: Quantity, depth: int) -> Floats:
    return lifted(q.magnitude, q.rank, max(depth, q.lead))


# Densities -------------------------------------------------------------------------------------------


def _gammaln(x: Floats) -> Floats:
    from scipy.special import gammaln  # late: scipy is slow to import

    return np.where(x > 0, gammaln(np.where(x > 0, x, 1.0)), np.nan)


def _number(x: Floats) -> Floats:
    if x.shape[-2:] != (1, 1):
        raise Unanswerable("shapes do not agree: a parameter of a law is no number")
    return np.asarray(x[..., 0, 0])


def _positive_log(x: Floats) -> Floats:
    return np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), np.nan)


def _log_determinant(x: Floats) -> Floats:
    if x.shape[-1] != x.shape[-2]:
        raise Unanswerable("shapes do not agree: the scale of a law is not square")
    return _positive_log(np.linalg.det(x))


def _gamma(x: Floats, shape: Floats, rate: Floats) -> Floats:
    x, a, b = _number(x), _number(shape), _number(rate)
    return a * _positive_log(b) - _gammaln(a) + (a - 1) * _positive_log(x) - b * x


def _beta(x: Floats, first: Floats, second: Floats) -> Floats:
    x, a, b = _number(x), _number(first), _number(second)
    normaliser = _gammaln(a + b) - _gammaln(a) - _gammaln(b)
    return normaliser + (a - 1) * _positive_log(x) + (b - 1) * _positive_log(1 - x)


def _cauchy(x: Floats, location: Floats, scale: Floats) -> Floats:
    x, m, s = _number(x), _number(location), _number(scale)
    return np.asarray(-np.log(np.pi) - _positive_log(s) - np.log1p(((x - m) / s) ** 2))


def _student(x: Floats, location: Floats, scale: Floats, degrees: Floats) -> Floats:
    size, nu = x.shape[-2], _number(degrees)
    if location.shape[-2:] != x.shape[-2:] or scale.shape[-2:] != (size, size):
        raise Unanswerable("shapes do not agree: the parameters of a Student law")
    gap = x - location
    quadratic = (np.swapaxes(gap, -1, -2) @ inverse_or_nan(scale) @ gap)[..., 0, 0]
    normaliser = _gammaln((nu + size) / 2) - _gammaln(nu / 2) - size / 2 * _positive_log(np.pi * nu)
    return np.asarray(normaliser - _log_determinant(scale) / 2 - (nu + size) / 2 * np.log1p(quadratic / nu))


def _dirichlet(x: Floats, parameters: Floats) -> Floats:
    if x.shape[-2:] != parameters.shape[-2:]:
        raise Unanswerable("shapes do not agree: a point and the parameters of a Dirichlet law")
    inside = np.abs(x.sum(axis=(-2, -1)) - 1) < 1e-9
    value = _gammaln(parameters.sum(axis=(-2, -1))) - _gammaln(parameters).sum(axis=(-2, -1))
    value = value + ((parameters - 1) * _positive_log(x)).sum(axis=(-2, -1))
    return np.where(inside, value, np.nan)


def _multivariate_gammaln(a: Floats, size: int) -> Floats:
    terms = [_gammaln(a - place / 2) for place in range(size)]
    return np.asarray(size * (size - 1) / 4 * np.log(np.pi) + sum(terms[1:], terms[0]))


def _wishart(x: Floats, scale: Floats, degrees: Floats) -> Floats:
    size, m = x.shape[-1], _number(degrees)
    if scale.shape[-2:] != x.shape[-2:]:
        raise Unanswerable("shapes do not agree: the scale of a Wishart law")
    trace = np.trace(inverse_or_nan(scale) @ x, axis1=-2, axis2=-1)
    normaliser = m * size / 2 * np.log(2) + m / 2 * _log_determinant(scale) + _multivariate_gammaln(m / 2, size)
    return np.asarray((m - size - 1) / 2 * _log_determinant(x) - trace / 2 - normaliser)


def _inverse_wishart(x: Floats, scale: Floats, degrees: Floats) -> Floats:
    size, m = x.shape[-1], _number(degrees)
    if scale.shape[-2:] != x.shape[-2:]:
        raise Unanswerable("shapes do not agree: the scale of an inverse Wishart law")
    trace = np.trace(scale @ inverse_or_nan(x), axis1=-2, axis2=-1)
    normaliser = m * size / 2 * np.log(2) - m / 2 * _log_determinant(scale) + _multivariate_gammaln(m / 2, size)
    return np.asarray(-(m + size + 1) / 2 * _log_determinant(x) - trace / 2 - normaliser)


_LOGARITHMS: dict[str, Callable[..., Floats]] = {
    "gamma": _gamma,
    "beta": _beta,
    "cauchy": _cauchy,
    "student": _student,
    "dirichlet": _dirichlet,
    "wishart": _wishart,
    "inverse wishart": _inverse_wishart,
}


# Moments ---------------------------------------------------------------------------------------------

Moments = tuple[Floats, Floats | None, tuple[int, ...]]
"""The mean as a column, the covariance (None: not known here), and the shape of what is drawn (empty: a number)."""


def _above(x: Floats, least: float) -> Floats:
    return np.where(x > least, x, np.nan)


def _gamma_moments(shape: Floats, rate: Floats) -> Moments:
    a, b = _above(shape, 0), _above(rate, 0)
    return a / b, a / b**2, ()


def _beta_moments(first: Floats, second: Floats) -> Moments:
    a, b = _above(first, 0), _above(second, 0)
    return a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1)), ()


def _student_moments(location: Floats, scale: Floats, degrees: Floats) -> Moments:
    nu = _above(degrees, 1)
    spread = np.where(nu > 2, nu / np.where(nu > 2, nu - 2, 1.0), np.nan) * scale
    return location * np.where(np.isnan(nu), np.nan, 1.0), spread, location.shape[-2:]


def _dirichlet_moments(parameters: Floats) -> Moments:
    alpha = _above(parameters, 0)
    total = alpha.sum(axis=(-2, -1), keepdims=True)
    mean = alpha / total
    spread = (mean * np.eye(alpha.shape[-2]) - mean @ np.swapaxes(mean, -1, -2)) / (total + 1)
    return mean, spread, alpha.shape[-2:]


def _wishart_moments(scale: Floats, degrees: Floats) -> Moments:
    """Cov[M_ij, M_kl] = m (S_ik S_jl + S_il S_jk), also where m is so small that M is singular."""
    size, m = scale.shape[-1], _above(degrees, 0)
    mean = (m * scale).reshape(*np.broadcast_shapes(m.shape[:-2], scale.shape[:-2]), size * size, 1)
    straight = np.einsum("...ik,...jl->...ijkl", scale, scale)
    crossed = np.einsum("...il,...jk->...ijkl", scale, scale)
    spread = m * (straight + crossed).reshape(*scale.shape[:-2], size * size, size * size)
    return mean, spread, (size, size)


def _inverse_wishart_moments(scale: Floats, degrees: Floats) -> Moments:
    size = scale.shape[-1]
    below = _above(degrees, size + 1) - size - 1
    mean = scale / below
    return mean.reshape(*mean.shape[:-2], size * size, 1), None, (size, size)


_MOMENTS: dict[str, Callable[..., Moments]] = {
    "gamma": _gamma_moments,
    "beta": _beta_moments,
    "student": _student_moments,
    "dirichlet": _dirichlet_moments,
    "wishart": _wishart_moments,
    "inverse wishart": _inverse_wishart_moments,
}


def named_moment(draw: Draw, arguments: Sequence[Term], env: Environment, product: Callable[..., Term]) -> Quantity:
    """Return the covariance of one or two functions of what is drawn; `product` multiplies the deviations."""
    inner = env
    symbols = [f"mean of argument {n}" for n in range(len(arguments))]
    rank = 0
    for symbol, argument in zip(symbols, arguments, strict=True):
        mean = named_mean(draw, argument, env)
        rank = mean.rank
        inner = inner.with_value(symbol, mean)
    return named_mean(draw, product(arguments, [Name(s) for s in symbols], rank), inner)
