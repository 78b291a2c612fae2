r"""\bar x where a note writes numbers x_i and nowhere what \bar x is: their mean, by common consent.

A claim may rest on that; a refutation may not, since \bar x may be another thing after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language import symbols
from errata.language.decorated_names import FAMILY_LABEL
from errata.language.definitions import used_symbols
from errata.language.knowledge import Usage
from errata.language.scope import Definition, Scope
from errata.language.sorts import Family, Real
from errata.language.terms import Aggregate, Binder, Entry, Name, Number, Product, Quotient, Range, Term

_ONE = Number(Fraction(1))
_MEANS = re.compile(r"\b(?:mean|average)|均值|平均|평균", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:median|mode|conjugat\w*|weighted|geometric|harmonic|trimmed|normali[sz]ed)\b", re.I)


def tells_means(prose: str) -> bool:
    """Return whether words speak of means, and of nothing else that a bar may be: what they call so is one."""
    return bool(_MEANS.search(prose)) and not _OTHERS.search(prose)


def with_sample_means(
    scope: Scope, terms: Iterable[Term], usage: Usage, known: Set[str]
) -> tuple[Scope, tuple[str, ...]]:
    """Return the scope with such names defined, and what they were taken for, in words. known: names told of."""
    used = set[str]().union(*(used_symbols(term) for term in terms))
    told = {s for a in scope.assumptions for side in (a.left, a.right) for s in used_symbols(side)}
    waiting = sorted(used - known - told - scope.definitions.keys())
    found = {symbol: mean for symbol in waiting if (mean := _mean(symbol, used, scope, usage)) is not None}
    if not found:
        return scope, ()
    means = {symbol: Definition(symbol, (), mean) for symbol, mean in found.items()}
    doubt = dict.fromkeys(found, "whether it is the mean is not said")
    changed = replace(
        scope,
        definitions=MappingProxyType({**scope.definitions, **means}),
        not_understood=MappingProxyType({**doubt, **scope.not_understood}),
    )
    return changed, tuple(f"{symbol} is the mean" for symbol in found)


def _mean(symbol: str, used: Set[str], scope: Scope, usage: Usage) -> Term | None:
    """Return the mean of the numbers x_1, ..., x_n for \\bar{x}; None for other names, or where n is not clear."""
    base = symbol.removeprefix("\\bar{").removesuffix("}")
    if symbol == base or symbol in scope.sorts or base not in usage.subscripts:
        return None
    apart = symbols.compose(base, FAMILY_LABEL)
    family = apart if apart in used | scope.sorts.keys() else base
    sort = scope.sorts.get(family)
    if not isinstance(sort, Family | None) or (sort is not None and not isinstance(sort.element, Real)):
        return None
    ranges = {usage.ranges[letter] for letter in usage.subscripts[base] if letter in usage.ranges}
    if len(ranges) != 1:
        return None
    low, high = ranges.pop()
    if low != _ONE:
        return None
    index = Name(min(letter for letter in usage.subscripts[base] if letter in usage.ranges))
    total = Aggregate("sum", Binder(index, Range(low, high)), Entry(Name(family), (index,)))
    return Product((Quotient(_ONE, high), total))
