r"""Thresholds of events, P(X > t) = e^{-\\lambda t}: where X has no negative values, t is taken for none either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from errata.language.definitions import free_symbols
from errata.language.scope import Scope
from errata.language.sorts import RandomVariable, Real, Sort
from errata.language.terms import Comparison, Conjunction, Indicator, Name, StandardLaw, Term, subterms

_NONNEGATIVE = Real(low=0.0)
_VALUES: Mapping[str, Real] = MappingProxyType(
    {
        "poisson": Real(0.0, low_open=False, integer=True),
        "binomial": Real(0.0, low_open=False, integer=True),
        "bernoulli": Real(0.0, 1.0, False, False, integer=True),
    }
)
"""Where the values of a discrete law lie: P(N = k) is about such a k."""
_POSITIVE_LAWS = frozenset(("exponential", "poisson", "binomial"))


def with_thresholds(scope: Scope, terms: Iterable[Term]) -> tuple[Scope, tuple[str, ...]]:
    """Return the scope with the sorts of undeclared thresholds, and what was taken of them, in words."""
    found: dict[str, Sort] = {}
    words: list[str] = []
    for part in (p for term in terms for p in subterms(term) if isinstance(p, Indicator)):
        conditions = part.condition.conditions if isinstance(part.condition, Conjunction) else (part.condition,)
        for condition in conditions:
            for symbol, sort in _thresholds(condition, scope):
                if symbol not in scope.sorts and symbol not in scope.definitions and symbol not in found:
                    found[symbol] = sort
                    words.append(f"{symbol} is a value that the variable can have")
    if not found:
        return scope, ()
    return replace(scope, sorts=MappingProxyType({**scope.sorts, **found})), tuple(words)


def _thresholds(condition: Term, scope: Scope) -> list[tuple[str, Sort]]:
    if not isinstance(condition, Comparison):
        return []
    for variable, threshold in ((condition.left, condition.right), (condition.right, condition.left)):
        sort = scope.sorts.get(variable.symbol) if isinstance(variable, Name) else None
        law = sort.law if isinstance(sort, RandomVariable) else None
        if not isinstance(law, StandardLaw):
            continue
        if condition.relation == "=" and law.kind in _VALUES and isinstance(threshold, Name):
            return [(threshold.symbol, _VALUES[law.kind])]
        if condition.relation in ("<", "<=", ">", ">=") and law.kind in _POSITIVE_LAWS:
            return [(symbol, _NONNEGATIVE) for symbol in sorted(free_symbols(threshold))]
    return []
