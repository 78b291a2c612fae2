"""Sums, integrals and means as one linear operator.

`total` splits into monomials, takes out what does not depend on the variables, opens inner sums that meet them,
lets the elimination rules act, splits into connected components and closes each in the least order of its
binders. Exchange of sums and integrals is a standing assumption of convergence on abstract spaces; it is done
only where no range names another variable.
"""

from __future__ import annotations

from itertools import permutations
from itertools import product as cartesian
from math import factorial
from typing import Any

from errata.verify.normal_form import signs
from errata.verify.normal_form.eliminations import eliminate
from errata.verify.normal_form.polynomials import (
    accumulate,
    add,
    constant,
    constant_value,
    monomial,
    multiply,
    scale,
    single,
)
from errata.verify.normal_form.substitution import closed, opened, substitute
from errata.verify.normal_form.workspace import (
    Atom,
    Domain,
    Exhausted,
    Monomial,
    Polynomial,
    Rational,
    Workspace,
)

LINEARITY = "linearity"
LARGEST_ORDERS = 24
LONGEST_WRITTEN_OUT = 16

Binder = tuple[Atom, Domain]
Factor = tuple[Atom, Rational]


def total(w: Workspace, binders: tuple[Binder, ...], body: Polynomial) -> Polynomial:
    """Return the sum (or integral) of the body over all variables."""
    if not binders:
        return body
    for place, (variable, domain) in enumerate(binders):
        count = constant_value(domain.parts[0].polynomial()) if domain.kind == "range" else None
        if isinstance(count, int) and count <= LONGEST_WRITTEN_OUT:
            inner = total(w, binders[:place] + binders[place + 1 :], body)
            return add(*(substitute(w, inner, {variable: constant(k)}) for k in range(1, count + 1)))
    if len(body) > 1 and not w.allows(LINEARITY):
        variables, domains = zip(*binders, strict=True)
        return single(closed(w, "sum", variables, domains, body))
    result: Polynomial = {}
    for m, c in body.items():
        accumulate(result, _total_of_monomial(w, binders, m), c)
    return result


def _total_of_monomial(w: Workspace, binders: tuple[Binder, ...], m: Monomial) -> Polynomial:
    w.spend(1 + len(m))
    variables = frozenset(v for v, _ in binders)
    outside = tuple(pair for pair in m if variables.isdisjoint(pair[0].free))
    inside = [pair for pair in m if not variables.isdisjoint(pair[0].free)]
    everything, opened_product = _unnested(w, binders, inside)
    if opened_product is not None:
        inner = total(w, everything, opened_product)
    else:
        inner = _irreducible_or_reduced(w, binders, inside)
    return multiply(w, {outside: 1}, inner) if outside else inner


def _unnested(
    w: Workspace, binders: tuple[Binder, ...], factors: list[Factor]
) -> tuple[tuple[Binder, ...], Polynomial | None]:
    """Open the inner sums among the factors; None if there was none to open."""
    variables = frozenset(v for v, _ in binders)
    everything = binders
    pieces: list[Polynomial] = []
    plain: list[Factor] = []
    for atom, exponent in factors:
        if (
            atom.kind == "sum"
            and isinstance(exponent, int)
            and exponent > 0
            and all(variables.isdisjoint(domain.free) for domain in atom.arguments[0])
        ):
            if len(everything) + exponent > 6:
                raise Exhausted
            for _ in range(exponent):
                fresh, domains, body = opened(w, atom)
                everything += tuple(zip(fresh, domains, strict=True))
                pieces.append(body)
        else:
            plain.append((atom, exponent))
    if not pieces:
        return binders, None
    result = monomial(w, plain)
    for piece in pieces:
        result = multiply(w, result, piece)
    return everything, result


def _irreducible_or_reduced(w: Workspace, binders: tuple[Binder, ...], factors: list[Factor]) -> Polynomial:
    for place, (variable, domain) in enumerate(binders):
        others = binders[:place] + binders[place + 1 :]
        dependent = [pair for pair in factors if variable in pair[0].free]
        rest = [pair for pair in factors if variable not in pair[0].free]
        if any(variable in other.free for _, other in others):
            continue
        replaced = size_of(w, domain) if not dependent else eliminate(w, variable, domain, dependent, total)
        if replaced is not None:
            return total(w, others, multiply(w, monomial(w, rest), replaced))
    components = _components(binders, factors)
    result = constant(1)
    for part_binders, part_factors in components:
        result = multiply(w, result, _closed_sum(w, part_binders, part_factors))
    return result


def size_of(w: Workspace, domain: Domain) -> Polynomial:
    """Return the number of members of a domain (the mass of a space)."""
    if domain.kind == "range":
        count = domain.parts[0].polynomial()
        if not signs.bounds_of(w, count).nonnegative:
            w.require("the range of a sum is not shorter than empty")
        return count
    if domain.kind == "interval":
        low, high = (part.polynomial() for part in domain.parts)
        return add(high, scale(-1, low))
    return single(w.atom("mass", domain))


def _components(binders: tuple[Binder, ...], factors: list[Factor]) -> list[tuple[tuple[Binder, ...], list[Factor]]]:
    """Split into groups of variables that share no factor."""
    groups: list[tuple[set[Atom], list[Factor]]] = []
    for atom, exponent in factors:
        touched = {v for v, _ in binders if v in atom.free}
        mine: tuple[set[Atom], list[Factor]] = (set(touched), [(atom, exponent)])
        rest = []
        for group in groups:
            if group[0] & touched:
                mine[0].update(group[0])
                mine[1].extend(group[1])
            else:
                rest.append(group)
        groups = [*rest, mine]
    return [(tuple(b for b in binders if b[0] in names), parts) for names, parts in groups]


def _closed_sum(w: Workspace, binders: tuple[Binder, ...], factors: list[Factor]) -> Polynomial:
    """The sum atom, with the least of all orders of binders over equal domains."""
    by_domain: dict[Domain, list[Atom]] = {}
    for variable, domain in binders:
        by_domain.setdefault(domain, []).append(variable)
    domains = sorted(by_domain, key=lambda domain: domain.sort_key)
    orders = 1
    for domain in domains:
        orders *= factorial(len(by_domain[domain]))
    if orders > LARGEST_ORDERS:
        raise Exhausted
    body = monomial(w, factors)
    flat_domains = tuple(domain for domain in domains for _ in by_domain[domain])
    best: tuple[Monomial, Rational, Atom] | None = None
    for order in cartesian(*(permutations(by_domain[domain]) for domain in domains)):
        atom = closed(w, "sum", tuple(v for part in order for v in part), flat_domains, body)
        items = atom.arguments[2].items
        if len(items) != 1:
            best = None
            break
        (m, c) = items[0]
        if best is None or (m, c) < best[:2]:
            best = (m, c, atom)
    if best is None:
        return single(closed(w, "sum", tuple(v for d in domains for v in by_domain[d]), flat_domains, body))
    m, c, atom = best
    if c != 1:
        return {((w.atom("sum", flat_domains, atom.arguments[1], w.freeze({m: 1})), 1),): c}
    return single(atom)


def rebuilt_sum(w: Workspace, parts: tuple[Any, ...]) -> Polynomial:
    """Rebuild a sum whose body has changed."""
    variables, domains, body = parts
    return total(w, tuple(zip(variables, domains, strict=True)), body)
