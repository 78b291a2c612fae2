"""Numbers recognised: a decimal value as a simple fraction, perhaps times a root, pi or a logarithm."""

from __future__ import annotations

import math
from fractions import Fraction

from errata.language.terms import Constant, Elementary, Negative, Number, Power, Product, Quotient, Term
from errata.verify.diagnosis.trees import ONE, number, tidy

LARGEST_DENOMINATOR = 24
LARGEST_NUMERATOR = 1000
CLOSE = 1e-8

_PI, _E = Constant("pi"), Constant("e")


def _integer(value: int) -> Number:
    return Number(Fraction(value))


def _function(name: str, argument: Term) -> Term:
    return Elementary(name, (argument,))


_TWO_PI = Product((_integer(2), _PI))
_UNITS: tuple[tuple[float, Term, float], ...] = (
    (1.0, ONE, 0.0),
    (math.pi, _PI, 0.4),
    (1 / math.pi, Quotient(ONE, _PI), 0.45),
    (math.sqrt(2), _function("sqrt", _integer(2)), 0.4),
    (math.sqrt(3), _function("sqrt", _integer(3)), 0.45),
    (math.sqrt(math.pi), _function("sqrt", _PI), 0.45),
    (math.sqrt(2 * math.pi), _function("sqrt", _TWO_PI), 0.45),
    (1 / math.sqrt(2 * math.pi), Quotient(ONE, _function("sqrt", _TWO_PI)), 0.45),
    (math.log(2), _function("log", _integer(2)), 0.4),
    (math.log(3), _function("log", _integer(3)), 0.5),
    (math.log(math.pi), _function("log", _PI), 0.5),
    (math.log(2 * math.pi), _function("log", _TWO_PI), 0.45),
    (math.e, _E, 0.5),
    (1 / math.e, Quotient(ONE, _E), 0.5),
    (math.pi**2, Power(_PI, _integer(2)), 0.5),
)


def recognised(value: float) -> tuple[Term, float] | None:
    """Return a simple number that a value is, and how far-fetched it is; None where there is none."""
    if not math.isfinite(value) or value == 0:
        return None
    for unit, term, cost in _UNITS:
        fraction = rational(value / unit)
        if fraction is not None:
            simple = 0.02 * (abs(fraction.numerator) > 12) + 0.02 * (fraction.denominator > 4)
            return times(term, fraction), cost + simple
    return None


def rational(value: float) -> Fraction | None:
    """Return the simple fraction that a value is, None where it is none."""
    if not abs(value) <= LARGEST_NUMERATOR:
        return None
    slack = CLOSE * max(1.0, abs(value))
    for denominator in range(1, LARGEST_DENOMINATOR + 1):
        numerator = round(value * denominator)
        if abs(numerator / denominator - value) <= slack:
            return Fraction(numerator, denominator) if 0 < abs(numerator) <= LARGEST_NUMERATOR else None
    return None


def times(term: Term, factor: Fraction) -> Term:
    """Return the term times a rational, as it is written."""
    if term == ONE:
        return number(factor)
    if isinstance(term, Quotient) and term.numerator == ONE:
        above, below = Number(Fraction(abs(factor.numerator))), Number(Fraction(factor.denominator))
        scaled: Term = Quotient(above, Product((below, term.denominator)))
    else:
        scaled = Product((number(abs(factor)), term))
    return tidy(Negative(scaled) if factor < 0 else scaled)
