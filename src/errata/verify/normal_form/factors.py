"""Taking monomial factors out of polynomials."""

from __future__ import annotations

from fractions import Fraction

from errata.verify.normal_form.workspace import Atom, Monomial, Polynomial, Rational


def tidy(value: Rational) -> Rational:
    """Return an integer as an int, anything else as a Fraction."""
    if type(value) is int:  # by far the most, and an isinstance of Fraction is dear
        return value
    return value.numerator if value.denominator == 1 else value


def by_number(pair: tuple[Atom, Rational]) -> int:
    """Sort key of a factor."""
    return pair[0].number


def content(polynomial: Polynomial) -> tuple[Rational, Monomial, Polynomial]:
    """Return (c, m, core) with polynomial = c * m * core; the core has no monomial factor, first coefficient 1."""
    if len(polynomial) == 1:
        ((m, c),) = polynomial.items()
        return c, m, {(): 1}
    lowest: dict[Atom, Rational] | None = None
    for m in polynomial:
        exponents = dict(m)
        if lowest is None:
            lowest = exponents
            continue
        for atom in lowest.keys() | exponents.keys():
            lowest[atom] = min(lowest.get(atom, 0), exponents.get(atom, 0))
    common = {atom: e for atom, e in (lowest or {}).items() if e}
    stripped = {divided(m, common): c for m, c in polynomial.items()}
    first = stripped[min(stripped)]
    core = stripped if first == 1 else {m: tidy(Fraction(c) / first) for m, c in stripped.items()}
    return first, tuple(sorted(common.items(), key=by_number)), core


def divided(m: Monomial, common: dict[Atom, Rational]) -> Monomial:
    """Return the monomial divided by a product of powers."""
    exponents = dict(m)
    for atom, e in common.items():
        rest = tidy(exponents.get(atom, 0) - e)
        if rest:
            exponents[atom] = rest
        else:
            exponents.pop(atom, None)
    return tuple(sorted(exponents.items(), key=by_number))


def cleared(polynomial: Polynomial) -> Polynomial:
    """Return the polynomial times the powers of atoms that stand below in it (nonzero, as it has a value)."""
    lowest: dict[Atom, Rational] = {}
    for m in polynomial:
        for atom, e in m:
            if e < 0:
                lowest[atom] = min(e, lowest.get(atom, 0))
    return {divided(m, lowest): c for m, c in polynomial.items()} if lowest else polynomial
