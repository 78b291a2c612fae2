"""Reasons for which a polynomial is never negative: squares, log x <= x - 1, e^x >= 1 + x, assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from errata.verify.normal_form.eliminations import is_member
from errata.verify.normal_form.factors import content
from errata.verify.normal_form.polynomials import (
    accumulate,
    add,
    constant,
    multiply,
    scale,
    single,
    subtract,
    together,
)
from errata.verify.normal_form.signs import bounds_of, bounds_of_atom, normalised, sign
from errata.verify.normal_form.substitution import instantiated, opened, renamed
from errata.verify.normal_form.totals import total
from errata.verify.normal_form.workspace import Atom, Domain, Polynomial, Rational, Workspace

SQUARE = "a square is not negative"
LOG_BELOW = "log x <= x - 1"
EXP_ABOVE = "e^x >= 1 + x"
ASSUMED = "an assumption"
MEMBER = "a sum of positive terms exceeds each"
POINTWISE = "monotonicity of the sum"


def surely_nonnegative(w: Workspace, polynomial: Polynomial) -> bool:
    """Whether every term is >= 0, or the whole is by bounds or by an assumption."""
    if not polynomial or bounds_of(w, polynomial).nonnegative or sign(w, polynomial) > 0:
        return True
    return normalised(w, polynomial) in w.nonnegative and w.allows(ASSUMED)


def positive_multiple(w: Workspace, polynomial: Polynomial) -> Polynomial | None:
    """Return a positive multiple without denominators or common factors, None where a sign is not known."""
    numerator, denominators = together(w, polynomial)
    flips = 1
    for group, exponent in denominators:
        if isinstance(exponent, int) and exponent % 2 == 0:
            continue
        s = sign(w, group.arguments[0].polynomial())
        if not s:
            return None
        flips *= s
    if not numerator:
        return numerator
    c, m, core = content(numerator)
    kept = []
    for atom, exponent in m:
        if isinstance(exponent, int) and exponent % 2 == 0:
            continue
        s = sign(w, single(atom))
        if s > 0 or not isinstance(exponent, int):
            continue
        if s < 0:
            flips = -flips
        else:
            kept.append((atom, exponent))
    core = scale(Fraction(flips if c > 0 else -flips), core)
    return multiply(w, core, {tuple(kept): 1}) if kept else core


def completed_squares(w: Workspace, polynomial: Polynomial) -> Iterator[Polynomial]:
    """Yield what is left when a square is completed: 4A(Ax^2 + Bx + C) = (2Ax + B)^2 + (4AC - B^2).

    Side condition: A > 0. x may be a power of an atom, its least exponent in the polynomial.
    """
    atoms = sorted({atom for m in polynomial for atom, _ in m}, key=lambda atom: atom.number)
    for atom in atoms[:12]:
        parts = _by_degree(w, polynomial, atom)
        if parts is None or sign(w, parts[2]) <= 0:
            continue
        if not w.allows(SQUARE):
            return
        square = multiply(w, parts[1], parts[1])
        yield subtract(scale(4, multiply(w, parts[2], parts[0])), square)


def _by_degree(w: Workspace, polynomial: Polynomial, atom: Atom) -> list[Polynomial] | None:
    """Return [C, B, A] with polynomial = A x^2 + B x + C for x = atom^unit, None where that is no such form."""
    exponents = {dict(m).get(atom, 0) for m in polynomial}
    if any(e < 0 for e in exponents) or len(exponents) < 2:
        return None
    top = max(exponents)
    unit = Fraction(top) / 2
    if not exponents <= {0, unit, top}:
        return None
    if unit.denominator != 1 and not bounds_of_atom(w, atom).nonnegative:
        return None  # its root need not be real
    parts: list[Polynomial] = [{}, {}, {}]
    for m, c in polynomial.items():
        degree = Fraction(dict(m).get(atom, 0)) / unit
        parts[int(degree)][tuple(pair for pair in m if pair[0] is not atom)] = c
    return parts


def elementary_bounds(w: Workspace, polynomial: Polynomial) -> Iterator[Polynomial]:
    """Yield lower bounds in which one logarithm or exponential is replaced: -k log x >= k (1 - x), k e^x >= k (1 + x).

    Side condition: k >= 0 and free of signs that are not known; x > 0 as its logarithm is defined.
    """
    for m, c in polynomial.items():
        for atom, exponent in m:
            rest = tuple(pair for pair in m if pair[0] is not atom)
            weight: Polynomial = {rest: c}
            if atom.kind == "log" and exponent == 1 and bounds_of(w, scale(-1, weight)).nonnegative:
                if w.allows(LOG_BELOW):
                    inside = subtract(constant(1), atom.arguments[0].polynomial())
                    yield _with(polynomial, m, multiply(w, scale(-1, weight), inside))
            elif atom.kind == "exp" and bounds_of(w, weight).nonnegative and not rest and w.allows(EXP_ABOVE):
                inside = add(constant(1), scale(exponent, atom.arguments[0].polynomial()))
                yield _with(polynomial, m, multiply(w, weight, inside))


def _with(polynomial: Polynomial, old: tuple[tuple[Atom, Rational], ...], new: Polynomial) -> Polynomial:
    rest = {m: c for m, c in polynomial.items() if m != old}
    return add(rest, new)


def assumed_bounds(w: Workspace, polynomial: Polynomial) -> Iterator[Polynomial]:
    """Yield the polynomial less a multiple of something assumed to be >= 0."""
    for fact in sorted(w.nonnegative)[:8]:
        for m, c in fact.items:
            share = polynomial.get(m)
            if share is not None and (share > 0) == (c > 0) and w.allows(ASSUMED):
                yield subtract(polynomial, scale(Fraction(share) / c, fact.polynomial()))


def least_members(w: Workspace, polynomial: Polynomial) -> Iterator[Polynomial]:
    """Yield lower bounds in which a sum of positive terms is replaced by one of them.

    Side condition: the member's index lies in the range of the sum.
    """
    for m, c in polynomial.items():
        for atom, exponent in m:
            if atom.kind != "sum" or exponent != 1 or c < 0 or len(m) > 1 or len(atom.arguments[0]) != 1:
                continue
            (domain,) = atom.arguments[0]
            if domain.kind == "line" or not bounds_of(w, atom.arguments[2].polynomial()).nonnegative:
                continue
            for point in _members(w, polynomial, domain):
                if w.allows(MEMBER):
                    yield _with(polynomial, m, scale(c, instantiated(w, atom, (point,))))


def _members(w: Workspace, polynomial: Polynomial, domain: Domain) -> Iterator[Polynomial]:
    leaves = {leaf for m in polynomial for atom, _ in m for leaf in atom.free if leaf.kind in ("name", "fresh")}
    for leaf in sorted(leaves):
        if is_member(w, w.freeze(single(leaf)), domain):
            yield single(leaf)


def pointwise(w: Workspace, polynomial: Polynomial) -> Iterator[Polynomial]:
    """Yield the integrand of a polynomial that is sums over one domain: where it is >= 0, so is the sum.

    A term c without a sum counts as sum c (p_1 + ... + p_k) / k for the laws p_j of the integrand.
    """
    variables: tuple[Atom, ...] = ()
    shared: tuple[Domain, ...] | None = None
    inside: Polynomial = {}
    outside: Polynomial = {}
    for m, c in polynomial.items():
        sums = [atom for atom, e in m if atom.kind == "sum" and e == 1]
        if not sums:
            outside[m] = c
            continue
        if len(sums) != 1 or (shared is not None and sums[0].arguments[0] != shared):
            return
        names, domains, body = opened(w, sums[0])
        if shared is None:
            shared, variables = domains, names
        body = renamed(w, body, dict(zip(names, variables, strict=True)))
        rest = tuple(pair for pair in m if pair[0] is not sums[0])
        accumulate(inside, multiply(w, {rest: c}, body))
    if shared is None or not w.allows(POINTWISE):
        return
    if outside:
        laws = _laws_of(w, inside, variables, shared)
        if not laws:
            return
        share = scale(Fraction(1, len(laws)), add(*(single(law) for law in laws)))
        inside = add(inside, multiply(w, outside, share))
    yield inside


def _laws_of(w: Workspace, inside: Polynomial, variables: tuple[Atom, ...], domains: tuple[Domain, ...]) -> list[Atom]:
    """The densities in the integrand that sum to 1 over the variables."""
    binders = tuple(zip(variables, domains, strict=True))
    densities = {a for m in inside for a, _ in m if a.kind in ("density", "normal", "normals")}
    return [a for a in sorted(densities) if total(w, binders, single(a)) == {(): 1}]
