"""The ratio and the difference of both sides: where one of them is a number, it is what was lost."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from errata.language.definitions import free_symbols
from errata.language.terms import Elementary, Negative, Number, Product, Quotient, Sum, Term, subterms
from errata.numeric_checks.quantities import Floats
from errata.verify.diagnosis.bench import Bench, Candidate
from errata.verify.diagnosis.candidates.recognise import rational, recognised, times
from errata.verify.diagnosis.slips.slip import is_constant
from errata.verify.diagnosis.trees import ONE, number, tidy

STEADY = 1e-9
_SHARES = (Fraction(1), Fraction(1, 2))
NOT_WORKED_OUT = 0.8
"""What a result costs more where a calculation with numbers is written, not what it comes to."""
PUT_IN = 0.15
"""What a numeral costs more that is put in, where another one could be changed."""


def by_numbers(bench: Bench) -> Iterator[Candidate]:
    """Yield the written side times a number, plus a number, or the number that the other side comes to."""
    yield from written_number(bench)
    if not free_symbols(bench.written) | free_symbols(bench.other):
        return  # any two numbers have a ratio and a difference
    ratio = steady(bench.target.quotients(bench.written))
    if ratio is not None:
        fraction = rational(ratio)
        if fraction is not None:
            yield Candidate(scaled(bench.written, fraction), 1.05)
        known = recognised(ratio)
        if known is not None:
            yield Candidate(tidy(Product((known[0], bench.written))), 1.1 + known[1])
    difference = steady(bench.target.differences(bench.written))
    known = _as_logarithm(difference, bench) or recognised(difference) if difference is not None else None
    if known is not None:
        yield Candidate(plus(bench.written, known[0]), 1.3 + known[1])


def _as_logarithm(value: float, bench: Bench) -> tuple[Term, float] | None:
    """Return the logarithm of a number that stands in the step, or half of it, with its sign, where a value is that."""
    found = {t.value for side in (bench.written, bench.other) for t in subterms(side) if isinstance(t, Number)}
    for number_ in sorted(n for n in found if n > 1):
        share = value / math.log(number_)
        fraction = next((f for f in _SHARES if abs(abs(share) - f) < STEADY), None)
        if fraction is not None:
            return times(Elementary("log", (Number(number_),)), fraction if share > 0 else -fraction), 0.3
    return None


def written_number(bench: Bench) -> Iterator[Candidate]:
    """Yield the value of the other side, to the digits written."""
    value = steady(bench.target.values(bench.other))
    if value is None:
        return
    digits = _digits(bench.written)
    if digits is not None:
        nearest = Number(abs(Fraction(round(value, digits)).limit_denominator(10**digits)), digits)
        yield Candidate(Negative(nearest) if value < 0 else nearest, 0.9)
    known = recognised(value)
    if known is not None:
        worked_out = NOT_WORKED_OUT * (is_constant(bench.written) and not isinstance(bench.written, Number | Negative))
        yield Candidate(known[0], 1.3 + known[1] + worked_out)


def rounds(bench: Bench, term: Term) -> bool:
    """Return whether a term is the value of the other side, rounded to the digits that are written."""
    digits = _digits(term)
    value = steady(bench.target.values(bench.other)) if digits is not None else None
    written = steady(bench.target.values(term)) if value is not None else None
    if digits is None or value is None or written is None:
        return False
    return abs(value - written) <= 0.5 * 10.0**-digits * (1 + 1e-9)


def _digits(term: Term) -> int | None:
    """Return how many digits stand after the point of a written number, None for anything else."""
    plain = term.term if isinstance(term, Negative) else term
    return plain.decimals if isinstance(plain, Number) else None


def steady(rows: Sequence[Floats] | None) -> float | None:
    """Return the number that all rows are, None where they differ or there are none."""
    if rows is None:
        return None
    values = np.concatenate([r.ravel() for r in rows])
    values = values[np.isfinite(values)]
    if not len(values):
        return None
    middle = float(np.median(values))
    return middle if float(np.abs(values - middle).max()) <= STEADY * max(1.0, abs(middle)) else None


def plus(term: Term, addend: Term) -> Term:
    """Return the term with an addend at its end."""
    return tidy(Sum((term, addend)))


def scaled(term: Term, factor: Fraction) -> Term:
    """Return the term times a rational, which its own numeral takes up where it has one."""
    match term:
        case Negative(inner):
            return tidy(Negative(scaled(inner, factor)))
        case Number(value, None):
            return tidy(number(value * factor))
        case Product((Number(value, None), *rest)):
            return tidy(_times(value * factor, tuple(rest)))
        case Product((Quotient(Number(a, None), Number(b, None)), *rest)):
            return tidy(_times(a / b * factor, tuple(rest)))
        case Quotient(Number(a, None), Number(b, None)) if b:
            return tidy(number(a / b * factor))
        case Quotient(numerator, Number(value, None)) if value:
            return tidy(_over(numerator, factor / value))
        case Quotient(numerator, Product((Number(value, None), *rest))) if value:
            return tidy(_over_product(numerator, factor / value, tuple(rest)))
        case Quotient(numerator, denominator):
            if factor.numerator in (1, -1):
                below = Product((Number(Fraction(factor.denominator)), denominator))
                return tidy(_sign(Quotient(numerator, below), factor))
            return tidy(Quotient(scaled(numerator, factor), denominator))
    return tidy(_times(factor, (term,)))


def has_numeral(term: Term) -> bool:
    """Return whether a rational factor changes a numeral of the term, and is not put before it."""
    factor = Fraction(5, 7)
    return scaled(term, factor) != tidy(Product((number(factor), term)))


def _sign(term: Term, factor: Fraction) -> Term:
    return Negative(term) if factor < 0 else term


def _times(factor: Fraction, rest: tuple[Term, ...]) -> Term:
    return _sign(Product((number(abs(factor)), *rest)), factor)


def _over(numerator: Term, factor: Fraction) -> Term:
    above = numerator if abs(factor.numerator) == 1 else scaled(numerator, Fraction(abs(factor.numerator)))
    return _sign(Quotient(above, Number(Fraction(factor.denominator))), factor)


def _over_product(numerator: Term, factor: Fraction, rest: tuple[Term, ...]) -> Term:
    above = numerator if abs(factor.numerator) == 1 else scaled(numerator, Fraction(abs(factor.numerator)))
    below = rest if factor.denominator == 1 else (Number(Fraction(factor.denominator)), *rest)
    return _sign(Quotient(above, Product(below) if below else ONE), factor)
