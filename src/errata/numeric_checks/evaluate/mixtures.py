"""Means under mixtures, sum_k w_k N(x; m_k, S_k): the same mixture of the means under the parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from errata.language.definitions import free_symbols, substitute
from errata.language.terms import (
    Aggregate,
    Draw,
    Expectation,
    LawReference,
    Name,
    Product,
    Quotient,
    StandardDensity,
    Sum,
    Term,
)
from errata.numeric_checks.evaluate.environment import Environment


def expanded_mean(draws: Sequence[Draw], body: Term, env: Environment) -> Term | None:
    """Return E[body] written over the parts of the first draw's law; None where this is no mixture by formula."""
    first = draws[0]
    if not isinstance(first.law, LawReference) or first.law.parameters:
        return None
    formulas = [f for f in env.scope.densities if f.law == first.law.law.symbol]
    if len(formulas) != 1 or len(formulas[0].values) != 1:
        return None
    space, variable = formulas[0].values[0]
    conditions = {slot.space: slot.value for slot in first.law.given}
    if space != first.space or conditions.keys() != {s for s, _ in formulas[0].given}:
        return None
    density = substitute(formulas[0].body, {symbol: conditions[s] for s, symbol in formulas[0].given})
    return _over_parts(density, variable, first, tuple(draws[1:]), body)


def _over_parts(density: Term, variable: str, draw: Draw, rest: tuple[Draw, ...], body: Term) -> Term | None:
    """Replace the density's parts by means under them; None where some part is no multiple of a standard density."""
    match density:
        case Aggregate("sum", binder, inner):
            if binder.name.symbol in free_symbols(body):
                return None
            found = _over_parts(inner, variable, draw, rest, body)
            return replace(density, body=found) if found is not None else None
        case Sum(terms):
            parts = [_over_parts(t, variable, draw, rest, body) for t in terms]
            kept = tuple(p for p in parts if p is not None)
            return Sum(kept) if len(kept) == len(parts) else None
        case Quotient(numerator, denominator) if variable not in free_symbols(denominator):
            found = _over_parts(numerator, variable, draw, rest, body)
            return Quotient(found, denominator) if found is not None else None
        case Product(factors):
            places = [n for n, f in enumerate(factors) if variable in free_symbols(f)]
            if len(places) != 1:
                return None
            found = _over_parts(factors[places[0]], variable, draw, rest, body)
            if found is None:
                return None
            return Product((*factors[: places[0]], *factors[places[0] + 1 :], found))
        case StandardDensity(Name(symbol), law) if symbol == variable:
            return Expectation((replace(draw, law=law), *rest), body)
    return None
