"""Independence that is told of members of one index, $U_i$ of $V_i$: where it says enough for a claim.

A mean that takes the members of such families at one index alone, which stands still in it, cannot tell whether
all members are independent or only these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from errata.language.definitions import free_symbols
from errata.language.scope import Independent, IndependentMembers, Scope
from errata.language.terms import Aggregate, Entry, Expectation, MomentOf, Name, Term, subterms


def for_terms(scope: Scope, terms: Iterable[Term]) -> Scope:
    """Return the scope of a claim about these terms, in which families are independent as far as that makes no odds."""
    if not any(isinstance(fact, IndependentMembers) for fact in scope.facts):
        return scope
    means = [t for term in terms for t in subterms(term) if isinstance(t, Expectation | MomentOf)]
    facts = tuple(
        Independent(fact.names) if isinstance(fact, IndependentMembers) and _suffices(fact, means, scope) else fact
        for fact in scope.facts
    )
    return replace(scope, facts=facts)


def _suffices(fact: IndependentMembers, means: Iterable[Term], scope: Scope) -> bool:
    return all(_at_one_index(mean, set(fact.names), scope) for mean in means)


def _at_one_index(mean: Term, families: set[str], scope: Scope) -> bool:
    parts = list(subterms(mean))
    entries = [t for t in parts if isinstance(t, Entry) and isinstance(t.array, Name) and t.array.symbol in families]
    names = [t.symbol for t in parts if isinstance(t, Name)]
    if sum(name in families for name in names) != len(entries) or any(_rests_on(n, families, scope) for n in names):
        return False
    bound = {t.binder.name.symbol for t in parts if isinstance(t, Aggregate)}
    indices = {entry.indices for entry in entries}
    return len(indices) < 2 and not any(free_symbols(i) & bound for entry in entries for i in entry.indices)


def _rests_on(name: str, families: set[str], scope: Scope) -> bool:
    """Whether a name is defined by way of the families: which members it takes is not looked into."""
    waiting, seen = [name], set[str]()
    while waiting:
        symbol = waiting.pop()
        if symbol in seen or symbol not in scope.definitions:
            continue
        seen.add(symbol)
        below = {t.symbol for t in subterms(scope.definitions[symbol].body) if isinstance(t, Name)}
        if below & families:
            return True
        waiting.extend(below)
    return False
