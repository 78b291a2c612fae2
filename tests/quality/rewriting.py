"""Right steps written in other ways: reordered, renamed, with brackets opened or a common factor moved.

Every rewriting is an identity of the algebra of numbers or of matrices, so that what was right stays right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

from errata.language import terms as t
from errata.language.definitions import rebuilt
from errata.language.scope import Scope
from errata.language.sorts import Matrix, Vector

TWO = t.Number(Fraction(2))


def rewritings(term: t.Term, scope: Scope, seed: int) -> Iterator[tuple[str, t.Term]]:
    """Yield the term in equivalent forms, each with what was done."""
    rng = random.Random(seed)
    yield "reordered", _reordered(term, scope, rng)
    yield "half of twice", t.Quotient(t.Product((TWO, term)), TWO)
    yield "less and more", t.Sum((t.Product((THREE, term)), t.Negative(t.Product((TWO, term)))))
    yield "minus minus", t.Negative(_negated(term))
    yield "opened", _opened(term, scope)
    yield "root of square", _rooted(term)


THREE = t.Number(Fraction(3))


def _commutes(term: t.Term, scope: Scope) -> bool:
    """Whether a term is surely a number: no vector or matrix is mentioned in it."""
    return not any(
        isinstance(scope.sorts.get(x.symbol), Matrix | Vector)
        or x.symbol in scope.definitions
        or not isinstance(x, t.Name)
        for x in t.subterms(term)
        if isinstance(x, t.Name)
    ) and not any(isinstance(x, t.MatrixOperation | t.Array) for x in t.subterms(term))


def _reordered(term: t.Term, scope: Scope, rng: random.Random) -> t.Term:
    inner = rebuilt(term, lambda part: _reordered(part, scope, rng))
    if isinstance(inner, t.Sum):
        terms = list(inner.terms)
        rng.shuffle(terms)
        return t.Sum(tuple(terms))
    if isinstance(inner, t.Product) and all(_commutes(f, scope) for f in inner.factors):
        factors = list(inner.factors)
        rng.shuffle(factors)
        return t.Product(tuple(factors))
    return inner


def _negated(term: t.Term) -> t.Term:
    match term:
        case t.Sum(terms):
            return t.Sum(tuple(x.term if isinstance(x, t.Negative) else t.Negative(x) for x in terms))
        case t.Negative(inner):
            return inner
    return t.Negative(term)


def _opened(term: t.Term, scope: Scope) -> t.Term:
    """Open the first bracket that a number or a single factor stands before."""
    inner = rebuilt(term, lambda part: _opened(part, scope))
    if isinstance(inner, t.Product) and len(inner.factors) == 2 and isinstance(inner.factors[1], t.Sum):
        first, bracket = inner.factors
        return t.Sum(tuple(_times(first, x) for x in bracket.terms))
    return inner


def _times(factor: t.Term, term: t.Term) -> t.Term:
    if isinstance(term, t.Negative):
        return t.Negative(_times(factor, term.term))
    return t.Product((factor, *term.factors) if isinstance(term, t.Product) else (factor, term))


def _rooted(term: t.Term) -> t.Term:
    """Write a square root as the power one half, and a square as a product."""
    inner = rebuilt(term, _rooted)
    match inner:
        case t.Elementary("sqrt", (argument,)):
            return t.Power(argument, t.Quotient(t.Number(Fraction(1)), TWO))
        case t.Power(base, exponent) if exponent == TWO:
            return t.Product((base, base))
    return inner
