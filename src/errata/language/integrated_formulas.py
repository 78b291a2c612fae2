r"""Integrals of formulas: \int e^{-E(x)} dx with E(x) = x^2 runs over the line, whatever laws of x a note has.

An integral that a law weighs, \int p(x) f(x) dx, is a mean, and holds over any space; one of a formula that computes
with its variable does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errata.language.scope import Scope
from errata.language.terms import (
    Aggregate,
    Apply,
    Density,
    Expectation,
    Functional,
    LawReference,
    Name,
    Space,
    Term,
    children,
    subterms,
)

DEEPEST = 8
"""How many definitions within each other are looked into."""


def integrated_formulas(terms: Iterable[Term], scope: Scope) -> set[str]:
    """Return the spaces over which a formula without a law is integrated somewhere in these terms."""
    domains = (integral.binder.domain for integral in integrals_of_formulas(terms, scope))
    return {domain.name for domain in domains if isinstance(domain, Space)}


def integrals_of_formulas(terms: Iterable[Term], scope: Scope) -> Iterator[Aggregate]:
    """Yield the integrals in these terms of formulas without a law."""
    for part in (part for term in terms for part in subterms(term)):
        if not isinstance(part, Aggregate) or part.operation != "integral":
            continue
        if is_formula_of(part.binder.name.symbol, part.body, scope):
            yield part


def is_formula_of(variable: str, body: Term, scope: Scope) -> bool:
    """Return whether a term computes with a variable, and no law stands in it or in what it is defined by."""
    return computes_with(body, variable, scope) and not _has_law(body, scope, DEEPEST)


def _has_law(term: Term, scope: Scope, depth: int) -> bool:
    for part in subterms(term):
        if isinstance(part, Density | LawReference | Expectation | Functional):
            return True
        defined = scope.definitions.get(part.symbol) if isinstance(part, Name) else None
        if defined is not None and (depth == 0 or _has_law(defined.body, scope, depth - 1)):
            return True
    return False


def computes_with(body: Term, variable: str, scope: Scope, depth: int = 0) -> bool:
    """Return whether a density's formula computes with its variable, rather than handing it to laws and functions.

    Such a formula is a density on the line or on R^n as it stands; on finitely many points it is none. A function that
    the note defines computes with what it is given, where its own formula does: e^{-E(x)} / Z with E(x) = x^2.
    """
    if isinstance(body, Name):
        return body.symbol == variable
    if isinstance(body, Density | LawReference | Apply):
        inside = [*(s.value for s in (*body.values, *body.given))] if not isinstance(body, Apply) else body.arguments
        defined = scope.definitions.get(body.function.symbol) if isinstance(body, Apply) else None
        if defined is not None and Name(variable) in inside and depth < DEEPEST:
            own = [p for p, part in zip(defined.parameters, inside, strict=False) if part == Name(variable)]
            if any(computes_with(defined.body, parameter, scope, depth + 1) for parameter in own):
                return True
        return any(not isinstance(part, Name) and computes_with(part, variable, scope, depth) for part in inside)
    return any(computes_with(part, variable, scope, depth) for part in children(body))
