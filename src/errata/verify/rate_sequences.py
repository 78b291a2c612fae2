"""Whether a quantity vanishes, settles or grows without bound, by its values along sequences that go to infinity.

A formula without sums up to what moves is taken at powers of ten, each the square of the one before, and at such
places shifted; one with such sums at a few thousands at most. What is slow, as log log n is, or a small power of n
against a logarithm, shows no clear trend there, and none is told.

mpmath is imported with this module; import it late.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import mpmath

from errata.language.definitions import free_symbols
from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.terms import (
    Aggregate,
    Comparison,
    Constant,
    Elementary,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Sum,
    Term,
    subterms,
)

Trend = Literal["zero", "constant", "infinite"]
Values = Mapping[str, mpmath.mpf]

EXPONENTS = (8, 16, 32, 64, 128, 256, 512)
FEW = (16, 64, 256, 1024, 4096)
DIGITS, FEW_DIGITS = 620, 40
DRAWS = 6
FAR = 50
MOST_TERMS = 80_000
"""So many terms of sums are added up for one claim at most."""
LARGEST = 4000
"""Powers, factorials and waves are taken of numbers with at most so many binary digits."""
SHOWN = (10, 100, 1000)


class NoValue(Exception):
    """A term that has no value here, or none that is worked out within bounds."""


@dataclass(slots=True)
class Evaluator:
    """Evaluates terms of numbers with many digits, within a budget of added terms."""

    left: int = field(default=MOST_TERMS)

    def value(self, term: Term, values: Values) -> mpmath.mpf:
        """Return the value of a term. Raises NoValue."""
        found = self._value(term, values)
        if isinstance(found, mpmath.mpc) or not mpmath.isfinite(found):
            raise NoValue
        return found

    def _value(self, term: Term, values: Values) -> mpmath.mpf:
        match term:
            case Number(value):
                return mpmath.mpf(value.numerator) / value.denominator
            case Constant("pi" | "e" as kind):
                return +(mpmath.pi if kind == "pi" else mpmath.e)
            case Name(symbol) if symbol in values:
                return values[symbol]
            case Negative(inner):
                return -self.value(inner, values)
            case Sum(terms):
                return mpmath.fsum(self.value(part, values) for part in terms)
            case Product(factors):
                return mpmath.fprod(self.value(part, values) for part in factors)
            case Quotient(numerator, denominator):
                below = self.value(denominator, values)
                if below == 0:
                    raise NoValue
                return self.value(numerator, values) / below
            case Power(base, exponent):
                return self._applied(mpmath.power, self.value(base, values), self.value(exponent, values))
            case Elementary(function, arguments) if (function, len(arguments)) in _FUNCTIONS:
                return self._applied(_FUNCTIONS[function, len(arguments)], *(self.value(a, values) for a in arguments))
            case Aggregate("sum", binder, body) if isinstance(binder.domain, Range):
                return self._sum(binder.name.symbol, binder.domain, body, values)
        raise NoValue

    def _applied(self, function: Callable[..., mpmath.mpf], *arguments: mpmath.mpf) -> mpmath.mpf:
        if any(a != 0 and mpmath.mag(a) > LARGEST for a in arguments[-1:]) and function not in _OF_ANY_SIZE:
            raise NoValue
        try:
            return function(*arguments)
        except (ArithmeticError, ValueError, NotImplementedError) as failure:
            raise NoValue from failure

    def _sum(self, symbol: str, domain: Range, body: Term, values: Values) -> mpmath.mpf:
        low, high = self.value(domain.low, values), self.value(domain.high, values)
        if not (mpmath.isint(low) and mpmath.isint(high)) or high - low >= self.left:
            raise NoValue
        self.left -= max(0, int(high - low) + 1)
        return mpmath.fsum(self.value(body, {**values, symbol: mpmath.mpf(k)}) for k in range(int(low), int(high) + 1))


def _logarithm(x: mpmath.mpf, base: mpmath.mpf | None = None) -> mpmath.mpf:
    if x <= 0 or (base is not None and (base <= 0 or base == 1)):
        raise NoValue
    return mpmath.log(x) if base is None else mpmath.log(x) / mpmath.log(base)


_FUNCTIONS: Mapping[tuple[str, int], Callable[..., mpmath.mpf]] = {
    ("exp", 1): mpmath.exp,
    ("sqrt", 1): mpmath.sqrt,
    ("abs", 1): abs,
    ("log", 1): _logarithm,
    ("log", 2): _logarithm,
    ("sin", 1): mpmath.sin,
    ("cos", 1): mpmath.cos,
    ("tanh", 1): mpmath.tanh,
    ("arctan", 1): mpmath.atan,
    ("factorial", 1): mpmath.factorial,
    ("gamma", 1): mpmath.gamma,
    ("floor", 1): mpmath.floor,
    ("ceiling", 1): mpmath.ceil,
    ("ceil", 1): mpmath.ceil,
}
_OF_ANY_SIZE = (_logarithm, abs, mpmath.sqrt, mpmath.atan)


def trend(term: Term, symbol: str, scope: Scope) -> Trend | None:
    """Return where the size of a term goes as a name grows, None where its values do not show it clearly.

    The other names are drawn within their declared domains; what is told is so for all draws, and along the shifted
    sequence, too.
    """
    return _common(lambda draw, shifted: _trend_along(term, symbol, draw, shifted), term, symbol, scope)


def sign(term: Term, symbol: str, scope: Scope) -> int:
    """Return the sign that a term keeps far out, 0 where it keeps none."""

    def far(draw: Values, shifted: bool) -> str | None:
        signs = {mpmath.sign(value) for value in _samples(term, symbol, draw, shifted)[-4:]}
        return str(int(signs.pop())) if len(signs) == 1 else None

    return int(_common(far, term, symbol, scope) or 0)


def values_at(terms: Sequence[Term], symbol: str, scope: Scope) -> tuple[str, ...]:
    """Return in words what terms are at a few values of what moves, with the parameters as they are drawn first."""
    found = []
    with mpmath.workdps(FEW_DIGITS):
        try:
            draw = _drawn(free_symbols(Sum(tuple(terms))) - {symbol}, scope, 2)
            for place in SHOWN:
                evaluator = Evaluator()
                numbers = [evaluator.value(term, {**draw, symbol: mpmath.mpf(place)}) for term in terms]
                found.append(f"{symbol} = {place}: " + ", ".join(mpmath.nstr(number, 5) for number in numbers))
        except NoValue:
            return ()
        told = ", ".join(f"{name} = {mpmath.nstr(value, 4)}" for name, value in sorted(draw.items()))
    return (*((told,) if told else ()), *found)


def _common(along: Callable[[Values, bool], str | None], term: Term, symbol: str, scope: Scope) -> Trend | None:
    parameters = free_symbols(term) - {symbol}
    found: set[str | None] = set()
    with mpmath.workdps(FEW_DIGITS if _has_sum(term) else DIGITS):
        try:
            for number in range(DRAWS if parameters else 1):
                draw = _drawn(parameters, scope, number)
                found |= {along(draw, shifted) for shifted in (False, True)}
                if len(found) > 1 or None in found:
                    return None
        except NoValue:
            return None
    return found.pop()  # type: ignore[return-value]


def _has_sum(term: Term) -> bool:
    """Return whether sums over ranges stand in a term, which are added up term by term."""
    return any(isinstance(p, Aggregate) and isinstance(p.binder.domain, Range) for p in subterms(term))


def _drawn(names: set[str], scope: Scope, number: int) -> dict[str, mpmath.mpf]:
    """Draw a value for every name within its declared domain, near its ends or far out first, then between.

    Raises NoValue for what is no number.
    """
    source = random.Random(number)
    return {name: _value_in(name, scope, source, number) for name in sorted(names)}


def _value_in(name: str, scope: Scope, source: random.Random, number: int) -> mpmath.mpf:
    sort = scope.sorts.get(name, Real())
    if not isinstance(sort, Real) or sort.complex:
        raise NoValue
    lows = [float(sort.low)] if sort.low is not None else []
    highs = [float(sort.high)] if sort.high is not None else []
    for assumption in scope.assumptions:
        match assumption:
            case Comparison(">" | ">=", Name(symbol), Number(bound)) if symbol == name:
                lows.append(float(bound))
            case Comparison("<" | "<=", Name(symbol), Number(bound)) if symbol == name:
                highs.append(float(bound))
            case Comparison("<" | "<=", Elementary("abs", (Name(symbol),)), Number(bound)) if symbol == name:
                lows.append(-float(bound))
                highs.append(float(bound))
            case _ if name in free_symbols(assumption):
                raise NoValue  # a condition that is not met by drawing from an interval
    low, high = max(lows, default=None), min(highs, default=None)
    share = mpmath.mpf(source.randint(1, 96)) / 97 if number > 1 else (1 + 98 * mpmath.mpf(number)) / 100
    reach = 3 if number > 1 else FAR
    if low is not None and high is not None:
        drawn = low + (high - low) * share
    elif low is not None:
        drawn = low + reach * share if number != 0 else low + share
    elif high is not None:
        drawn = high - reach * share if number != 0 else high - share
    else:
        drawn = reach * (2 * share - 1)
    return mpmath.ceil(drawn) if sort.integer else drawn


def _samples(term: Term, symbol: str, draw: Values, shifted: bool) -> list[mpmath.mpf]:
    places = [mpmath.mpf(n) for n in FEW] if _has_sum(term) else [mpmath.mpf(10) ** e for e in EXPONENTS]
    if shifted:
        places = [5 * place / 4 + 1 for place in places]
    evaluator = Evaluator()
    return [evaluator.value(term, {**draw, symbol: place}) for place in places]


def _trend_along(term: Term, symbol: str, draw: Values, shifted: bool) -> Trend | None:
    sizes = [abs(value) for value in _samples(term, symbol, draw, shifted)]
    if all(size == 0 for size in sizes[-4:]):
        return "zero"
    if any(size == 0 for size in sizes):
        return None
    if _has_sum(term):
        logarithms = any(isinstance(part, Elementary) and part.function == "log" for part in subterms(term))
        return _of_few(sizes, logarithms)
    return _of_many(sizes[-5:])


def _of_many(sizes: list[mpmath.mpf]) -> Trend | None:
    """Tell the trend of sizes at places of which each is the square of the one before."""
    ratios = [b / a for a, b in pairwise(sizes)]
    steps = [b - a for a, b in pairwise(sizes)]
    if all(ratio <= mpmath.mpf("0.75") for ratio in ratios):
        return "zero"
    slopes = [mpmath.log(ratio) for ratio in ratios]
    if all(ratio >= mpmath.mpf("1.35") for ratio in ratios):
        return "infinite" if all(b >= a * mpmath.mpf("0.999") for a, b in pairwise(slopes)) else None
    still = sizes[-1] * mpmath.mpf(10) ** -100
    settling = all(abs(b) <= still or 0 < b / a <= mpmath.mpf("0.62") for a, b in pairwise(steps) if a)
    return "constant" if settling and abs(steps[-1]) <= sizes[-1] / 20 else None


def _of_few(sizes: list[mpmath.mpf], logarithms: bool) -> Trend | None:
    """Tell the trend of sizes at places of which each is four times the one before, or nearly so.

    What settles does so as a power does, by even shares. Falling as 1 / log n and growing as a small power together
    look alike for a while: where logarithms stand in the term, nothing slower than 1 / n is trusted.
    """
    most = mpmath.mpf("0.3") if logarithms else mpmath.mpf("0.55")
    slopes = [mpmath.log(b / a, 4) for a, b in pairwise(sizes[1:])]
    steady = abs(slopes[-1]) >= mpmath.mpf("0.9") * abs(slopes[0])
    if steady and all(slope >= mpmath.mpf("0.25") for slope in slopes):
        return "infinite"
    if steady and all(slope <= mpmath.mpf("-0.25") for slope in slopes):
        return "zero"
    steps = [b - a for a, b in pairwise(sizes)]
    still = sizes[-1] * mpmath.mpf(10) ** -20
    if all(abs(step) <= still for step in steps[1:]):
        return "constant"
    if any(abs(step) <= still for step in steps):
        return None
    shares = [b / a for a, b in pairwise(steps)]
    even = max(shares) <= mpmath.mpf("1.1") * min(shares)
    settling = even and all(0 < share <= most for share in shares)
    return "constant" if settling and abs(steps[-1]) <= sizes[-1] / 20 else None
