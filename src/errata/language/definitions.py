"""Which statements define a name, and what they define."""

from __future__ import annotations

from errata.language.laws import as_law, references
from errata.language.scope import Definition, DensityDefinition
from errata.language.terms import (
    Aggregate,
    Apply,
    At,
    Density,
    Entry,
    Expectation,
    Information,
    LawReference,
    MomentOf,
    Name,
    Slot,
    Term,
    children,
    subterms,
)


def head_symbol(left: Term) -> str | None:
    """Return the symbol that a left side would define: a name, a function of names, a law at names."""
    if isinstance(left, Name):
        return left.symbol
    if isinstance(left, LawReference) and not left.values and not left.given:
        return left.law.symbol
    if isinstance(left, Apply) and left.order == 0 and _distinct_names(left.arguments):
        return left.function.symbol
    if isinstance(left, Density) and _distinct_names(tuple(s.value for s in left.values + left.given)):
        return left.law.symbol
    if isinstance(left, Entry) and isinstance(left.array, Name) and _distinct_names(left.indices):
        return left.array.symbol
    return None


def _distinct_names(terms: tuple[Term, ...]) -> bool:
    names = [t.symbol if isinstance(t, Name) else t.law.symbol if isinstance(t, LawReference) else "" for t in terms]
    return all(names) and len(set(names)) == len(names)


def definition(left: Term, right: Term) -> Definition | DensityDefinition | None:
    """Return what `left := right` defines; None where the right side needs what is being defined."""
    symbol = head_symbol(left)
    if symbol is None or symbol in used_symbols(right):
        return None
    if isinstance(left, LawReference):
        law = as_law(right)
        return Definition(symbol, (), law) if law is not None and references(law) + [law] else None
    if isinstance(left, Name):
        return Definition(symbol, (), right)
    if isinstance(left, Apply):
        names = [
            a.symbol if isinstance(a, Name) else a.law.symbol
            for a in left.arguments
            if isinstance(a, Name | LawReference)
        ]
        return Definition(symbol, tuple(names), right)
    if isinstance(left, Density):
        return DensityDefinition(symbol, _pairs(left.values), _pairs(left.given), right)
    return None


def _pairs(slots: tuple[Slot, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((s.space, s.value.symbol) for s in slots if isinstance(s.value, Name))


def used_symbols(term: Term) -> set[str]:
    """Return the symbols of names, functions and laws that occur in a term, bound ones included."""
    return {t.symbol for t in subterms(term) if isinstance(t, Name)}


def free_symbols(term: Term) -> set[str]:
    """Return the symbols that occur in a term and are not bound there."""
    return _free(term, frozenset())


def _free(term: Term, bound: frozenset[str]) -> set[str]:
    if isinstance(term, Name):
        return set() if term.symbol in bound else {term.symbol}
    if isinstance(term, Aggregate):
        limits = [part for part in children(term) if part is not term.binder.name and part is not term.body]
        inside = _free(term.body, bound | {term.binder.name.symbol})
        return inside.union(*(_free(limit, bound) for limit in limits))
    if isinstance(term, Expectation | MomentOf):
        drawn = bound | {d.name.symbol for d in term.draws}
        return set().union(*(_free(part, drawn) for part in children(term)))
    if isinstance(term, LawReference):
        own = {s.value.symbol for s in term.values if isinstance(s.value, Name)}
        return set().union(*(_free(part, bound | own) for part in children(term)))
    if isinstance(term, At):
        return _free(term.body, bound | {term.variable.symbol}) | _free(term.value, bound)
    if isinstance(term, Information):
        return {term.law.symbol} - bound
    return set().union(*(_free(part, bound) for part in children(term)))
