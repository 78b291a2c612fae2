"""Products of exponentials as one: far out, e^{tx} is infinite and e^{-x^2} is zero, but e^{tx - x^2} is small."""

from __future__ import annotations

from errata.language.terms import Constant, Elementary, Negative, Power, Product, Quotient, Sum, Term


def with_joined_exponentials(term: Term) -> Term:
    """Return a product, a sum of such or a quotient with the exponentials among its factors put together."""
    match term:
        case Sum(terms):
            return Sum(tuple(map(with_joined_exponentials, terms)), span=term.span)
        case Negative(inner):
            return Negative(with_joined_exponentials(inner), span=term.span)
        case Product() | Quotient():
            exponents, above, below = _parts(term)
            if len(exponents) < 2:
                return term
            whole = Product((*above, Elementary("exp", (Sum(exponents),))), span=term.span)
            return Quotient(whole, Product(below), span=term.span) if below else whole
    return term


def _parts(term: Term) -> tuple[tuple[Term, ...], tuple[Term, ...], tuple[Term, ...]]:
    """Return the exponents of the exponentials of a product, and its other factors above and below the line."""
    match term:
        case Product(factors):
            found = [_parts(factor) for factor in factors]
            exponents, above, below = (
                tuple(part for parts in group for part in parts) for group in zip(*found, strict=True)
            )
            return exponents, above, below
        case Quotient(numerator, denominator):
            first, above, under = _parts(numerator)
            last, below, over = _parts(denominator)
            return (*first, *map(Negative, last)), (*above, *over), (*under, *below)
        case Power(Constant("e"), exponent) | Elementary("exp", (exponent,)):
            return (exponent,), (), ()
    return (), (term,), ()
