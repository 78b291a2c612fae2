"""Conventions that a note shows by its own lines: the law of a bare expectation, the factor of the JSD."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from errata.language.terms import (
    Aggregate,
    Density,
    Expectation,
    Functional,
    Information,
    LawReference,
    Name,
    Negative,
    Product,
    Space,
    Sum,
    Term,
    subterms,
)


def averaging_law(term: Term) -> Term | None:
    """Return the law that a line averages under: sum_x p(x) f(x) and E_{x ~ p} f(x) give p at x."""
    if isinstance(term, Negative):
        return averaging_law(term.term)
    if isinstance(term, Product):
        found = [law for law in map(averaging_law, term.factors) if law is not None]
        return found[0] if len(found) == 1 else None
    if isinstance(term, Expectation) and len(term.draws) == 1:
        return term.draws[0].law
    if isinstance(term, Aggregate) and term.operation in ("sum", "integral") and isinstance(term.binder.domain, Space):
        factors = term.body.factors if isinstance(term.body, Product) else (term.body,)
        for factor in factors:
            if isinstance(factor, Density) and [s.value for s in factor.values] == [Name(term.binder.name.symbol)]:
                return LawReference(factor.law, factor.values, factor.given, factor.parameters)
    return None


def defines_jsd_without_half(left: Term, right: Term) -> bool:
    """Return whether JSD(p, q) is said to be KL + KL, without the factors 1/2."""
    if not (isinstance(left, Functional) and left.functional == "jsd" and isinstance(right, Sum)):
        return False
    return len(right.terms) == 2 and all(isinstance(t, Functional) and t.functional == "kl" for t in right.terms)


def under_one_law(terms: Sequence[Term]) -> list[Term]:
    """Return the sides of a relation with all its H(X), H(X | Y), I(X; Y) under one law.

    The variables of one relation have one joint law: H(X) beside I(X; Y) is not that of another law of x.
    """
    found = [t for term in terms for t in subterms(term) if isinstance(t, Information)]
    if len({t.law for t in found}) < 2:
        return list(terms)
    widest = max(found, key=lambda t: len({slot.space for group in (*t.groups, t.given) for slot in group}))
    return [_under(term, widest.law) for term in terms]


def _under(term: Term, law: Name) -> Term:
    if isinstance(term, Information):
        return replace(term, law=law)
    changes: dict[str, Any] = {}
    for item in fields(term):
        value = getattr(term, item.name)
        if item.name != "span" and isinstance(value, Term):
            changes[item.name] = _under(value, law)
        elif isinstance(value, tuple) and value and all(isinstance(part, Term) for part in value):
            changes[item.name] = tuple(_under(part, law) for part in value)
    return replace(term, **changes) if changes else term
