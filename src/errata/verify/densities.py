"""Inequalities of densities: points of a finite space stand for a continuum too, where a density may exceed 1.

A law with probabilities P on points that each have measure 1/c has the density c P there. What is right of densities
is right for every c > 0: with c p(x) for p(x), sums over the space divided by c, and entropies less log c.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.definitions import rebuilt
from errata.language.scope import Scope
from errata.language.sorts import POSITIVE, AbstractSpace, Law
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Density,
    Elementary,
    Functional,
    Information,
    LawReference,
    Name,
    Number,
    Power,
    Product,
    Quotient,
    Space,
    Sum,
    Term,
    subterms,
)

_DENSITY_OF_ONE = "\\text{density of certainty}"
"""The fresh name c: no note can write it as a name of its own."""
_ORDERS = frozenset(("<", "<=", ">", ">=", "!="))


def with_densities(reading: Reading, scope: Scope) -> tuple[Reading, Scope] | None:
    """Return an inequality as it reads for densities on points of any measure; None where it speaks of none."""
    if reading.relation not in _ORDERS:
        return None
    bodies = [d.body for d in scope.definitions.values()]
    integrals = (t for term in (reading.left, reading.right, *bodies) for t in subterms(term))
    if not scope.continuous and not any(_is_integral(t, scope) for t in integrals):
        return None
    left, right = _scaled(reading.left, scope), _scaled(reading.right, scope)
    definitions = {s: replace(d, body=_scaled(d.body, scope)) for s, d in scope.definitions.items()}
    if left == reading.left and right == reading.right and definitions == dict(scope.definitions):
        return None
    sorts = MappingProxyType({**scope.sorts, _DENSITY_OF_ONE: POSITIVE})
    densities = tuple(replace(d, body=_scaled(d.body, scope)) for d in scope.densities)
    changed = replace(scope, sorts=sorts, definitions=MappingProxyType(definitions), densities=densities)
    return replace(reading, left=left, right=right), changed


def _is_integral(term: Term, scope: Scope) -> bool:
    return isinstance(term, Aggregate) and term.operation == "integral" and _over(term, scope)


def _over(term: Aggregate, scope: Scope) -> bool:
    domain = term.binder.domain
    return isinstance(domain, Space) and _is_abstract(domain.name, scope)


def _is_abstract(space: str, scope: Scope) -> bool:
    return isinstance(scope.spaces.get(space, AbstractSpace()), AbstractSpace)


def _scaled(term: Term, scope: Scope) -> Term:
    inner = rebuilt(term, lambda part: _scaled(part, scope))
    one: Term = Name(_DENSITY_OF_ONE)
    match inner:
        case Density(values=values):
            places = sum(_is_abstract(slot.space, scope) for slot in values)
            return Product((_power(places), inner)) if places else inner
        case Aggregate(operation="sum" | "integral") if _over(inner, scope):
            return Quotient(inner, one)
        case Functional(functional="entropy" | "cross_entropy", laws=laws):
            return _less(inner, max(_places(law, scope) for law in laws))
        case Information(kind="entropy", groups=groups):
            return _less(inner, sum(len(group) for group in groups))
    return inner


def _power(places: int) -> Term:
    return Power(Name(_DENSITY_OF_ONE), Number(Fraction(places)))


def _less(entropy: Term, places: int) -> Term:
    """An entropy less the logarithm of c, for every place of the law."""
    return Sum((entropy, Elementary("log", (Power(Name(_DENSITY_OF_ONE), Number(Fraction(-places))),))))


def _places(law: Term, scope: Scope) -> int:
    if not isinstance(law, LawReference):
        return 1
    if law.values:
        return len(law.values)
    sort = scope.sorts.get(law.law.symbol)
    return len(sort.spaces) if isinstance(sort, Law) else 1
