r"""Names that stand for moments by common consent: \bar X, \mu_X, \sigma_X^2, \rho_{XY}.

They are given their meaning where the note uses them beside random variables and says nowhere what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from errata.language.definitions import used_symbols
from errata.language.scope import Definition, Scope
from errata.language.sorts import Family, RandomVariable
from errata.language.terms import (
    Aggregate,
    Binder,
    Elementary,
    Entry,
    Expectation,
    MomentOf,
    Name,
    Number,
    Product,
    Quotient,
    Range,
    Term,
    subterms,
)

_BARRED = re.compile(r"\\(?:bar|overline)\{(?P<name>[A-Za-z])\}")
_OF_ONE = re.compile(r"\\(?P<moment>mu|sigma)_\{(?P<name>[A-Za-z])\}")
_OF_TWO = re.compile(r"\\(?P<moment>rho|sigma)_\{(?P<one>[A-Za-z]),? ?(?P<other>[A-Za-z])\}")


def correlation(one: Term, other: Term) -> Term:
    """Return Pearson's correlation coefficient."""
    spreads = Product((MomentOf("variance", (), (one,)), MomentOf("variance", (), (other,))))
    return Quotient(MomentOf("covariance", (), (one, other)), Elementary("sqrt", (spreads,)))


def with_standard_moments(
    scope: Scope, terms: Iterable[Term], averaged: frozenset[str], known: frozenset[str]
) -> tuple[Scope, tuple[str, ...]]:
    """Return the scope with such names defined, and what they were taken for, in words.

    averaged: names that stand alone in some mean of the notes. known: names that a sentence declared.
    """
    waiting = sorted(set().union(*(used_symbols(t) for t in terms)))
    waiting += sorted(set().union(*(used_symbols(d.body) for d in scope.definitions.values())))
    found: dict[str, Definition] = {}
    words: list[str] = []
    for symbol in dict.fromkeys(waiting):
        if symbol in known or symbol in scope.definitions:
            continue
        meaning = _meaning(symbol, scope, averaged)
        if meaning is not None:
            found[symbol] = Definition(symbol, (), meaning[0])
            words.append(meaning[1])
    if not found:
        return scope, ()
    return replace(scope, definitions=MappingProxyType({**scope.definitions, **found})), tuple(words)


def _meaning(symbol: str, scope: Scope, averaged: frozenset[str]) -> tuple[Term, str] | None:
    if match := _BARRED.fullmatch(symbol):
        return _sample_mean(symbol, match["name"], scope)
    if match := _OF_ONE.fullmatch(symbol):
        name = match["name"]
        if not _is_random(name, scope, averaged):
            return None
        if match["moment"] == "mu":
            return Expectation((), Name(name)), f"{symbol} is the mean of {name}"
        variance = MomentOf("variance", (), (Name(name),))
        return Elementary("sqrt", (variance,)), f"{symbol} is the standard deviation of {name}"
    if match := _OF_TWO.fullmatch(symbol):
        names = (match["one"], match["other"])
        if not all(_is_random(n, scope, averaged) for n in names):
            return None
        one, other = map(Name, names)
        if match["moment"] == "rho":
            return correlation(one, other), f"{symbol} is the correlation of {names[0]} and {names[1]}"
        return MomentOf("covariance", (), (one, other)), f"{symbol} is the covariance of {names[0]} and {names[1]}"
    return None


def mean_of_the_first(name: str) -> Definition:
    """Return \\bar X_n := (X_1 + ... + X_n) / n."""
    total = Aggregate("sum", Binder(Name("k"), Range(Number(Fraction(1)), Name("n"))), Entry(Name(name), (Name("k"),)))
    return Definition(f"\\bar{{{name}}}", ("n",), Quotient(total, Name("n")), entry_wise=True)


def _sample_mean(symbol: str, name: str, scope: Scope) -> tuple[Term, str] | None:
    sort = scope.sorts.get(name)
    if not isinstance(sort, Family) or not isinstance(sort.element, RandomVariable) or len(sort.sizes) != 1:
        return None
    size: Term | None = sort.sizes[0]
    if size is None:
        return None
    index = next(k for k in "ijk" if Name(k) != size)
    total = Aggregate("sum", Binder(Name(index), Range(Number(Fraction(1)), size)), Entry(Name(name), (Name(index),)))
    return Quotient(total, size), f"{symbol} is the mean of all {name}_{index}"


def _is_random(name: str, scope: Scope, averaged: frozenset[str]) -> bool:
    sort = scope.sorts.get(name)
    return isinstance(sort, RandomVariable) or (sort is None and name in averaged)


def known_as_moments(left: Term, right: Term, scope: Scope) -> frozenset[str]:
    """Return what an equation between moments may leave open: variables averaged on both sides, and their moments.

    The moments of what is declared need nothing said of them either.
    """
    both = _averaged(left) & _averaged(right)
    symbols = used_symbols(left) | used_symbols(right)
    known = {s for s in symbols if _meaning(s, scope, frozenset()) is not None}
    return frozenset(both | known | {s for s in symbols if (about := _about(s)) and about <= both})


def _averaged(term: Term) -> set[str]:
    found: set[str] = set()
    for part in subterms(term):
        if isinstance(part, Expectation) and not part.draws:
            found |= used_symbols(part.body)
        elif isinstance(part, MomentOf) and not part.draws:
            found |= set().union(*(used_symbols(a) for a in part.arguments))
        elif isinstance(part, Name):
            found |= _about(part.symbol)
    return found


def _about(symbol: str) -> set[str]:
    """Return the variables that a name such as \\mu_X is a moment of."""
    if match := _OF_ONE.fullmatch(symbol):
        return {match["name"]}
    match = _OF_TWO.fullmatch(symbol)
    return {match["one"], match["other"]} if match else set()
