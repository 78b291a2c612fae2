"""The factors of a decomposition entered in what is known: their sorts, their conditions, and what stays in doubt.

"The SVD" may be the full one or a thin one, and what is known of the whole matrix says more of its factors than their
form does. No refutation may rest on such factors, but what follows from the form alone is right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Set
from dataclasses import replace

from errata.language.conditions_in_words import Restriction
from errata.language.decomposition_words import decompositions_told
from errata.language.decompositions import Factor, Factored
from errata.language.definitions import used_symbols
from errata.language.factor_columns import enter_columns
from errata.language.prose.refine import is_unknown_size
from errata.language.restricted import InForce
from errata.language.scope import Definition
from errata.language.sorts import Matrix
from errata.language.state import State
from errata.language.terms import Comparison, MatrixOperation, Name, Product, Quotient, Term
from errata.language.told_factors import Told

OPEN_FORM = "whether the full or a thin decomposition is meant"
_ANEW = re.compile(r"\s*(?:now )?(?:let|suppose|consider|assume|take|given|for any)\b", re.IGNORECASE)
_NAMING = re.compile(
    r"\$[^$]*\$|\b(?:the|its|this|that|it|an?|of|be|is|are|thin|full|reduced|economy|compact|svd|evd|singular|values?"
    r"|eigen|eigenvalues?|spectral|theorem|cholesky|qr|lu|ldl|(?:eigen)?decompos\w*|factori[sz]\w*|diagonali[sz]\w*"
    r"|if|we|perform(?:ing)?|tak(?:e|ing)|us(?:e|ing)|do|apply|comput(?:e|ing)|consider|let|suppose|on|for|by|via|get"
    r"|have|has|obtain|writ(?:e|ten)|can|as|with|then|given|and|data|covariance|matri(?:x|ces)|into|through)\b"
)
_TAKEN_OVER = frozenset(("symmetric", "positive definite"))
_RECTANGULAR = frozenset(("diagonal", "positive diagonal"))


def may_enter(found: Factored, whole: Term, state: State) -> bool:
    """Return whether nothing that is known of the names speaks against it: they are matrices, and not defined."""
    own = {f.symbol for f in found.factors}
    if not isinstance(whole, Name) and not (found.symmetric and _is_new_product(whole, own, state)):
        return False
    sorts = [state.sorts.get(symbol) for symbol in (*own, *([whole.symbol] if isinstance(whole, Name) else ()))]
    return all(isinstance(sort, Matrix | None) for sort in sorts) and own.isdisjoint(
        used_symbols(whole) | state.definitions.keys()
    )


def _is_new_product(whole: Term, factors: Set[str], state: State) -> bool:
    """Return whether X^T X, or a multiple, is decomposed into factors that were not met before."""
    return isinstance(whole, Product | Quotient) and factors.isdisjoint(state.announced | state.seen)


def enter_factors(found: Factored, whole: Term, taken: Collection[str], state: State) -> None:
    """Enter what the factors of a matrix are, and their columns by custom. taken: names of other things."""
    properties = _properties_of(whole, state)
    for symbol in (*(f.symbol for f in found.factors), *([whole.symbol] if isinstance(whole, Name) else ())):
        if _is_of_decompositions(state.not_understood.get(symbol, "")):
            del state.not_understood[symbol]
    for factor in found.factors:
        _enter(factor, found.symmetric and "positive definite" in properties, state)
        state.announced.add(factor.symbol)
        state.open_factors.add(factor.symbol)
    enter_columns(found, taken, state)
    more = sorted(properties - _TAKEN_OVER) if found.symmetric else sorted(properties)
    if more:
        words = f"the whole matrix is {more[0]}"
        state.not_understood.update({f.symbol: words for f in found.factors})
    if not found.sure and not _are_sized(found, state):
        names = tuple(f.symbol for f in found.factors)
        told = Restriction(OPEN_FORM, "matrices", lasting=True, universal=False, names=names, imposed="in all forms")
        state.restrictions.append(InForce(told, None))


def enter_defined(definitions: Iterable[Definition], told: Told, taken: Collection[str], state: State) -> Told:
    """Enter the factors of the decompositions that a sentence defines: "let $A = Q R$ be the QR decomposition".

    Return what is told that is still without its formula.
    """
    left = told
    for defined in definitions:
        found = told.factored(defined.body) if not defined.parameters else None
        if found is not None and may_enter(found, Name(defined.symbol), state):
            enter_factors(found, Name(defined.symbol), taken, state)
            left = left.without(found.name)
    return left


def doubt_factors(found: Factored, text: str, state: State) -> None:
    """Protect the factors of a matrix that is known otherwise: they are such that the relation holds."""
    words = f"it is such that {' '.join(text.split())[:60]}"
    state.not_understood.update({f.symbol: words for f in found.factors})


def _is_of_decompositions(words: str) -> bool:
    """Return whether words that no rule consumed name a decomposition alone: "thin SVD"."""
    return bool(decompositions_told(words)) and not re.search(r"\w", _NAMING.sub("", words.lower()))


def shape_factors(declared: Iterable[str], words: str, state: State) -> None:
    """Give the factors whose shapes a sentence declares after the decomposition what its form says of them."""
    for symbol in state.open_factors & set(declared):
        state.open_factors.discard(symbol)
        if not _ANEW.match(words) and isinstance(state.sorts.get(symbol), Matrix):
            _enter(state.factors[symbol], False, state)


def factor_sorts(state: State) -> dict[str, Matrix]:
    """Return the sorts of the factors whose shapes nothing declares."""
    known = ((symbol, state.sorts.get(symbol)) for symbol in state.factors)
    return {
        symbol: sort
        for symbol, sort in known
        if isinstance(sort, Matrix) and all(map(is_unknown_size, (sort.rows, sort.columns)))
    }


def _enter(factor: Factor, positive: bool, state: State) -> None:
    known = state.sorts.get(factor.symbol)
    sort = known if isinstance(known, Matrix) else factor.sort
    added = factor.sort.properties
    if sort.rows == sort.columns and factor.orthonormal:
        added |= {"orthogonal"}
    if positive and "diagonal" in added:
        added |= {"positive diagonal"}
    if sort.rows != sort.columns:
        added &= _RECTANGULAR
    state.sorts[factor.symbol] = replace(sort, properties=sort.properties | added)
    state.factors[factor.symbol] = factor
    if factor.orthonormal and sort.rows != sort.columns:
        name = Name(factor.symbol)
        inner = Product((MatrixOperation("transpose", (name,)), name))
        for condition in (
            Comparison("=", inner, MatrixOperation("identity")),
            Comparison(">=", sort.rows, sort.columns),
        ):
            if condition not in state.assumptions:
                state.assumptions.append(condition)


def _properties_of(whole: Term, state: State) -> frozenset[str]:
    sort = state.sorts.get(whole.symbol) if isinstance(whole, Name) else None
    return sort.properties if isinstance(sort, Matrix) else frozenset()


def _are_sized(found: Factored, state: State) -> bool:
    """Return whether the declarations tell the shapes of all factors with orthonormal columns."""
    orthonormal = [f.symbol for f in found.factors if f.orthonormal]
    sorts = [state.sorts[symbol] for symbol in orthonormal]
    return bool(orthonormal) and not any(
        is_unknown_size(size) for sort in sorts if isinstance(sort, Matrix) for size in (sort.rows, sort.columns)
    )
