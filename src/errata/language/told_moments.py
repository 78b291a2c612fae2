"""Moments that a note tells as known, "since E[X] = 0 and Var(X) = 1", of variables of which it tells nothing else.

What follows from them for every law holds. But more may be known of the law, in words or by custom (an indicator, a
Gaussian): a step is wrong only where the moments told settle all the means in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from errata.language.definitions import free_symbols
from errata.language.randomness import is_random
from errata.language.scope import Scope
from errata.language.sorts import RandomVariable, element_of
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Entry,
    Expectation,
    MomentOf,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
    children,
    subterms,
)

UNSETTLED = "more than these moments may be known of its law"
_SETTLES = {
    1: ({"mean"},),
    2: ({"mean", "square"}, {"mean", "variance"}, {"mean", "product"}, {"mean", "covariance"}),
}
"""What must be told for the mean of a polynomial of this degree; "square" and "variance" do for a single variable."""
_SETTLES_VARIANCE = ({"variance"}, {"mean", "square"}, {"covariance"}, {"mean", "product"})
_OF_ONE = frozenset(("square", "variance"))


def told_moment(left: Term, right: Term, scope: Scope) -> tuple[str, str] | None:
    """Return the variable, or family, and the kind of its moment, if a relation may tell one of a variable without law.

    The kinds are "mean", "square", "variance", "product" and "covariance".
    """
    kind = _kind(left)
    names = _variables(left)
    if kind is None or len(names) != 1 or is_random(right) or names & free_symbols(right):
        return None
    (symbol,) = names
    sort = element_of(scope.sorts.get(symbol))
    has_law = isinstance(sort, RandomVariable) and sort.law is not None
    return None if has_law or symbol in scope.definitions else (symbol, kind)


def _kind(left: Term) -> str | None:
    match left:
        case Expectation((), Name() | Entry(), ()):
            return "mean"
        case Expectation((), Power(Name() | Entry(), Number(exponent)), ()) if exponent == Fraction(2):
            return "square"
        case Expectation((), Product((Entry(), Entry())), ()):
            return "product"
        case MomentOf("variance", (), (Name() | Entry(),)):
            return "variance"
        case MomentOf("covariance", (), (Entry(), Entry())):
            return "covariance"
    return None


def settled(reading: Reading, told: Mapping[str, frozenset[str]]) -> set[str]:
    """Return the variables whose means in a relation are all settled by the moments that are told of them."""
    parts = [part for side in (reading.left, reading.right) for part in subterms(side)]
    means = [part for part in parts if isinstance(part, Expectation | MomentOf)]
    found = {s for mean in means for s in _variables(mean)} & told.keys()
    return {s for s in found if all(_is_settled(mean, s, told) for mean in means)}


def _is_settled(mean: Expectation | MomentOf, symbol: str, told: Mapping[str, frozenset[str]]) -> bool:
    if symbol not in _variables(mean):
        return True
    if mean.draws or (isinstance(mean, Expectation) and mean.given) or len(_variables(mean) & told.keys()) > 1:
        return False
    family = any(isinstance(p, Entry) and p.array == Name(symbol) for p in subterms(mean))
    known = told[symbol] - _OF_ONE if family else told[symbol]
    if isinstance(mean, MomentOf):
        degrees = [_degree(argument, symbol) for argument in mean.arguments]
        linear = all(degree is not None and degree <= 1 for degree in degrees)
        return linear and any(needed <= known for needed in _SETTLES_VARIANCE)
    degree = _degree(mean.body, symbol)
    return degree == 0 or any(needed <= known for needed in _SETTLES.get(degree or 0, ()))


def _variables(term: Term) -> set[str]:
    """Return what a moment is of: the family of a member, and not its index."""
    if isinstance(term, Entry):
        return {term.array.symbol} if isinstance(term.array, Name) else set()
    return {term.symbol} if isinstance(term, Name) else set().union(*map(_variables, children(term)))


def _degree(term: Term, symbol: str) -> int | None:
    """Return the degree of a polynomial in a variable or in the members of a family, None for anything else."""
    match term:
        case Name(name):
            return int(name == symbol)
        case Entry(Name(name)):
            return int(name == symbol)
        case Sum(terms):
            degrees = [_degree(part, symbol) for part in terms]
            return None if None in degrees else max(d for d in degrees if d is not None)
        case Product(factors):
            degrees = [_degree(part, symbol) for part in factors]
            return None if None in degrees else sum(d for d in degrees if d is not None)
        case Negative(part) | Aggregate("sum", _, part):
            return _degree(part, symbol)
        case Quotient(top, bottom) if _degree(bottom, symbol) == 0:
            return _degree(top, symbol)
        case Power(base, Number(exponent)) if exponent.denominator == 1 and 0 <= exponent <= 4:
            degree = _degree(base, symbol)
            return None if degree is None else degree * int(exponent)
    return None if symbol in _variables(term) else 0
