"""The final test: is a polynomial zero wherever it has a value?

First the normal form itself, then over a common denominator, then with sums over the same variables joined under
one binder, where denominators inside can cancel: sum p/(p+q) + sum q/(p+q) = sum 1.
"""

from __future__ import annotations

from errata.verify.normal_form.polynomials import accumulate, combined, multiply, together
from errata.verify.normal_form.substitution import renamed, replaced
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import (
    Atom,
    Domain,
    Frozen,
    Monomial,
    Polynomial,
    Rational,
    Refused,
    Workspace,
)

ASSUMED_VALUE = "an assumption"
CASES = "indices that are equal, and that differ"
MOST_CASES = 3
REGROUPING = "sums over one variable joined"


def is_zero(w: Workspace, polynomial: Polynomial) -> bool:
    """Whether the polynomial is surely zero, by itself or with the values that are assumed for some atoms."""
    rest = simplified(w, polynomial)
    if rest and w.values and w.allows(ASSUMED_VALUE):
        for atom, value in w.values:
            try:
                rest = replaced(w, rest, atom, value)
            except Refused:
                continue
        rest = simplified(w, rest)
    return not rest or _zero_by_cases(w, rest)


def _zero_by_cases(w: Workspace, polynomial: Polynomial) -> bool:
    """Zero where two indices of a Kronecker delta differ, and where they are one."""
    deltas = sorted({atom for m in polynomial for atom, _ in m if atom.kind == "delta"})
    for delta in deltas[:MOST_CASES]:
        first, second = (_only_leaf(index) for index in delta.arguments)
        if first is None or second is None or not w.allows(CASES):
            continue
        apart = {m: c for m, c in polynomial.items() if all(atom is not delta for atom, _ in m)}
        joined = {tuple(pair for pair in m if pair[0] is not delta): c for m, c in _with(polynomial, delta)}
        accumulate(joined, apart)
        return is_zero(w, apart) and is_zero(w, renamed(w, joined, {second: first}))
    return False


def _with(polynomial: Polynomial, delta: Atom) -> list[tuple[Monomial, Rational]]:
    return [(m, c) for m, c in polynomial.items() if any(atom is delta for atom, _ in m)]


def _only_leaf(index: Frozen) -> Atom | None:
    """The variable that an index is, None for other indices."""
    if len(index.items) != 1 or len(index.items[0][0]) != 1 or index.items[0][1] != 1:
        return None
    atom, exponent = index.items[0][0][0]
    return atom if atom.kind in ("fresh", "name") and exponent == 1 else None


def simplified(w: Workspace, polynomial: Polynomial) -> Polynomial:
    """Return a polynomial that is zero exactly where this one is, in a form that shows it more often."""
    if not polynomial:
        return polynomial
    numerator, _ = together(w, polynomial)
    if not numerator:
        return numerator
    joined = joined_sums(w, numerator)
    if joined is None:
        return numerator
    numerator, _ = together(w, joined)
    return numerator


def reduced(w: Workspace, polynomial: Polynomial) -> Polynomial:
    """Return an equal polynomial over one denominator, its sums joined where that changes them."""
    value = combined(w, polynomial)
    joined = joined_sums(w, value)
    return value if joined is None else combined(w, joined)


def joined_sums(w: Workspace, polynomial: Polynomial) -> Polynomial | None:
    """Join sums over the same domains under one binder and split them again; None if nothing changed."""
    by_domains: dict[tuple[Domain, ...], Polynomial] = {}
    plain: Polynomial = {}
    for m, c in polynomial.items():
        chosen = _outermost_sum(m)
        if chosen is None:
            accumulate(plain, {m: c})
        else:
            accumulate(by_domains.setdefault(chosen.arguments[0], {}), {m: c})
    if not any(len(part) > 1 or _has_group(part) for part in by_domains.values()):
        return None
    result = plain
    changed = False
    for domains, part in by_domains.items():
        inside, variables = _inside(w, domains, part)
        together_inside = combined(w, inside)
        if together_inside == inside or not w.allows(REGROUPING):
            accumulate(result, part)
            continue
        changed = True
        accumulate(result, total(w, tuple(zip(variables, domains, strict=True)), together_inside))
    return result if changed else None


def _outermost_sum(m: Monomial) -> Atom | None:
    sums = [atom for atom, exponent in m if atom.kind == "sum" and exponent == 1]
    return max(sums, key=lambda atom: (len(atom.arguments[0]), atom.height, -atom.number), default=None)


def _has_group(polynomial: Polynomial) -> bool:
    return any(
        inner.kind == "group"
        for m in polynomial
        for atom, _ in m
        if atom.kind == "sum"
        for body, _ in atom.arguments[2].items
        for inner, _ in body
    )


def _inside(w: Workspace, domains: tuple[Domain, ...], part: Polynomial) -> tuple[Polynomial, tuple[Atom, ...]]:
    variables = tuple(w.fresh(domain) for domain in domains)
    result: Polynomial = {}
    for m, c in part.items():
        atom = _outermost_sum(m)
        assert atom is not None
        _, bound, body = atom.arguments
        opened_body = renamed(w, body.polynomial(), dict(zip(bound, variables, strict=True)))
        rest: Polynomial = {tuple(pair for pair in m if pair[0] is not atom): c}
        accumulate(result, multiply(w, rest, opened_body))
    return result, variables
