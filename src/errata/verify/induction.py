"""Proof by induction over a size that stands in the bound of a sum or in an exponent.

Base: the claim at the least value of the size. Step: the claim at n, solved for its sum, makes the claim at n + 1
true. Side conditions: the size is declared an integer with a least value; no array of the claim has the size as
its length (there would be other entries at n + 1); and a denominator that depends on n has a known sign, so that the
claim at n has a value wherever the one at n + 1 has.
"""

from __future__ import annotations

from collections.abc import Iterator

from errata.language import sorts
from errata.language import terms as t
from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.verify.equalities import Found, found
from errata.verify.implications import solved_for
from errata.verify.inequalities import suppose
from errata.verify.normal_form.assembly import workspace
from errata.verify.normal_form.factors import cleared
from errata.verify.normal_form.lowering import Lowering
from errata.verify.normal_form.polynomials import add, constant, single, subtract
from errata.verify.normal_form.signs import sign_of_atom
from errata.verify.normal_form.substitution import replaced
from errata.verify.normal_form.workspace import Atom, Domain, Exhausted, Mode, NoProof, Polynomial, Workspace
from errata.verify.normal_form.zero import is_zero, simplified

INDUCTION = "induction"
MOST_SIZES = 3


def by_induction(reading: Reading, scope: Scope, mode: Mode, work: int, disabled: frozenset[str]) -> Found | None:
    """Try to prove an equation by induction over one of its sizes."""
    if reading.relation != "=":
        return None
    for symbol, least in list(_sizes(reading, scope))[:MOST_SIZES]:
        w = workspace(scope, work, mode, disabled)
        try:
            suppose(w, scope)
            if _holds(w, reading, symbol, least):
                return found(w, work - w.left)
        except Exhausted:
            return None
        except (NoProof, RecursionError, ArithmeticError):
            continue
    return None


def _sizes(reading: Reading, scope: Scope) -> Iterator[tuple[str, int]]:
    """The names over which an induction may go, with their least values."""
    parts = [part for side in (reading.left, reading.right) for part in t.subterms(side)]
    names = sorted({part.symbol for part in parts if isinstance(part, t.Name)})
    lengths = {
        part.symbol
        for name in names
        for size in _lengths(scope.sorts.get(name))
        for part in t.subterms(size)
        if isinstance(part, t.Name)
    }
    bound = {
        part.symbol
        for aggregate in parts
        if isinstance(aggregate, t.Aggregate) and isinstance(aggregate.binder.domain, t.Range)
        for part in t.subterms(aggregate.binder.domain.high)
        if isinstance(part, t.Name)
    }
    for name in names:
        sort = scope.sorts.get(name)
        if name in bound - lengths and isinstance(sort, sorts.Real) and sort.integer and sort.low is not None:
            low = int(sort.low) + (1 if sort.low_open else 0)
            if low == sort.low + (1 if sort.low_open else 0):
                yield name, low


def _lengths(sort: sorts.Sort | None) -> tuple[t.Term, ...]:
    match sort:
        case sorts.Vector():
            return (sort.size,)
        case sorts.Matrix():
            return (sort.rows, sort.columns)
        case sorts.Family():
            return (*(size for size in sort.sizes if size is not None), *_lengths(sort.element))
    return ()


def _holds(w: Workspace, reading: Reading, symbol: str, least: int) -> bool:
    if not w.allows(INDUCTION) or not is_zero(w, _difference(w, reading, symbol, constant(least))):
        return False
    size = w.fresh(Domain("values", symbol))
    here = _difference(w, reading, symbol, single(size))
    if not _has_value_before(w, here, size):
        return False
    following = _difference(w, reading, symbol, add(single(size), constant(1)))
    known = cleared(simplified(w, here))
    sums = sorted({atom for m in known for atom, e in m if atom.kind == "sum" and e == 1})
    for atom in sums:
        solution = solved_for(w, known, atom)
        if solution is not None and is_zero(w, replaced(w, following, atom, solution)):
            return True
    return not known and is_zero(w, following)


def _difference(w: Workspace, reading: Reading, symbol: str, value: Polynomial) -> Polynomial:
    lowering = Lowering(w, {symbol: value})
    return subtract(lowering.scalar(reading.left), lowering.scalar(reading.right))


def _has_value_before(w: Workspace, polynomial: Polynomial, size: Atom) -> bool:
    """Whether every denominator is free of the size or of known sign."""
    return all(
        e > 0 or size not in atom.free or sign_of_atom(w, atom) != 0 for m in polynomial for atom, e in m
    ) and not any(atom.kind == "log" and size in atom.free for m in polynomial for atom, _ in m)
