"""Laws told by what they make greatest or least: "let $q^*(m)$ be the distribution that maximises $F(q)$".

q* is then a name of the place where the functional has its extremum over all laws of m. Where the functional has other
parts of the same law, q(z | m) beside q(m), these stay what they are, and q(m) alone varies.
"""

from __future__ import annotations

from collections.abc import Iterable

from errata.language.definitions import rebuilt
from errata.language.functionals import unfold_functionals
from errata.language.prose.parts import Subject
from errata.language.scope import Definition
from errata.language.symbols import base_name
from errata.language.terms import (
    Aggregate,
    AggregateOperation,
    Binder,
    Density,
    LawReference,
    Laws,
    Name,
    Slot,
    Term,
    subterms,
)


def optimal_law(
    head: Subject, operation: AggregateOperation, objective: Term, known: Iterable[Definition]
) -> Definition | None:
    """Return the definition of the law over whose namesake the objective has its extremum; None where it is unclear.

    known: the definitions of functionals.
    """
    if head.arguments is None or head.given or head.indices:
        return None
    functionals = {d.symbol: d for d in known}
    whole = unfold_functionals(objective, functionals, lambda _: False, lambda _: True)
    spaces = tuple(base_name(argument) for argument in head.arguments)
    varied = _namesake(head.symbol, whole)
    if varied is None or len(set(spaces)) != len(spaces):
        return None
    every = [t for t in subterms(whole) if isinstance(t, Density | LawReference) and t.law.symbol == varied]
    uses = [use for use in every if not _is_bare(use)]
    if not any(_is_varied(use, spaces) for use in uses):
        return None
    if not all(_is_varied(use, spaces) or (len(uses) == len(every) and _stays(use, spaces)) for use in uses):
        return None  # beside q(z | m), a bare q may be the law of both
    if any(isinstance(t, Name) and t.symbol == head.symbol for t in subterms(whole)):
        return None
    body = _with_own_law(whole, varied, head.symbol, spaces)
    return Definition(head.symbol, (), Aggregate(operation, Binder(Name(head.symbol), Laws()), body))


def _namesake(symbol: str, objective: Term) -> str | None:
    """Return the only law of the objective that has the base name of a symbol and is another name."""
    laws = {t.law.symbol for t in subterms(objective) if isinstance(t, Density | LawReference)}
    alike = [law for law in laws if base_name(law) == base_name(symbol)]
    return alike[0] if len(alike) == 1 and alike[0] != symbol else None


def _is_bare(use: Density | LawReference) -> bool:
    """Return whether a law is written without its variables, as in KL(q || p)."""
    return isinstance(use, LawReference) and not use.values and not use.given and not use.parameters


def _is_varied(use: Density | LawReference, spaces: tuple[str, ...]) -> bool:
    """Return whether this is the law of just these spaces."""
    return not use.given and not use.parameters and _spaces(use.values) == set(spaces)


def _stays(use: Density | LawReference, spaces: tuple[str, ...]) -> bool:
    """Return whether this is a conditional law, given points of all these spaces: it is free of theirs."""
    return not use.parameters and not _spaces(use.values) & set(spaces) and set(spaces) <= _spaces(use.given)


def _spaces(slots: tuple[Slot, ...]) -> set[str]:
    return {slot.space for slot in slots}


def _with_own_law(term: Term, varied: str, symbol: str, spaces: tuple[str, ...]) -> Term:
    match term:
        case Density(Name(law), values) if law == varied and _is_varied(term, spaces):
            return Density(Name(symbol), values)
        case LawReference(Name(law), values) if law == varied and (_is_bare(term) or _is_varied(term, spaces)):
            return LawReference(Name(symbol), values)
    return rebuilt(term, lambda part: _with_own_law(part, varied, symbol, spaces))
