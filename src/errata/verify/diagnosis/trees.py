"""Places in terms: what stands where, what is put there instead, and where two terms part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from errata.language.definitions import rebuilt
from errata.language.terms import (
    Binder,
    Domain,
    Draw,
    Elementary,
    MatrixOperation,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Slot,
    Sum,
    Term,
)

Path = tuple[str | int, ...]
"""How to come from a term to a part of it: names of fields and places in tuples."""

ONE, ZERO = Number(Fraction(1)), Number(Fraction(0))


def parts(value: Any, path: Path = ()) -> Iterator[tuple[Path, Term]]:
    """Yield the direct subterms of a term with their paths, those inside slots, draws and binders included."""
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _inside(item, (*path, place))
    elif isinstance(value, Term | Slot | Draw | Binder | Domain):
        for name in value.__match_args__:
            yield from _inside(getattr(value, name), (*path, name))


def _inside(value: Any, path: Path) -> Iterator[tuple[Path, Term]]:
    if isinstance(value, Term):
        yield path, value
    elif isinstance(value, tuple | Slot | Draw | Binder | Domain):
        yield from parts(value, path)


def positions(term: Term, path: Path = ()) -> Iterator[tuple[Path, Term]]:
    """Yield the term and everything below it with its path, from the outside in."""
    yield path, term
    for step, part in parts(term):
        yield from positions(part, path + step)


def at(value: Any, path: Path) -> Any:
    """Return what stands at a path."""
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def put(value: Any, path: Path, new: Term) -> Any:
    """Return the term with another one at a path; the nodes above keep their spans."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*value[:step], put(value[step], rest, new), *value[step + 1 :])
    return replace(value, **{step: put(getattr(value, step), rest, new)})


# Tidying ---------------------------------------------------------------------------------------------


def tidy(term: Term) -> Term:
    """Return the term as a person would write it: no factor 1, no double minus, sums within sums opened."""
    return _tidied(rebuilt(term, tidy))


def put_in(root: Term, path: Path, new: Term) -> Term:
    """Return the term with another one at a path, tidied there alone: what stands elsewhere stays as it is."""
    above = path[: -2 if path and isinstance(path[-1], int) else -1]
    if not path:
        return tidy(new)
    changed: Term = put(root, above, _tidied(put(at(root, above), path[len(above) :], tidy(new))))
    return changed


def _tidied(term: Term) -> Term:
    match term:
        case Negative(Negative(inner)):
            return inner
        case Negative(inner) if inner == ZERO:
            return ZERO
        case MatrixOperation("transpose", (MatrixOperation("transpose", (inner,)),)):
            return inner
        case MatrixOperation("inverse", (MatrixOperation("inverse", (inner,)),)):
            return inner
        case Product(factors):
            return _product(factors, term)
        case Sum(terms):
            return _sum(terms, term)
        case Quotient(numerator, denominator) if denominator == ONE:
            return numerator
        case Quotient(Negative(inner), denominator):
            return Negative(Quotient(inner, denominator))
        case Power(base, exponent) if exponent == ONE:
            return base
        case Elementary("exp", (Elementary("log", (inner,)),)) | Elementary("log", (Elementary("exp", (inner,)),)):
            return inner
        case Number(value) if value < 0:
            return Negative(Number(-value))
    return term


def _product(factors: tuple[Term, ...], term: Product) -> Term:
    flat: list[Term] = []
    negative = False
    for factor in factors:
        if isinstance(factor, Negative):
            negative, factor = not negative, factor.term
        flat += factor.factors if isinstance(factor, Product) else (factor,)
    kept = tuple(f for f in _unpaired(flat) if f != ONE) or (ONE,)
    same = len(kept) == len(factors) and all(a is b for a, b in zip(kept, factors, strict=True))
    product = kept[0] if len(kept) == 1 else term if same else Product(kept)
    return Negative(product) if negative else product


def _unpaired(factors: list[Term]) -> list[Term]:
    """Return the factors without a matrix right beside its inverse."""
    kept: list[Term] = []
    for factor in factors:
        opposite = MatrixOperation("inverse", (factor,))
        if isinstance(factor, MatrixOperation) and factor.operation == "inverse":
            opposite = factor.arguments[0]  # type: ignore[assignment]
        if kept and kept[-1] == opposite:
            kept[-1] = MatrixOperation("identity")
        else:
            kept.append(factor)
    return kept


def _sum(terms: tuple[Term, ...], term: Sum) -> Term:
    flat: list[Term] = []
    for addend in terms:
        match addend:
            case Sum(inner):
                flat += inner
            case Negative(Sum(inner)):
                flat += [_tidied(Negative(i)) for i in inner]
            case _:
                flat.append(addend)
    kept = tuple(t for t in _uncancelled(flat) if t != ZERO) or (ZERO,)
    same = len(kept) == len(terms) and all(a is b for a, b in zip(kept, terms, strict=True))
    return kept[0] if len(kept) == 1 else term if same else Sum(kept)


def _uncancelled(terms: list[Term]) -> list[Term]:
    """Return the addends without those that take each other away."""
    kept: list[Term] = []
    for term in terms:
        opposite = term.term if isinstance(term, Negative) else Negative(term)
        if opposite in kept:
            kept.remove(opposite)
        else:
            kept.append(term)
    return kept


def plus(term: Term, addend: Term) -> Term:
    """Return a sum of two as it is written: what has a minus does not come first."""
    before = isinstance(term, Negative) and not isinstance(addend, Negative)
    return Sum((addend, term) if before else (term, addend))


def times(term: Term, factor: Term) -> Term:
    """Return a product with a name as it is written: what has a 1 above its bar takes it up there."""
    if isinstance(term, Quotient) and term.numerator == ONE:
        return Quotient(factor, term.denominator)
    return Product((factor, term) if isinstance(term, Number | Quotient | Sum) else (term, factor))


def over(term: Term, divisor: Term) -> Term:
    """Return a quotient as it is written: with one bar."""
    if isinstance(term, Quotient):
        return Quotient(term.numerator, divisor if term.denominator == ONE else Product((term.denominator, divisor)))
    return Quotient(term, divisor)


def number(value: Fraction) -> Term:
    """Return a rational as it is written: a fraction bar, a minus in front."""
    if value < 0:
        return Negative(number(-value))
    if value.denominator == 1:
        return Number(value)
    return Quotient(Number(Fraction(value.numerator)), Number(Fraction(value.denominator)))


# Differences -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest part in which two terms differ: what stood there, what stands there now, and where.

    above: the nodes of both terms from their roots down to the place, the place itself left out.
    """

    old: Term
    new: Term
    path: Path
    above: tuple[tuple[Term, Term], ...]


def change_between(old: Term, new: Term) -> Change | None:
    """Return where two terms part; None if they are equal."""
    if old == new:
        return None
    path: Path = ()
    above: list[tuple[Term, Term]] = []
    while type(old) is type(new):
        own, other = list(parts(old)), list(parts(new))
        if [p for p, _ in own] != [p for p, _ in other] or _shell(old, own) != _shell(new, other):
            break
        differing = [(p, a, b) for (p, a), (_, b) in zip(own, other, strict=True) if a != b]
        if len(differing) != 1:
            break
        step, one, two = differing[0]
        above.append((old, new))
        path, old, new = path + step, one, two
    return Change(old, new, path, tuple(above))


def _shell(term: Term, own: list[tuple[Path, Term]]) -> Term:
    """The term with all direct subterms blanked: what is left is its own kind."""
    for path, _ in own:
        term = put(term, path, ONE)
    return term


def with_same_addends(written: Term, mended: Term, following: Term) -> Term | None:
    """Return the next line with the addends that a mended line has beyond the written one; None where it lacks some."""
    old, new = _addends(written), _addends(mended)
    come = tuple(term for term in new if term not in old)
    return Sum((*_addends(following), *come)) if come and all(term in new for term in old) else None


def _addends(term: Term) -> tuple[Term, ...]:
    return term.terms if isinstance(term, Sum) else (term,)
