"""What a scope says of the moments of families of random variables: E[X_i] = m, Var(X_i) = v, E[X_i X_j] = c.

The indices of such an equation run freely: it is said of all members.
"""

from __future__ import annotations

from errata.language.definitions import free_symbols
from errata.language.scope import Scope
from errata.language.sorts import Family, RandomVariable
from errata.language.terms import Comparison, Entry, Expectation, MomentOf, Name, Product, Term, subterms

FamilyMoment = tuple[str, tuple[str, ...], str, Term]
"""The family, its indices, the kind of the moment, and its value."""


def is_random_family(symbol: str, scope: Scope) -> bool:
    """Return whether a name stands for a family of random variables."""
    sort = scope.sorts.get(symbol)
    return isinstance(sort, Family) and isinstance(sort.element, RandomVariable) and symbol not in scope.definitions


def family_moment(condition: Term, scope: Scope) -> FamilyMoment | None:
    """Read what is said of the mean, variance, covariance or product of members of a family."""
    return member_moment(condition, scope) or product_moment(condition, scope)


def member_moment(condition: Term, scope: Scope) -> FamilyMoment | None:
    """Read E[X_i] = m or Var(X_i) = v: the family, its indices, "mean" or "variance", and the value."""
    if not isinstance(condition, Comparison) or condition.relation != "=":
        return None
    for side, value in ((condition.left, condition.right), (condition.right, condition.left)):
        match side:
            case Expectation((), Entry(Name(symbol), indices), ()):
                kind = "mean"
            case MomentOf("variance", (), (Entry(Name(symbol), indices),)):
                kind = "variance"
            case _:
                continue
        names = _distinct(indices)
        if names is not None and is_random_family(symbol, scope) and symbol not in free_symbols(value):
            return symbol, names, kind, value
    return None


def product_moment(condition: Term, scope: Scope) -> FamilyMoment | None:
    """Read E[X_i X_j] = c or Cov(X_i, X_j) = c: the family, i and j, "product" or "covariance", and the value."""
    if not isinstance(condition, Comparison) or condition.relation != "=":
        return None
    for side, value in ((condition.left, condition.right), (condition.right, condition.left)):
        match side:
            case Expectation((), Product((Entry(Name(one), (first,)), Entry(Name(other), (second,)))), ()):
                kind = "product"
            case MomentOf("covariance", (), (Entry(Name(one), (first,)), Entry(Name(other), (second,)))):
                kind = "covariance"
            case _:
                continue
        names = _distinct((first, second))
        if names is not None and one == other and is_random_family(one, scope) and one not in free_symbols(value):
            return one, names, kind, value
    return None


def says_more(condition: Term, symbol: str, scope: Scope) -> bool:
    """Return whether a condition is of means of any member of a family, and not one of the moments that are met.

    Being said of all members, it cannot be tried at one of them.
    """
    if family_moment(condition, scope) is not None:
        return False
    means = [part for part in subterms(condition) if isinstance(part, Expectation | MomentOf)]
    parts = [part for mean in means for part in subterms(mean)]
    entries = [part for part in parts if isinstance(part, Entry) and part.array == Name(symbol)]
    free = free_symbols(condition)
    return any(isinstance(index, Name) and index.symbol in free for entry in entries for index in entry.indices)


def _distinct(indices: tuple[Term, ...]) -> tuple[str, ...] | None:
    names = tuple(index.symbol for index in indices if isinstance(index, Name))
    return names if len(set(names)) == len(indices) else None
