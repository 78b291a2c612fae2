"""Logarithms, exponentials and powers with symbolic exponents.

log takes a product apart only where every factor it takes out is known to be positive: then what is left is
positive too, wherever the logarithm is defined.
"""

from __future__ import annotations

from fractions import Fraction

from errata.verify.normal_form import signs
from errata.verify.normal_form.factors import content
from errata.verify.normal_form.facts import is_nonzero
from errata.verify.normal_form.polynomials import (
    accumulate,
    add,
    combined,
    constant,
    constant_value,
    magnitude,
    monomial,
    multiply,
    power,
    prime_factors,
    scale,
    single,
    together,
)
from errata.verify.normal_form.workspace import Atom, Monomial, Polynomial, Rational, Refused, Workspace

LOG_OF_PRODUCT = "logarithm of a product"
LOG_OF_QUOTIENT = "logarithm of a quotient"
LOG_OF_POWER = "logarithm of a power"
EXP_OF_SUM = "exponential of a sum"
INVERSES = "exponential and logarithm are inverse"
NORMAL_DENSITY = "Gaussian density"


def logarithm(w: Workspace, argument: Polynomial) -> Polynomial:
    """Return log(argument) in normal form; the argument is positive, as the logarithm is defined."""
    if not argument:
        raise Refused("logarithm of zero")
    numerator, denominators = together(w, argument)
    if not numerator:
        raise Refused("logarithm of zero")
    c, m, core = content(numerator)
    factors: list[tuple[Atom, Rational]] = [*m, *((g, -k) for g, k in denominators)]
    if len(core) > 1:
        factors.append((w.atom("group", w.freeze(core)), 1))
    result: Polynomial = {}
    unknown: list[tuple[Atom, Rational]] = []
    many = len(factors) + (abs(c) != 1) > 1
    for atom, exponent in factors:
        sign = signs.sign_of_atom(w, atom)
        if not sign and isinstance(exponent, Fraction) and exponent.denominator % 2 == 0:
            sign = 1  # an even root is defined, and its logarithm too, so its base is > 0
        if sign == 0 and isinstance(exponent, int) and exponent % 2 == 0 and atom.kind not in ("group", "power"):
            modulus = single(w.atom("abs", w.freeze(single(atom))))  # log a^2 = 2 log |a|, as a != 0 there
            if w.allows(LOG_OF_POWER) and not (many and not _may_split(w, exponent)):
                accumulate(result, _log_atom(w, modulus), exponent)
                continue
        if sign == 0 or ((many or exponent < 0) and not _may_split(w, exponent)):
            unknown.append((atom, exponent))
            continue
        if sign < 0 and exponent % 2:
            c = -c
        if abs(exponent) != 1 and not w.allows(LOG_OF_POWER):
            unknown.append((atom, exponent))
            continue
        accumulate(result, _log_of_positive(w, atom, sign), exponent)
    if not unknown:
        if c < 0:
            raise Refused("logarithm of a negative number")
        return add(result, log_of_number(w, c))
    accumulate(result, log_of_number(w, magnitude(c)))
    rest = scale(-1 if c < 0 else 1, _unexpanded(w, unknown))
    return add(result, _log_atom(w, rest))


def _may_split(w: Workspace, exponent: Rational) -> bool:
    return w.allows(LOG_OF_PRODUCT if exponent > 0 else LOG_OF_QUOTIENT)


def _unexpanded(w: Workspace, factors: list[tuple[Atom, Rational]]) -> Polynomial:
    return monomial(w, factors)


def _log_of_positive(w: Workspace, atom: Atom, sign: int) -> Polynomial:
    """log |atom| for an atom of known sign."""
    if atom.kind == "density":
        w.leaned_on[atom.arguments[0]] = None
    if atom.kind == "number":
        return log_of_number(w, atom.arguments[0])
    if atom.kind == "exp" and w.allows(INVERSES):
        inner: Polynomial = atom.arguments[0].polynomial()
        return inner
    if atom.kind == "normal" and w.allows(NORMAL_DENSITY):
        return log_of_normal(w, atom)
    if atom.kind == "normals" and w.allows(NORMAL_DENSITY):
        return w.hooks.log_of_normals(w, atom)
    if atom.kind == "group":
        inside = atom.arguments[0].polynomial()
        if sign < 0:
            inside = scale(-1, inside)
        return _log_atom(w, inside)
    return _log_atom(w, single(atom) if sign > 0 else {((atom, 1),): -1})


def _log_atom(w: Workspace, argument: Polynomial) -> Polynomial:
    """log of an argument whose factors cannot be told apart; a positive number is still taken out."""
    first = magnitude(argument[min(argument)])
    if first != 1:
        rest = scale(Fraction(1) / first, argument)
        return add(log_of_number(w, first), single(w.atom("log", w.freeze(rest))))
    return single(w.atom("log", w.freeze(argument)))


def log_of_number(w: Workspace, value: Rational) -> Polynomial:
    """Return log of a positive rational by its primes."""
    result: Polynomial = {}
    if value == 1:
        return result
    factors = prime_factors(w, Fraction(value))
    if sum(abs(k) for k in factors.values()) > 1:
        w.allows(LOG_OF_PRODUCT)
    for prime, count in factors.items():
        accumulate(result, single(w.atom("log", w.freeze(constant(prime)))), count)
    return result


def log_of_normal(w: Workspace, atom: Atom) -> Polynomial:
    """log N(x; m, v) = -1/2 log(2 pi) - 1/2 log v - (x - m)^2 / (2 v)."""
    point, mean, variance = (part.polynomial() for part in atom.arguments)
    two_pi = multiply(w, constant(2), single(w.atom("pi")))
    result = scale(Fraction(-1, 2), logarithm(w, multiply(w, two_pi, variance)))
    accumulate(result, scaled_distance(w, point, mean, variance), Fraction(-1, 2))
    return result


def scaled_distance(w: Workspace, point: Polynomial, mean: Polynomial, variance: Polynomial) -> Polynomial:
    """(x - m)^2 / v."""
    difference = add(point, scale(-1, mean))
    return multiply(w, multiply(w, difference, difference), power(w, variance, -1))


def exponential(w: Workspace, argument: Polynomial) -> Polynomial:
    """Return exp(argument): one factor for each monomial; exp(c log a) = a^c."""
    argument = combined(w, argument)
    if len(argument) > 1 and not w.allows(EXP_OF_SUM):
        return single(w.atom("exp", w.freeze(argument)))
    result = constant(1)
    for m, c in argument.items():
        result = multiply(w, result, _exp_of_monomial(w, m, c))
    return result


def _exp_of_monomial(w: Workspace, m: Monomial, c: Rational) -> Polynomial:
    if len(m) == 1 and m[0][1] == 1 and m[0][0].kind == "log" and w.allows(INVERSES):
        return power(w, m[0][0].arguments[0].polynomial(), c)
    if isinstance(c, int) and abs(c) > 10**9:
        return single(w.atom("exp", w.freeze({m: c})))
    return {((w.atom("exp", w.freeze({m: 1})), c),): 1}


def general_power(w: Workspace, base: Polynomial, exponent: Polynomial, integer: bool) -> Polynomial:
    """Return base^exponent; `integer` tells that every value of the exponent is an integer.

    With a symbolic exponent: exp(exponent log base) where the base is positive, else split over the terms of
    an integer exponent, else an opaque atom.
    """
    number = constant_value(exponent)
    if number is not None:
        return power(w, base, number)
    if not base:
        raise Refused("zero to a symbolic power")
    if constant_value(base) == 1:
        return constant(1)
    if signs.sign(w, combined(w, base)) > 0:
        return exponential(w, multiply(w, exponent, logarithm(w, base)))
    exponent = combined(w, exponent)
    base = combined(w, base)
    if not integer:
        return single(w.atom("power", w.freeze(base), w.freeze(exponent)))
    shift = exponent.get((), 0)
    if not isinstance(shift, int):
        return single(w.atom("power", w.freeze(base), w.freeze(exponent)))
    symbolic = {m: c for m, c in exponent.items() if m}
    if constant_value(base) == -1 and all(isinstance(c, int) for c in symbolic.values()):
        symbolic = {m: 1 for m, c in symbolic.items() if isinstance(c, int) and c % 2}
        shift %= 2
        if not symbolic:
            return constant((-1) ** shift)
    result = single(w.atom("power", w.freeze(base), w.freeze(symbolic)))
    if shift:
        if shift < 0 and not _surely_nonzero(w, base):
            w.require(f"{_described(base)} != 0")
        result = multiply(w, result, power(w, base, shift))
    return result


def _surely_nonzero(w: Workspace, base: Polynomial) -> bool:
    return len(base) == 1 and all(is_nonzero(w, atom) for m in base for atom, _ in m)


def _described(base: Polynomial) -> str:
    if len(base) == 1:
        ((m, c),) = base.items()
        if c == 1 and len(m) == 1 and m[0][0].kind == "name":
            return str(m[0][0].arguments[0])
    return "the base of a power"
