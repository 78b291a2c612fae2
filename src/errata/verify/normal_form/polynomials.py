"""Arithmetic of polynomials over atoms, with negative and fractional exponents.

A sum under a negative or fractional power is the atom `group(core)`, its content and its monomial factors taken
out, so that equal denominators are equal atoms. A group never has an exponent >= 1: that part is multiplied out.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import floor

from errata.verify.normal_form import signs
from errata.verify.normal_form.factors import by_number, content, divided, tidy
from errata.verify.normal_form.workspace import (
    Atom,
    Exhausted,
    Frozen,
    Monomial,
    Polynomial,
    Rational,
    Refused,
    Workspace,
)

COMMON_DENOMINATOR = "common denominator"
POWER_OF_PRODUCT = "power of a product"
PYTHAGORAS = "Pythagorean identity"
LARGEST_POWER = 12
LARGEST_NUMBER = 10**80

# Atoms that change shape when their exponent grows.
_EXPANDING = frozenset(("group", "number", "abs", "delta", "indicator", "cos"))


def magnitude(value: Rational) -> Rational:
    """Return the absolute value."""
    return -value if value < 0 else value


def constant(value: Rational) -> Polynomial:
    """Return the polynomial of a number."""
    return {(): tidy(value)} if value else {}


def single(atom: Atom, exponent: Rational = 1) -> Polynomial:
    """Return the polynomial atom^exponent."""
    return {((atom, exponent),): 1}


def is_constant(polynomial: Polynomial) -> bool:
    """Whether the polynomial is a number."""
    return not polynomial or (len(polynomial) == 1 and () in polynomial)


def constant_value(polynomial: Polynomial) -> Rational | None:
    """Return the number that the polynomial is, None if it is none."""
    return polynomial.get((), 0) if is_constant(polynomial) else None


def accumulate(target: Polynomial, polynomial: Polynomial, factor: Rational = 1) -> None:
    """Add factor times the polynomial to the target, in place."""
    for monomial, coefficient in polynomial.items():
        value = target.get(monomial, 0) + factor * coefficient
        if value:
            target[monomial] = tidy(value)
        else:
            target.pop(monomial, None)


def add(*polynomials: Polynomial) -> Polynomial:
    """Return the sum."""
    result: Polynomial = {}
    for polynomial in polynomials:
        accumulate(result, polynomial)
    return result


def subtract(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return left - right."""
    result = dict(left)
    accumulate(result, right, -1)
    return result


def scale(factor: Rational, polynomial: Polynomial) -> Polynomial:
    """Return factor times the polynomial."""
    if not factor:
        return {}
    return {monomial: tidy(factor * coefficient) for monomial, coefficient in polynomial.items()}


def multiply(w: Workspace, left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the product, multiplied out."""
    w.spend(len(left) * len(right))
    if len(left) == 1 and len(right) == 1:
        ((m, c),), ((n, d),) = left.items(), right.items()
        return scale(c * d, join(w, m, n) if m and n else {m or n: 1})
    result: Polynomial = {}
    for m, c in left.items():
        for n, d in right.items():
            if not m or not n:
                accumulate(result, {m or n: c * d})
            else:
                accumulate(result, join(w, m, n), c * d)
    return result


def product(w: Workspace, polynomials: Iterable[Polynomial]) -> Polynomial:
    """Return the product of all."""
    result = constant(1)
    for polynomial in polynomials:
        result = multiply(w, result, polynomial)
    return result


def join(w: Workspace, left: Monomial, right: Monomial) -> Polynomial:
    """Return the product of two monomials; a polynomial, as groups may be multiplied out."""
    merged = dict(left)
    grown: list[Atom] = []
    for atom, exponent in right:
        old = merged.get(atom)
        if old is None:
            merged[atom] = exponent
            continue
        both = tidy(old + exponent)
        if both:
            merged[atom] = both
            if atom.kind in _EXPANDING:
                grown.append(atom)
        else:
            del merged[atom]
    return _expanded(w, merged, grown)


def monomial(w: Workspace, factors: Iterable[tuple[Atom, Rational]]) -> Polynomial:
    """Return the product of atoms with exponents."""
    merged: dict[Atom, Rational] = {}
    for atom, exponent in factors:
        both = tidy(merged.get(atom, 0) + exponent)
        if both:
            merged[atom] = both
        else:
            merged.pop(atom, None)
    return _expanded(w, merged, [atom for atom in merged if atom.kind in _EXPANDING])


def _expanded(w: Workspace, merged: dict[Atom, Rational], grown: list[Atom]) -> Polynomial:
    extra: list[Polynomial] = []
    for atom in grown:
        exponent = merged[atom]
        rest, replacement = _reduced_exponent(w, atom, exponent)
        if replacement is None:
            continue
        extra.append(replacement)
        if rest:
            merged[atom] = rest
        else:
            del merged[atom]
    result: Polynomial = {tuple(sorted(merged.items(), key=by_number)): 1}
    for factor in extra:
        result = multiply(w, result, factor)
    return result


def _reduced_exponent(w: Workspace, atom: Atom, exponent: Rational) -> tuple[Rational, Polynomial | None]:
    """Return the exponent that stays and the polynomial that the rest of the power is, None if nothing moves."""
    if atom.kind in ("delta", "indicator"):
        if exponent > 0 and exponent != 1:
            return 0, single(atom)
        return exponent, None
    if atom.kind == "number":
        whole = floor(exponent)
        base: Rational = atom.arguments[0]
        if whole:
            if abs(whole) > 256:
                raise Exhausted
            return tidy(exponent - whole), constant(Fraction(base) ** whole)
        return exponent, None
    whole = floor(exponent)
    if atom.kind == "abs":
        even = whole - whole % 2
        if even > 0:
            return tidy(exponent - even), power(w, atom.arguments[0].polynomial(), even)
        return exponent, None
    if atom.kind == "cos":
        even = whole - whole % 2
        if even > 0 and w.allows(PYTHAGORAS):
            sine_squared = monomial(w, [(w.atom("sin", *atom.arguments), 2)])
            return tidy(exponent - even), power(w, subtract(constant(1), sine_squared), even // 2)
        return exponent, None
    if whole >= 1:
        return tidy(exponent - whole), power(w, atom.arguments[0].polynomial(), whole)
    return exponent, None


def power(w: Workspace, base: Polynomial, exponent: Rational) -> Polynomial:
    """Return base^exponent for a rational exponent; raises Refused for 0 to a negative power."""
    exponent = tidy(exponent)
    if exponent == 0:
        return constant(1)
    if exponent == 1:
        return dict(base)
    if not base:
        if exponent > 0:
            return {}
        raise Refused("division by zero")
    if isinstance(exponent, int) and (exponent > 0 and len(base) > 1):
        if exponent > LARGEST_POWER:
            raise Exhausted
        half = power(w, base, exponent // 2)
        square = multiply(w, half, half)
        return multiply(w, square, base) if exponent % 2 else square
    if len(base) == 1:
        ((m, c),) = base.items()
        return _power_of_monomial(w, c, m, exponent)
    numerator, denominators = together(w, base)
    if not numerator:
        raise Refused("division by zero")
    c, m, core = content(numerator)
    if len(core) == 1:
        inside = monomial(w, [*m, *((g, -k) for g, k in denominators)])
        return power(w, scale(c, inside), exponent)
    group = w.atom("group", w.freeze(core))
    return _power_of_factors(w, c, [*m, *((g, -k) for g, k in denominators), (group, 1)], exponent)


def _power_of_monomial(w: Workspace, c: Rational, m: Monomial, exponent: Rational) -> Polynomial:
    return _power_of_factors(w, c, list(m), exponent)


def _power_of_factors(
    w: Workspace, c: Rational, factors: list[tuple[Atom, Rational]], exponent: Rational
) -> Polynomial:
    """(c * product of atom^e)^exponent; for a fractional exponent every factor taken apart must be > 0."""
    if isinstance(exponent, int):
        if abs(exponent) > 4096 or (c != 1 and _is_large(c, exponent)):
            raise Exhausted
        result = monomial(w, ((a, e * exponent) for a, e in factors))
        return result if c == 1 else scale(Fraction(c) ** exponent, result)
    out: list[tuple[Atom, Rational]] = []
    kept: list[tuple[Atom, Rational]] = []
    for atom, e in factors:
        positive = signs.sign_of_atom(w, atom) > 0
        half_open = not isinstance(e, int)  # a fractional power is defined, so its base is >= 0
        (out if positive or half_open else kept).append((atom, e))
    if kept and c > 0 and all(isinstance(e, int) and e % 2 == 0 for _, e in kept):
        out += [(_modulus(w, atom), e) for atom, e in kept]  # a^2 = |a|^2, whatever the sign of a
        kept = []
    if not kept and c < 0:
        raise Refused("a root of a negative number")
    if out and not w.allows(POWER_OF_PRODUCT):
        kept, out = kept + out, []
    if len(kept) == 1 and kept[0][1] == 1 and c > 0:  # the only factor without a known sign: >= 0 as it is defined
        out, kept = out + kept, []
    result = monomial(w, ((a, e * exponent) for a, e in out))
    if kept:
        sign = -1 if c < 0 else 1
        inside = scale(sign, monomial(w, kept))
        if len(inside) == 1 and sign == 1 and _is_single_atom(inside):
            result = multiply(w, result, single(kept[0][0], exponent))
        else:
            group = w.atom("group", w.freeze(inside))
            result = multiply(w, result, monomial(w, [(group, exponent)]))
    return multiply(w, result, root_of_number(w, magnitude(c), exponent))


def _is_large(base: Rational, exponent: int) -> bool:
    number = Fraction(base)
    return bool(max(abs(number.numerator), number.denominator) ** min(abs(exponent), 300) > LARGEST_NUMBER)


def _modulus(w: Workspace, atom: Atom) -> Atom:
    inside = atom.arguments[0] if atom.kind == "group" else w.freeze(single(atom))
    return w.atom("abs", inside)


def _is_single_atom(polynomial: Polynomial) -> bool:
    ((m, c),) = polynomial.items()
    return len(m) == 1 and m[0][1] == 1 and c == 1


def root_of_number(w: Workspace, value: Rational, exponent: Rational) -> Polynomial:
    """Return value^exponent for a rational value > 0, by primes."""
    result = constant(1)
    for prime, count in prime_factors(w, Fraction(value)).items():
        result = multiply(w, result, monomial(w, [(w.atom("number", prime), count * exponent)]))
    return result


def prime_factors(w: Workspace, value: Fraction) -> dict[int, int]:
    """Return the prime factors of a positive rational with their exponents.

    A factor with no prime divisor below 1000 is kept whole: that is canonical enough for numbers in notes.
    """
    factors: dict[int, int] = {}
    for number, sign in ((value.numerator, 1), (value.denominator, -1)):
        rest = number
        divisor = 2
        while divisor < 1000 and divisor * divisor <= rest:
            while rest % divisor == 0:
                factors[divisor] = factors.get(divisor, 0) + sign
                rest //= divisor
            divisor += 1
        w.spend(divisor // 8)
        if rest > 1:
            factors[rest] = factors.get(rest, 0) + sign
    return {prime: count for prime, count in factors.items() if count}


def together(w: Workspace, polynomial: Polynomial) -> tuple[Polynomial, list[tuple[Atom, Rational]]]:
    """Return a numerator without groups in denominators, and the denominators as (group, exponent).

    Side condition: each denominator is nonzero, which holds wherever the polynomial has a value.
    """
    lowest: dict[Atom, Rational] = {}
    for m in polynomial:
        for atom, e in m:
            if atom.kind == "group" and e < 0:
                lowest[atom] = min(e, lowest.get(atom, 0))
    if not lowest:
        return polynomial, []
    if len(polynomial) == 1:
        ((m, c),) = polynomial.items()
        return (
            {tuple((a, e) for a, e in m if a not in lowest): c},
            sorted(((a, -e) for a, e in lowest.items()), key=by_number),
        )
    if not w.allows(COMMON_DENOMINATOR):
        return polynomial, []
    numerator: Polynomial = {}
    powers: dict[tuple[Atom, Rational], Polynomial] = {}
    for m, c in polynomial.items():
        have = dict(m)
        part: Polynomial = {tuple((a, e) for a, e in m if a not in lowest): c}
        for atom, e in lowest.items():
            missing = tidy(have.get(atom, 0) - e)
            if missing:
                key = (atom, missing)
                if key not in powers:
                    powers[key] = _power_of_group(w, atom, missing)
                part = multiply(w, part, powers[key])
        accumulate(numerator, part)
    denominators: list[tuple[Atom, Rational]] = []
    for atom, e in sorted(lowest.items(), key=by_number):
        k = -e
        while len(numerator) > 1 and k >= 1:
            c, m, core = content(numerator)
            quotient = exact_quotient(w, core, atom.arguments[0])
            if quotient is None:
                break
            numerator, k = multiply(w, {m: c}, quotient), tidy(k - 1)
        if k and numerator:
            denominators.append((atom, k))
    return numerator, denominators


def _power_of_group(w: Workspace, atom: Atom, exponent: Rational) -> Polynomial:
    return monomial(w, [(atom, exponent)])


def exact_quotient(w: Workspace, dividend: Polynomial, divisor: Frozen) -> Polynomial | None:
    """Return dividend / divisor if it is a polynomial, else None."""
    terms = divisor.items
    atoms = sorted(divisor.free | {a for m, _ in terms for a, _ in m}, key=lambda a: a.number)
    lead_m, lead_c = max(terms, key=lambda item: _rank(item[0], atoms))
    lead = dict(lead_m)
    rest = dict(dividend)
    quotient: Polynomial = {}
    for _ in range(4 * len(dividend) + 4):
        if not rest:
            return quotient
        m = max(rest, key=lambda item: _rank(item, atoms))
        if any(dict(m).get(a, 0) < e for a, e in lead.items()):
            return None
        step: Polynomial = {divided(m, lead): tidy(Fraction(rest[m]) / lead_c)}
        accumulate(quotient, step)
        accumulate(rest, multiply(w, step, dict(terms)), -1)
        if m in rest:
            return None
    return None


def _rank(m: Monomial, atoms: list[Atom]) -> tuple[object, ...]:
    exponents = dict(m)
    return (*(exponents.get(a, 0) for a in atoms), tuple((a.number, e) for a, e in m if a not in atoms))


def combined(w: Workspace, polynomial: Polynomial) -> Polynomial:
    """Return the same value over one denominator: numerator monomials times inverse groups."""
    numerator, denominators = together(w, polynomial)
    if not denominators:
        return numerator
    inverse = monomial(w, ((group, -k) for group, k in denominators))
    return multiply(w, numerator, inverse)
