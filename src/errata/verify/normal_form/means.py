"""Means over everything random: E[...] without draws, linear and, where the scope says so, multiplicative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.language import sorts
from errata.language import terms as t
from errata.language.scope import Independent
from errata.verify.normal_form.eliminations import MOMENTS, moment
from errata.verify.normal_form.polynomials import accumulate, multiply, single
from errata.verify.normal_form.totals import LINEARITY
from errata.verify.normal_form.workspace import Atom, Monomial, Polynomial, Rational, Refused, Workspace

if TYPE_CHECKING:
    from errata.verify.normal_form.lowering import Lowering

INDEPENDENCE = "independence"


def mean_over_everything(lowering: Lowering, body: t.Term, given: tuple[t.Term, ...]) -> Polynomial:
    """Return E[body] over all random variables in it."""
    if given:
        raise Refused("a conditional mean without a law")
    w = lowering.w
    inside = lowering.scalar(body)
    random = {
        leaf
        for m in inside
        for atom, _ in m
        for leaf in atom.free
        if leaf.kind == "name" and isinstance(_random_sort(w, leaf), sorts.RandomVariable)
    }
    if not random:
        raise Refused("an expectation over nothing that is known to be random")
    if len(inside) > 1:
        w.allows(LINEARITY)
    result: Polynomial = {}
    for m, c in inside.items():
        accumulate(result, _mean_of_monomial(lowering, m, frozenset(random)), c)
    return result


def _random_sort(w: Workspace, leaf: Atom) -> sorts.Sort | None:
    sort = w.scope.sorts.get(leaf.arguments[0])
    return sort.element if isinstance(sort, sorts.Family) else sort


def _mean_of_monomial(lowering: Lowering, m: Monomial, random: frozenset[Atom]) -> Polynomial:
    w = lowering.w
    outside: Monomial = tuple(pair for pair in m if random.isdisjoint(pair[0].free))
    result: Polynomial = {outside: 1}
    for group in _independent_groups(w, [pair for pair in m if not random.isdisjoint(pair[0].free)], random):
        result = multiply(w, result, _mean_of_group(lowering, group, random))
    if any(not random.isdisjoint(atom.free) for m in result for atom, _ in m):
        raise Refused("a random parameter")
    return result


def _independent_groups(
    w: Workspace, factors: list[tuple[Atom, Rational]], random: frozenset[Atom]
) -> list[list[tuple[Atom, Rational]]]:
    """Split factors into groups without a common random variable, where one fact declares all independent."""
    names = {leaf.arguments[0] for atom, _ in factors for leaf in atom.free & random}
    declared = any(
        isinstance(fact, Independent) and fact.law is None and names <= set(fact.names) for fact in w.scope.facts
    )
    if not declared or len(names) < 2 or not w.allows(INDEPENDENCE):
        return [factors] if factors else []
    groups: list[tuple[frozenset[Atom], list[tuple[Atom, Rational]]]] = []
    for pair in factors:
        touched = pair[0].free & random
        joined = [pair]
        rest = []
        for other in groups:
            if other[0] & touched:
                touched |= other[0]
                joined = other[1] + joined
            else:
                rest.append(other)
        groups = [*rest, (touched, joined)]
    return [parts for _, parts in groups]


def _mean_of_group(lowering: Lowering, factors: list[tuple[Atom, Rational]], random: frozenset[Atom]) -> Polynomial:
    """E[X^k] of one Gaussian variable by its moments, else an atom."""
    w = lowering.w
    ordered = tuple(sorted(factors, key=lambda pair: pair[0].number))
    if len(ordered) == 1 and ordered[0][0].kind == "name":
        atom, exponent = ordered[0]
        sort = w.scope.sorts.get(atom.arguments[0])
        if (
            isinstance(sort, sorts.RandomVariable)
            and isinstance(sort.law, t.StandardLaw)
            and sort.law.kind == "normal"
            and isinstance(exponent, int)
            and 0 < exponent <= 8
            and w.allows(MOMENTS)
        ):
            mean, variance = (lowering.scalar(parameter) for parameter in sort.law.parameters)
            return moment(w, mean, variance, exponent)
    averaged = random & frozenset().union(*(atom.free for atom, _ in ordered))
    return single(w.atom("mean", w.freeze({ordered: 1}), tuple(sorted(averaged))))
