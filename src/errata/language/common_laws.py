"""Variables that are identically distributed have one law: it gets a name where the notes give it none."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from errata.language.scope import IdenticallyDistributed, Scope
from errata.language.sorts import Law, RandomVariable
from errata.language.terms import LawReference, Name


def with_common_laws(scope: Scope) -> Scope:
    """Return the scope in which the variables that a fact calls identically distributed follow one law.

    Families say the same of their members by themselves, and what has a law keeps it.
    """
    sorts = dict(scope.sorts)
    for fact in scope.facts:
        if not isinstance(fact, IdenticallyDistributed):
            continue
        plain = [(symbol, sort) for symbol in fact.names if isinstance(sort := sorts.get(symbol), RandomVariable)]
        given = [sort for _, sort in plain if sort.law is not None]
        if len(plain) < 2 or len(given) > 1:
            continue
        first, sample = plain[0]
        law = given[0].law if given else LawReference(Name(f"\\Pr_{{{first}}}"))
        space = (given or [sample])[0].space
        for symbol, sort in plain:
            sorts[symbol] = replace(sort, space=space, law=law)
        if isinstance(law, LawReference) and law.law.symbol not in sorts:
            sorts[law.law.symbol] = Law((space,))
    return replace(scope, sorts=MappingProxyType(sorts)) if sorts != dict(scope.sorts) else scope
