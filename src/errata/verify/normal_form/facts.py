"""Hypotheses from definedness: a claim is judged where both sides have a value, so what is written under a
logarithm is positive there and what is written in a denominator is nonzero."""

from __future__ import annotations

from errata.language import sorts
from errata.verify.normal_form import signs
from errata.verify.normal_form.factors import content
from errata.verify.normal_form.polynomials import constant_value, monomial, power, scale, single, together
from errata.verify.normal_form.workspace import Atom, NoProof, Polynomial, Rational, Workspace


def suppose_positive(w: Workspace, polynomial: Polynomial) -> None:
    """Record that the polynomial, as written, is > 0: then so is each factor that cannot be negative."""
    _suppose(w, polynomial, positive=True)


def suppose_nonzero(w: Workspace, polynomial: Polynomial) -> None:
    """Record that the polynomial, as written, is != 0: a factor that cannot be negative is then > 0."""
    _suppose(w, polynomial, positive=False)


def suppose_nonnegative_difference(w: Workspace, polynomial: Polynomial) -> None:
    """Record that the polynomial is >= 0 (used by the certificates of inequalities only)."""
    if polynomial and constant_value(polynomial) is None:
        w.nonnegative.add(signs.normalised(w, polynomial))


def _suppose(w: Workspace, polynomial: Polynomial, positive: bool) -> None:
    if not polynomial or constant_value(polynomial) is not None:
        return
    try:
        numerator, denominators = together(w, polynomial)
        if not numerator:
            return
        c, m, core = content(numerator)
    except NoProof:
        return
    factors: list[tuple[Atom, Rational]] = [*m, *((g, -k) for g, k in denominators)]
    if len(core) > 1:
        factors.append((w.atom("group", w.freeze(core)), 1))
    unknown: list[tuple[Atom, Rational]] = []
    for atom, exponent in factors:
        if atom.kind == "density" and not any(atom.arguments[3]):
            w.supported.add(atom.arguments[0])
        bounds = signs.bounds_of_atom(w, atom)
        if bounds.negative:
            c = c if isinstance(exponent, int) and exponent % 2 == 0 else -c
        elif bounds.nonnegative or not isinstance(exponent, int):
            if not bounds.positive:
                _record(w, atom, 1)
        else:
            w.nonzero.add(atom)
            if exponent % 2:
                unknown.append((atom, exponent))
    if positive and len(unknown) == 1:
        _record(w, unknown[0][0], 1 if c > 0 else -1)
    elif positive and unknown:
        product = scale(1 if c > 0 else -1, monomial(w, unknown))
        if product:
            w.facts.add(signs.normalised(w, product))


def _record(w: Workspace, atom: Atom, sign: int) -> None:
    inside = single(atom)
    if atom.kind == "group":
        inside = power(w, atom.arguments[0].polynomial(), 1)
    w.facts.add(signs.normalised(w, scale(sign, inside)))


def is_nonzero(w: Workspace, atom: Atom) -> bool:
    """Whether an atom is surely nonzero: by its sign, or as it stands in a denominator as written."""
    if atom in w.nonzero or signs.sign_of_atom(w, atom) != 0:
        return True
    if atom.kind == "name":
        sort = w.scope.sorts.get(atom.arguments[0])
        return isinstance(sort, sorts.Real) and sort.nonzero
    return False
