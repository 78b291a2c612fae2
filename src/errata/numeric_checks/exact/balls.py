"""Arithmetic on numbers that are exact rationals as long as possible, and real balls (Arb) from then on."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb, fmpq

PRECISION = 200
LARGEST_POWER = 4000

Exact = Fraction | Any
"""A Fraction or an `arb` ball (python-flint has no type stubs)."""


class Unproven(Exception):
    """Exact evaluation does not reach this term, or a decision lies inside the radius of a ball."""


class Undefined(Exception):
    """The term has no value here (division by 0, logarithm of a negative number, ...)."""


def ball(x: Exact) -> Any:
    """Return the number as a ball."""
    return arb(fmpq(x.numerator, x.denominator)) if isinstance(x, Fraction) else x


def add(x: Exact, y: Exact) -> Exact:
    """x + y."""
    return x + y if isinstance(x, Fraction) and isinstance(y, Fraction) else ball(x) + ball(y)


def negative(x: Exact) -> Exact:
    """-x."""
    return -x


def multiply(x: Exact, y: Exact) -> Exact:
    """x y; an exact zero wins."""
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x * y
    if (isinstance(x, Fraction) and x == 0) or (isinstance(y, Fraction) and y == 0):
        return Fraction(0)
    return ball(x) * ball(y)


def divide(x: Exact, y: Exact) -> Exact:
    """x / y; Undefined for y = 0, Unproven where y may be 0."""
    if isinstance(y, Fraction):
        if y == 0:
            raise Undefined("division by zero")
        return x / y if isinstance(x, Fraction) else ball(x) / ball(y)
    if y.contains(0):
        raise Unproven("a divisor that may be zero")
    return ball(x) / y


def sign(x: Exact) -> int:
    """The sign; Unproven where a ball contains 0 but is not 0."""
    if isinstance(x, Fraction):
        return (x > 0) - (x < 0)
    if x > 0:
        return 1
    if x < 0:
        return -1
    raise Unproven("a sign that the radius leaves open")


def power(base: Exact, exponent: Exact) -> Exact:
    """base ^ exponent for an integer exponent or a positive base."""
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        whole = int(exponent)
        if abs(whole) > LARGEST_POWER:
            raise Unproven("a large power")
        if whole < 0:
            return divide(Fraction(1), power(base, Fraction(-whole)))
        return base**whole if isinstance(base, Fraction) else ball(base) ** whole
    if sign(base) < 0:
        raise Undefined("a root of a negative number")
    if isinstance(base, Fraction) and base == 0:
        if sign(exponent) > 0:
            return Fraction(0)
        raise Undefined("a negative power of zero")
    if isinstance(exponent, Fraction) and exponent == Fraction(1, 2):
        return square_root(base)
    return (ball(exponent) * ball(base).log()).exp()


def square_root(x: Exact) -> Exact:
    """The square root, exact for squares of rationals."""
    if sign(x) < 0:
        raise Undefined("a root of a negative number")
    if isinstance(x, Fraction):
        from math import isqrt

        top, bottom = isqrt(x.numerator), isqrt(x.denominator)
        if top * top == x.numerator and bottom * bottom == x.denominator:
            return Fraction(top, bottom)
    return ball(x).sqrt()


def logarithm(x: Exact) -> Exact:
    """The natural logarithm; Undefined for x < 0; -infinity is not a value here."""
    if sign(x) < 0:
        raise Undefined("a logarithm of a negative number")
    if isinstance(x, Fraction):
        if x == 1:
            return Fraction(0)
        if x == 0:
            raise ZeroLogarithm
    return ball(x).log()


class ZeroLogarithm(Undefined):
    """log 0, which counts as 0 where it is multiplied by 0."""


def elementary(name: str, x: Exact) -> Exact:
    """An elementary function of one number."""
    rational = isinstance(x, Fraction)
    match name:
        case "log":
            return logarithm(x)
        case "exp":
            if rational and abs(x) > 600:
                raise Unproven("a large exponential")
            return Fraction(1) if rational and x == 0 else ball(x).exp()
        case "sqrt":
            return square_root(x)
        case "abs":
            return abs(x) if rational else (x if sign(x) > 0 else -x)
        case "sign":
            return Fraction(sign(x))
        case "relu":
            return x if sign(x) > 0 else Fraction(0)
        case "sigmoid":
            return divide(Fraction(1), add(Fraction(1), ball(negative(x)).exp()))
        case "softplus":
            return ball(add(Fraction(1), ball(x).exp())).log()
        case "sin" | "cos" | "sinh" | "cosh" | "tanh":
            if rational and x == 0:
                return Fraction(1 if name in ("cos", "cosh") else 0)
            return getattr(ball(x), name)()
        case "tan":
            return divide(ball(x).sin(), ball(x).cos())
        case "arctan":
            return ball(x).atan()
        case "arcsin" | "arccos":
            if sign(add(Fraction(1), negative(multiply(x, x)))) < 0:
                raise Undefined(name)
            return ball(x).asin() if name == "arcsin" else ball(x).acos()
        case "floor" | "ceiling" if isinstance(x, Fraction):
            return Fraction(x.__floor__() if name == "floor" else x.__ceil__())
        case "factorial" if isinstance(x, Fraction):
            if x.denominator != 1 or x < 0:
                raise Undefined("a factorial")
            if x > 300:
                raise Unproven("a large factorial")
            from math import factorial

            return Fraction(factorial(int(x)))
        case "gamma":
            if sign(x) <= 0:
                raise Unproven("gamma at a number that is not positive")
            return ball(x).gamma()
    raise Unproven(f"the function {name}")


def remainder(x: Exact, modulus: Exact) -> Exact:
    """The remainder of one rational number by another that is positive."""
    if not isinstance(x, Fraction) or not isinstance(modulus, Fraction):
        raise Unproven("a remainder of what is not rational")
    if modulus <= 0:
        raise Undefined("a remainder by what is not positive")
    return x % modulus


def text(x: Exact) -> str:
    """Write a number: a short fraction exactly, else five significant digits."""
    if isinstance(x, Fraction):
        if x.denominator <= 64 and abs(x.numerator) < 10**7:
            return str(x)
        return f"{float(x):.5g}"
    value = float(x.mid())
    return f"{value:.5g}"
