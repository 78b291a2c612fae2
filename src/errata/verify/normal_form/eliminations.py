"""Rules that carry out a sum over one variable: each returns the value, or None where it does not apply."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from errata.language import sorts
from errata.language.scope import ImageLaw
from errata.verify.normal_form import laws
from errata.verify.normal_form.arrays import array_entry, kronecker
from errata.verify.normal_form.polynomials import (
    accumulate,
    constant,
    monomial,
    multiply,
    scale,
    single,
)
from errata.verify.normal_form.substitution import only_atom, replaced, substitute
from errata.verify.normal_form.workspace import (
    Atom,
    Domain,
    Frozen,
    NoProof,
    Polynomial,
    Rational,
    Workspace,
)

Factor = tuple[Atom, Rational]
Total = Callable[[Workspace, tuple[tuple[Atom, Domain], ...], Polynomial], Polynomial]

DELTA = "Kronecker delta"
MARGINALISATION = "marginalisation"
NORMALISATION = "normalisation"
MOMENTS = "Gaussian moments"
IMAGE = "law of the unconscious statistician"
LARGEST_MOMENT = 8


def eliminate(w: Workspace, variable: Atom, domain: Domain, factors: list[Factor], total: Total) -> Polynomial | None:
    """Return the sum over the variable of the product of factors, all of which depend on it."""
    kinds = {atom.kind for atom, _ in factors}
    result = None
    if "delta" in kinds:
        result = delta_replaces(w, variable, domain, factors)
    if result is None and "density" in kinds:
        result = marginalise(w, variable, domain, factors)
        if result is None:
            result = image(w, variable, domain, factors, total)
    if result is None and ("normal" in kinds or "normals" in kinds):
        result = moments(w, variable, domain, factors)
    if result is None and kinds == {"entry"}:
        result = simplex(w, variable, domain, factors)
    return result


def simplex(w: Workspace, variable: Atom, domain: Domain, factors: list[Factor]) -> Polynomial | None:
    """sum_i w_i = 1 for a vector declared to be positive with sum 1. Side condition: i over its whole range."""
    if len(factors) != 1 or factors[0][1] != 1:
        return None
    base, indices = factors[0][0].arguments
    sort = w.scope.sorts.get(base.arguments[0]) if base.kind == "name" else None
    if not isinstance(sort, sorts.Vector) or not sort.simplex or indices != (w.freeze(single(variable)),):
        return None
    whole = domain == Domain("range", "", (w.size_of_term(sort.size),))
    return constant(1) if whole and w.allows(NORMALISATION) else None


def delta_replaces(w: Workspace, variable: Atom, domain: Domain, factors: list[Factor]) -> Polynomial | None:
    """sum_i delta(i, j) f(i) = f(j). Side condition: j is a member of the range of i."""
    for atom, exponent in factors:
        if atom.kind != "delta" or exponent != 1:
            continue
        left, right = atom.arguments
        for one, other in ((left, right), (right, left)):
            if one is not w.freeze(single(variable)) or variable in other.free:
                continue
            if is_member(w, other, domain) and w.allows(DELTA):
                rest = monomial(w, [pair for pair in factors if pair[0] is not atom])
                return substitute(w, rest, {variable: other.polynomial()})
    return None


def is_member(w: Workspace, point: Frozen, domain: Domain) -> bool:
    """Whether the point surely lies in the domain."""
    if (point, domain) in w.members:
        return True
    try:
        leaf = only_atom(point.polynomial())
    except NoProof:
        return False
    return laws.is_point_of(w, leaf, domain)


def marginalise(w: Workspace, variable: Atom, domain: Domain, factors: list[Factor]) -> Polynomial | None:
    """sum_x p(x, z) = p(z), and 1 where no slot is left; a derivative of p by its parameters likewise.

    Side condition: x is bound over the whole space of its slot, and occurs in that one factor only, once, with
    exponent 1.
    """
    if len(factors) != 1 or factors[0][1] != 1 or factors[0][0].kind != "density":
        return None
    law, slots, parameters, partials = factors[0][0].arguments
    point = w.freeze(single(variable))
    mine = [slot for slot in slots if variable in slot[1].free]
    if len(mine) != 1 or mine[0][1] is not point or laws.domain_of_space(w, mine[0][0]) != domain:
        return None
    if any(variable in parameter.free for parameter in parameters):
        return None
    if any(partials[len(parameters) :]):
        return None  # a derivative by a point
    left = tuple(slot for slot in slots if slot is not mine[0])
    if not left:
        if not w.allows(NORMALISATION):
            return None
        return {} if any(partials) else constant(1)
    if not w.allows(MARGINALISATION):
        return None
    return laws.density_atom(w, law, left, parameters, partials[: len(parameters)])


def image(w: Workspace, variable: Atom, domain: Domain, factors: list[Factor], total: Total) -> Polynomial | None:
    """sum_z p_z(z) f(G(z)) = sum_x p_g(x) f(x), where the scope says that p_g is the law of G(z).

    Side condition: z occurs only in p_z(z) and inside G(z).
    """
    point = w.freeze(single(variable))
    for fact in w.scope.facts:
        if not isinstance(fact, ImageLaw) or laws.domain_of_space(w, fact.source_space) != domain:
            continue
        source = w.atom(
            "density", fact.source, ((fact.source_space, point),), *laws.plain_parameters(w, fact.source, 1)
        )
        if (source, 1) not in factors:
            continue
        rest = [pair for pair in factors if pair[0] is not source]
        inside = image_atom(rest, fact.function, point)
        if inside is None:
            continue
        target = laws.domain_of_space(w, fact.space)
        replacement = w.fresh(target)
        try:
            body = replaced(w, monomial(w, rest), inside, single(replacement))
        except NoProof:
            continue
        if any(variable in a.free for m in body for a, _ in m) or not w.allows(IMAGE):
            continue
        density = laws.density_at(w, fact.law, ((fact.space, w.freeze(single(replacement))),), ())
        return total(w, ((replacement, target),), multiply(w, density, body))
    return None


def image_atom(factors: list[Factor], function: str, point: Frozen) -> Atom | None:
    """Find the atom function(point) inside the factors."""
    stack: list[Any] = [atom for atom, _ in factors]
    while stack:
        value = stack.pop()
        if isinstance(value, Atom):
            if value.kind == "apply" and value.arguments[0] == function:
                return value if value.arguments[1] == (point,) and not any(value.arguments[3]) else None
            stack.extend(value.arguments)
        elif isinstance(value, Frozen):
            stack.extend(a for m, _ in value.items for a, _ in m)
        elif isinstance(value, Domain):
            stack.extend(value.parts)
        elif isinstance(value, tuple):
            stack.extend(value)
    return None


def moments(w: Workspace, variable: Atom, domain: Domain, factors: list[Factor]) -> Polynomial | None:
    """The mean of a polynomial in x (or in the entries of x) under a Gaussian x.

    Side condition: x enters only through the density, with exponent 1, as a whole, and polynomially.
    """
    for atom, exponent in factors:
        if exponent == 1 and atom.kind == "normal":
            return _scalar_moments(w, variable, domain, factors, atom)
        if exponent == 1 and atom.kind == "normals":
            return _vector_moments(w, variable, domain, factors, atom)
    return None


def _scalar_moments(
    w: Workspace, variable: Atom, domain: Domain, factors: list[Factor], density: Atom
) -> Polynomial | None:
    point, mean, variance = density.arguments
    if point is not w.freeze(single(variable)) or domain != Domain("line") or variable in mean.free | variance.free:
        return None
    degree = 0
    for atom, exponent in factors:
        if atom is density:
            continue
        if atom is not variable or not isinstance(exponent, int) or exponent < 0:
            return None
        degree = exponent
    if degree > LARGEST_MOMENT or not w.allows(NORMALISATION if degree == 0 else MOMENTS):
        return None
    return moment(w, mean.polynomial(), variance.polynomial(), degree)


def moment(w: Workspace, mean: Polynomial, variance: Polynomial, degree: int) -> Polynomial:
    """E[x^k] of a Gaussian, by E[x^k] = m E[x^(k-1)] + (k-1) v E[x^(k-2)]."""
    before, current = constant(0), constant(1)
    for k in range(1, degree + 1):
        following = multiply(w, mean, current)
        accumulate(following, scale(Fraction(k - 1), multiply(w, variance, before)))
        before, current = current, following
    return current


def _vector_moments(
    w: Workspace, variable: Atom, domain: Domain, factors: list[Factor], density: Atom
) -> Polynomial | None:
    point, mean, variance, size = density.arguments
    if point is not w.freeze(single(variable)) or domain != Domain("line", "", (size,)):
        return None
    if variable in mean.free | variance.free:
        return None
    places: list[Frozen] = []
    for atom, exponent in factors:
        if atom is density:
            continue
        if atom.kind != "entry" or atom.arguments[0] is not variable or not isinstance(exponent, int):
            return None
        if exponent < 0 or any(variable in index.free for index in atom.arguments[1]):
            return None
        places.extend(atom.arguments[1] * exponent)
    if len(places) > 6 or not w.allows(MOMENTS if places else NORMALISATION):
        return None
    return _moment_of_entries(w, mean, variance, places)


def _moment_of_entries(w: Workspace, mean: Frozen, variance: Frozen, places: list[Frozen]) -> Polynomial:
    """E[x_i R] = m_i E[R] + sum over the x_j in R of delta_ij v_i E[R / x_j], the entries independent."""
    if not places:
        return constant(1)
    first, rest = places[0], places[1:]
    result = multiply(w, array_entry(w, mean, first), _moment_of_entries(w, mean, variance, rest))
    for k, other in enumerate(rest):
        same = kronecker(w, first, other)
        if same:
            part = multiply(w, array_entry(w, variance, first), same)
            accumulate(result, multiply(w, part, _moment_of_entries(w, mean, variance, rest[:k] + rest[k + 1 :])))
    return result
