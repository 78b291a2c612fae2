"""Jensen's inequality on averages, without guessing.

All terms of a difference that are averaged under one weight P are collected into sum P L; for the logarithm

    sum P L = -k sum P log R >= -k T log(sum P R / T)   with R = exp(-L / k), T = sum P,

(the log-sum inequality), and for a convex function f sum P f(a) >= T f(sum P a / T). A marginal weight joins the
joint weight that it is a marginal of. One rule so gives KL >= 0, the ELBO, Gibbs' and Donsker and Varadhan's
bounds, H <= log n. Side conditions: P > 0, and 0 < T < infinity (standing for laws).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from errata.language import sorts
from errata.verify.normal_form.factors import divided
from errata.verify.normal_form.logarithms import exponential, logarithm
from errata.verify.normal_form.polynomials import (
    accumulate,
    combined,
    constant_value,
    magnitude,
    multiply,
    power,
    scale,
    single,
    subtract,
)
from errata.verify.normal_form.signs import bounds_of_atom, bounds_of_monomial, nonempty
from errata.verify.normal_form.substitution import opened, renamed
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import Atom, Domain, Monomial, NoProof, Polynomial, Rational, Workspace

JENSEN = "Jensen's inequality"
MONOTONE_LOG = "monotonicity of the logarithm"
MOST_WEIGHTS = 4

Binders = tuple[tuple[Atom, Domain], ...]


@dataclass(frozen=True)
class _Average:
    """A term c * sum over binders of a monomial; `written` is the monomial of the difference that it is."""

    written: Monomial
    coefficient: Rational
    binders: Binders
    body: Monomial


@dataclass
class _Group:
    """The weight P over its binders, what it averages, and the terms that this takes from the difference."""

    binders: Binders
    weight: Monomial
    integrand: Polynomial
    terms: list[Monomial]


def lower_bounds(w: Workspace, difference: Polynomial) -> Iterator[Polynomial]:
    """Yield lower bounds of the difference by Jensen's inequality, the most collected first."""
    averages = list(_averages(w, difference))
    if not averages:
        return
    for join in (True, False):
        groups = _groups(w, averages, join)[:MOST_WEIGHTS]
        for count in range(len(groups), 0, -1):
            for chosen in combinations(groups, count):
                yield from _bounded(w, difference, chosen)
    yield from _convex_bounds(w, difference, averages)


def _averages(w: Workspace, difference: Polynomial) -> Iterator[_Average]:
    for m, c in difference.items():
        sums = [(atom, e) for atom, e in m if atom.kind == "sum" and e == 1]
        if len(sums) != 1:
            continue
        atom = sums[0][0]
        rest = tuple(pair for pair in m if pair[0] is not atom)
        if not bounds_of_monomial(w, rest).positive:
            continue
        variables, domains, body = opened(w, atom)
        if len(body) != 1:
            continue
        ((inner, k),) = body.items()
        whole = tuple(sorted((*inner, *rest), key=lambda pair: pair[0].number))
        if len({atom for atom, _ in whole}) == len(whole):
            yield _Average(m, c * k, tuple(zip(variables, domains, strict=True)), whole)


def _groups(w: Workspace, averages: list[_Average], join: bool) -> list[_Group]:
    """Collect the averages by weight, heavier weights (over more variables) first."""
    groups: list[_Group] = []
    with_log = [a for a in averages if any(atom.kind == "log" and e == 1 for atom, e in a.body)]
    for average in sorted(with_log, key=lambda a: -len(a.binders)):
        weight = tuple(pair for pair in average.body if not (pair[0].kind == "log" and pair[1] == 1))
        if not bounds_of_monomial(w, weight).positive:
            continue
        if not any(_place(w, group, average, join) for group in groups):
            group = _Group(average.binders, weight, {}, [])
            if _place(w, group, average, join):
                groups.append(group)
    for average in averages:
        if average not in with_log:
            any(_place(w, group, average, join) for group in groups)
    return groups


def _place(w: Workspace, group: _Group, average: _Average, join: bool) -> bool:
    """Add the average to the group if it is averaged under the group's weight (or a marginal of it)."""
    if len(average.binders) > len(group.binders) or (not join and len(average.binders) < len(group.binders)):
        return False
    mine = [variable for variable, _ in average.binders]
    for image in permutations(group.binders, len(mine)):
        if any(d != e for (_, d), (_, e) in zip(average.binders, image, strict=True)):
            continue
        names = {old: new for old, (new, _) in zip(mine, image, strict=True)}
        body = renamed(w, {average.body: 1}, names)
        if len(body) != 1:
            continue
        left = tuple(binder for binder in group.binders if binder not in image)
        weight = _marginal(w, group, left)
        if weight is None:
            continue
        ((moved, k),) = body.items()
        inside = divided(moved, dict(weight))
        atoms = {atom for atom, _ in weight}
        if any(e < 0 or atom in atoms for atom, e in inside) or not inside:
            continue
        accumulate(group.integrand, {inside: k * average.coefficient})
        group.terms.append(average.written)
        return True
    return False


def _marginal(w: Workspace, group: _Group, left: Binders) -> Monomial | None:
    """The weight summed over the variables that are left, if it is one monomial."""
    if not left:
        return group.weight
    summed = total(w, left, {group.weight: 1})
    if len(summed) != 1:
        return None
    ((m, c),) = summed.items()
    return m if c == 1 and not any(atom.kind == "sum" for atom, _ in m) else None


def _bounded(w: Workspace, difference: Polynomial, groups: tuple[_Group, ...]) -> Iterator[Polynomial]:
    result = dict(difference)
    for group in groups:
        logs = [magnitude(c) for m, c in group.integrand.items() if len(m) == 1 and m[0][0].kind == "log"]
        if not logs or not all(nonempty(w, domain) for _, domain in group.binders):
            return
        k = max(set(logs), key=logs.count)
        try:
            bound = _log_sum(w, group, k)
        except NoProof:
            return
        for written in group.terms:
            result.pop(written, None)
        accumulate(result, bound)
    if w.allows(JENSEN):
        yield result


def _log_sum(w: Workspace, group: _Group, k: Rational) -> Polynomial:
    """-k T log(sum P R / T)."""
    ratio = exponential(w, scale(Fraction(-1) / k, group.integrand))
    mass = total(w, group.binders, {group.weight: 1})
    inside = total(w, group.binders, multiply(w, {group.weight: 1}, ratio))
    if constant_value(mass) != 1:
        inside = multiply(w, inside, power(w, mass, -1))
    return scale(-k, multiply(w, mass, logarithm(w, inside)))


def finite_log_sums(w: Workspace, difference: Polynomial) -> Iterator[Polynomial]:
    """Yield the bound by the log-sum inequality for finitely many weighted logarithms, written one by one:

    sum_j w_j l_j >= -T log(sum_j w_j exp(-l_j) / T), T = sum_j w_j, where w_j > 0 and l_j collects the logarithms
    that have the weight w_j.
    """
    by_weight, rest = _logs_by_weight(difference, w)
    if len(by_weight) < 2 or () in by_weight:
        return
    mass: Polynomial = {}
    inside: Polynomial = {}
    for weight, integrand in by_weight.items():
        accumulate(mass, {weight: 1})
        accumulate(inside, multiply(w, {weight: 1}, exponential(w, scale(-1, integrand))))
    inside = multiply(w, combined(w, inside), power(w, mass, -1))
    bound = scale(-1, multiply(w, mass, logarithm(w, inside)))
    accumulate(rest, bound)
    if w.allows(JENSEN):
        yield rest


def _logs_by_weight(difference: Polynomial, w: Workspace) -> tuple[dict[Monomial, Polynomial], Polynomial]:
    """Collect the terms that are a positive weight times a logarithm, by weight; return them and the rest."""
    by_weight: dict[Monomial, Polynomial] = {}
    rest = dict(difference)
    for m, c in difference.items():
        logs = [pair for pair in m if pair[0].kind == "log" and pair[1] == 1]
        weight = tuple(pair for pair in m if pair[0].kind != "log")
        if len(logs) == 1 and len(weight) == len(m) - 1 and bounds_of_monomial(w, weight).positive:
            accumulate(by_weight.setdefault(weight, {}), {(logs[0],): c})
            del rest[m]
    return by_weight, rest


def monotone_logarithms(
    w: Workspace, difference: Polynomial, nonnegative: Callable[[Polynomial], bool]
) -> Iterator[Polynomial]:
    """Yield the difference without weighted logarithms that together are log of something >= 1."""
    by_weight, rest = _logs_by_weight(difference, w)
    dropped = False
    for weight, integrand in by_weight.items():
        largest = max(magnitude(c) for c in integrand.values())
        excess = combined(w, subtract(exponential(w, scale(Fraction(1) / largest, integrand)), {(): 1}))
        if nonnegative(excess):
            dropped = True
        else:
            accumulate(rest, multiply(w, {weight: 1}, integrand))
    if dropped and w.allows(MONOTONE_LOG):
        yield rest


# Convex functions ----------------------------------------------------------------------------------------


def _convex_bounds(w: Workspace, difference: Polynomial, averages: list[_Average]) -> Iterator[Polynomial]:
    """Replace each average of a convex function by the function of the average, where the weight sums to 1."""
    result = dict(difference)
    changed = False
    for average in averages:
        bound = _convex_bound(w, average)
        if bound is not None:
            result.pop(average.written, None)
            accumulate(result, bound)
            changed = True
    if changed and w.allows(JENSEN):
        yield result


def _convex_bound(w: Workspace, average: _Average) -> Polynomial | None:
    laws = tuple(pair for pair in average.body if _is_weight(w, pair[0]))
    rest = tuple(pair for pair in average.body if pair not in laws)
    if not laws or not rest or constant_value(total(w, average.binders, {laws: 1})) != 1:
        return None

    def mean(inside: Polynomial) -> Polynomial:
        return total(w, average.binders, multiply(w, {laws: 1}, inside))

    c = average.coefficient
    if all(isinstance(e, int) and e % 2 == 0 and e > 0 for _, e in rest) and c > 0:
        root = mean({tuple((a, e // 2) for a, e in rest if isinstance(e, int)): 1})
        return scale(c, power(w, root, 2))
    if c > 0 and all(atom.kind == "exp" for atom, _ in rest):
        inside: Polynomial = {}
        for atom, e in rest:
            accumulate(inside, atom.arguments[0].polynomial(), e)
        return scale(c, exponential(w, mean(inside)))
    if len(rest) == 1 and rest[0][1] == 1 and rest[0][0].kind == "apply":
        return _bound_of_application(w, rest[0][0], c, mean)
    if len(rest) == 1 and c > 0 and rest[0][1] == -1 and bounds_of_atom(w, rest[0][0]).positive:
        atom = rest[0][0]
        base = atom.arguments[0].polynomial() if atom.kind == "group" else single(atom)
        return scale(c, power(w, mean(base), -1))
    return None


def _is_weight(w: Workspace, atom: Atom) -> bool:
    """Whether an atom is the density of a law, or an entry of a vector of weights."""
    if atom.kind == "entry" and atom.arguments[0].kind == "name":
        sort = w.scope.sorts.get(atom.arguments[0].arguments[0])
        return isinstance(sort, sorts.Vector) and sort.simplex
    return atom.kind in ("density", "normal", "normals")


def _bound_of_application(
    w: Workspace, atom: Atom, c: Rational, mean: Callable[[Polynomial], Polynomial]
) -> Polynomial | None:
    function, values, parameters, partials = atom.arguments
    sort = w.scope.sorts.get(function)
    if not isinstance(sort, sorts.Function) or len(values) != 1 or parameters or any(partials):
        return None
    convex = bool(sort.properties & {"convex", "strictly convex"})
    if not (convex and c > 0) and not ("concave" in sort.properties and c < 0):
        return None
    inside = combined(w, mean(values[0].polynomial()))
    return scale(c, single(w.atom("apply", function, (w.freeze(inside),), (), partials)))
