r"""Laws told by their probabilities in a formula: P(X = k) = e^{-\lambda} \lambda^k / k! is Poisson's law.

The formula is compared with those of the laws on whole numbers factor by factor, in whatever order they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from errata.language import symbols
from errata.language.cursor import split
from errata.language.definitions import free_symbols
from errata.language.random_events import PROBABILITIES
from errata.language.syntax import Group, Node, leaf_text
from errata.language.terms import (
    Constant,
    Elementary,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    StandardLaw,
    Sum,
    Term,
)

_ZERO, _ONE = Number(Fraction(0)), Number(Fraction(1))
_Factors = list[tuple[Term, Term]]
"""Bases with their exponents."""


def value_taken(nodes: Sequence[Node]) -> tuple[str, str] | None:
    """Return X and k of P(X = k), where no more stands there; both are names."""
    if len(nodes) != 2 or not isinstance(nodes[1], Group) or nodes[1].opening != "(":
        return None
    if (leaf_text(nodes[0]) or symbols.base_symbol(nodes[0])) not in PROBABILITIES:
        return None
    sides = split(nodes[1].items, ("=",))
    if len(sides) != 2 or [len(side) for side in sides] != [1, 1]:
        return None
    variable, value = (symbols.decorated(side[0]) for side in sides)
    if variable is None or value is None or not variable[0].isupper() or value.isdigit() or value[0].isupper():
        return None
    return variable, value


def law_of_mass(value: str, body: Term) -> StandardLaw | None:
    """Return the law under which a whole number k has this probability, where it is one of those known by name."""
    factors = _merged(_factors(body, _ONE))
    for found in (_poisson, _geometric, _binomial):
        law = found(factors, Name(value))
        if law is not None and value not in {s for p in law.parameters for s in free_symbols(p)}:
            return law
    return None


def _poisson(factors: _Factors, k: Name) -> StandardLaw | None:
    rates = [base for base, exponent in factors if exponent == k]
    if len(rates) != 1:
        return None
    expected = [(Constant("e"), Negative(rates[0])), (rates[0], k), (Elementary("factorial", (k,)), Negative(_ONE))]
    return StandardLaw("poisson", (rates[0],)) if _same(factors, expected) else None


def _geometric(factors: _Factors, k: Name) -> StandardLaw | None:
    before = Sum((k, Negative(_ONE)))
    for first, exponent in ((_ONE, before), (_ZERO, k)):
        for chance in (base for base, power in factors if power == _ONE):
            if _same(factors, [(chance, _ONE), (Sum((_ONE, Negative(chance))), exponent)]):
                return StandardLaw("geometric", (first, chance))
    half = Quotient(_ONE, Number(Fraction(2)))
    if _same(factors, [(Number(Fraction(2)), Negative(k))]) or _same(factors, [(half, k)]):
        return StandardLaw("geometric", (_ONE, half))
    return None


def _binomial(factors: _Factors, k: Name) -> StandardLaw | None:
    for ways, _ in factors:
        match ways:
            case Elementary("binomial", (n, chosen)) if chosen == k:
                for chance in (base for base, power in factors if power == k):
                    missed = (Sum((_ONE, Negative(chance))), Sum((n, Negative(k))))
                    if _same(factors, [(ways, _ONE), (chance, k), missed]):
                        return StandardLaw("binomial", (n, chance))
    return None


def _factors(term: Term, exponent: Term) -> _Factors:
    """Return the factors of a product and of a quotient."""
    match term:
        case Product(parts):
            return [pair for part in parts for pair in _factors(part, exponent)]
        case Quotient(above, below) if exponent == _ONE:
            return [*_factors(above, _ONE), *_factors(below, Negative(_ONE))]
        case Power(base, power) if exponent == _ONE:
            return [(base, power)]
        case Power(base, power):
            return [(base, Negative(power))]
        case Elementary("exp", (power,)):
            return [(Constant("e"), power if exponent == _ONE else Negative(power))]
    return [(term, exponent)]


def _merged(factors: _Factors) -> _Factors:
    return [(base, exponent) for base, exponent in factors if base != _ONE]


def _same(factors: _Factors, expected: _Factors) -> bool:
    left = list(factors)
    for wanted in expected:
        place = next((n for n, pair in enumerate(left) if pair == wanted), None)
        if place is None:
            return False
        del left[place]
    return not left
