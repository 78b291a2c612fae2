"""Laws as objects: what may stand in KL( || ), and which variables an expectation under a law binds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import prod

from errata.language import symbols
from errata.language.knowledge import Knowledge
from errata.language.terms import (
    Density,
    Entry,
    LawReference,
    Name,
    Negative,
    Number,
    Product,
    Quotient,
    StandardDensity,
    StandardLaw,
    Sum,
    Term,
    subterms,
)


def as_law(term: Term) -> Term | None:
    """Return the law that a term names: p, p(x | z), (p + q)/2, N(0, 1); None where it names none."""
    if isinstance(term, LawReference | StandardLaw):
        return term
    if isinstance(term, StandardDensity):
        return term.law
    if isinstance(term, Density):
        return LawReference(term.law, term.values, term.given, term.parameters, span=term.span)
    if isinstance(term, Name) and symbols.base_name(term.symbol) in ("p", "q", "u"):
        return LawReference(term, span=term.span)
    if isinstance(term, Sum):
        parts = [as_law(t) for t in term.terms]
        kept = [p for p in parts if p is not None]
        return replace(term, terms=tuple(kept)) if len(kept) == len(parts) else None
    if isinstance(term, Quotient):
        numerator = as_law(term.numerator)
        return replace(term, numerator=numerator) if numerator is not None else None
    if isinstance(term, Product):
        laws = [as_law(f) for f in term.factors]
        if sum(law is not None for law in laws) != 1:
            return None
        pairs = zip(term.factors, laws, strict=True)
        return replace(term, factors=tuple(f if law is None else law for f, law in pairs))
    if isinstance(term, Negative):
        return None
    return None


def references(law: Term) -> list[LawReference]:
    """Return the named laws inside a law term."""
    return [t for t in subterms(law) if isinstance(t, LawReference)]


def law_spaces(law: Term, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the free spaces of a law term, in order."""
    found: list[str] = []
    for reference in references(law):
        spaces = (
            tuple(slot.space for slot in reference.values)
            if reference.values
            else knowledge.law_usage(reference.law.symbol).free
        )
        found.extend(s for s in spaces if s not in found)
    return tuple(found)


def draw_names(law: Term, body: Term, knowledge: Knowledge) -> list[tuple[str, str]]:
    """Return (space, symbol) of the variables that an expectation under a law binds in its body.

    The symbol is the one written in the law's slot, else the name of that space that the body uses.
    """
    written = {
        slot.space: slot.value.symbol
        for reference in references(law)
        for slot in reference.values
        if isinstance(slot.value, Name)
    }
    found = []
    for space in law_spaces(law, knowledge):
        symbol = written.get(space)
        if symbol is None or not _occurs(symbol, body):
            names = [t.symbol for t in subterms(body) if isinstance(t, Name) and symbols.base_name(t.symbol) == space]
            entries = [t for t in subterms(body) if isinstance(t, Entry)]
            plain = [n for n in names if not any(isinstance(e.array, Name) and e.array.symbol == n for e in entries)]
            symbol = plain[0] if plain else symbol or space
        found.append((space, symbol))
    return found


def _occurs(symbol: str, body: Term) -> bool:
    return any(isinstance(t, Name) and t.symbol == symbol for t in subterms(body))


def is_mixture(law: Term) -> bool:
    """Return whether a sum of laws has total weight 1, whatever its numbers are: (p + q)/2, a p + (1 - a) q."""
    if isinstance(law, LawReference) or not references(law):
        return False
    names = sorted({t.symbol for t in subterms(law) if isinstance(t, Name)})
    places = ({s: Fraction(3 * k + first, 7) for k, s in enumerate(names)} for first in (2, 5))
    return all(_mass(law, values) == 1 for values in places)


def _mass(term: Term, values: Mapping[str, Fraction]) -> Fraction | None:
    """Return the total of a sum of laws, each of total 1, where the names in the weights have these values."""
    match term:
        case LawReference():
            return Fraction(1)
        case Number(value):
            return Fraction(value)
        case Name(symbol):
            return values[symbol]
        case Negative(inner):
            part = _mass(inner, values)
            return None if part is None else -part
        case Sum(terms) | Product(terms):
            parts = [p for t in terms if (p := _mass(t, values)) is not None]
            if len(parts) < len(terms):
                return None
            return sum(parts, Fraction(0)) if isinstance(term, Sum) else prod(parts, start=Fraction(1))
        case Quotient(numerator, denominator):
            above, below = _mass(numerator, values), _mass(denominator, values)
            return above / below if above is not None and below else None
    return None
