"""A side of an equation that has no value anywhere: a logarithm of what is negative.

An equation is judged where both sides are defined. Where one is defined and the other is nowhere, it does not hold:
the numeric witness finds values of one side alone, and the symbolic one proves that what stands below is negative.
As a complex number such a side is not real either, for the logarithm stands in it once, as an addend or factor; roots,
of which two make a real number again, are left alone, and so is all that speaks of an imaginary unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from errata.language.definitions import free_symbols
from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Apply,
    ComplexPart,
    Density,
    Elementary,
    Entry,
    Expectation,
    ImaginaryUnit,
    Name,
    Negative,
    Number,
    Product,
    Quotient,
    Relation,
    Sum,
    Term,
    children,
    subterms,
)
from errata.numeric_checks.outcome import Agreement
from errata.numeric_checks.witness import check as check_numerically
from errata.verify.proof import prove

ZERO = Number(Fraction(0))
MOST = 6
"""No more logarithms are looked at in a side."""
_IMAGINARY = frozenset(("i", "j", "\\mathrm{i}", "\\mathrm{j}", "\\imath"))
"""Names that may mean the imaginary unit, whatever a note says of them."""


def nowhere_defined(reading: Reading, scope: Scope, seed: int) -> str | None:
    """Return, in words, why one side of an equation has no value anywhere although the other has; None if unknown."""
    if reading.relation != "=" or _may_be_complex(reading, scope):
        return None
    for side, other in ((reading.right, reading.left), (reading.left, reading.right)):
        words = _undefined_part(side, scope)
        if words is not None and isinstance(check_numerically(Reading("=", other, other), scope, seed=seed), Agreement):
            return words
    return None


def _may_be_complex(reading: Reading, scope: Scope) -> bool:
    parts = [part for side in (reading.left, reading.right) for part in subterms(side)]
    named = (free_symbols(reading.left) | free_symbols(reading.right)) & _IMAGINARY
    return (
        bool(named)
        or any(isinstance(part, ImaginaryUnit | ComplexPart) for part in parts)
        or any(isinstance(sort, Real) and sort.complex for sort in scope.sorts.values())
    )


def _undefined_part(side: Term, scope: Scope) -> str | None:
    """Return the words for a logarithm of what is proved negative, where those beside it are of what is positive."""
    doubtful = scope.not_understood.keys() | scope.inferred.keys()
    found = list(_logarithms(side, frozenset()))
    negative = [inner for inner in found if not _names(inner) & doubtful and _proved(inner, "<", scope)]
    if len(found) > MOST or len(negative) != 1 or not _names(negative[0]):
        return None
    if not all(inner is negative[0] or _proved(inner, ">", scope) for inner in found):
        return None
    return f"{to_text(negative[0])} is negative, and has no real logarithm"


def _names(term: Term) -> set[str]:
    return {t.symbol for t in subterms(term) if isinstance(t, Name)}


def _proved(inner: Term, relation: Relation, scope: Scope) -> bool:
    proof = prove(Reading(relation, inner, ZERO), scope, reasons=False)
    return proof is not None and not proof.conditions


def _logarithms(term: Term, bound: frozenset[str]) -> Iterator[Term]:
    """Yield what stands in a logarithm that is an addend or a factor, also of what a sum or a mean is taken of.

    What is bound may be other than what the note says of its name: it must not stand there by itself.
    """
    match term:
        case Elementary("log", (inner,)) if not bound & set(_by_themselves(inner)):
            yield inner
        case Aggregate("sum" | "integral", binder, body):
            yield from _logarithms(body, bound | {binder.name.symbol})
        case Expectation(draws, body):
            yield from _logarithms(body, bound | {draw.name.symbol for draw in draws})
        case Sum() | Product() | Negative():
            for part in children(term):
                yield from _logarithms(part, bound)
        case Quotient(numerator, _):
            yield from _logarithms(numerator, bound)


def _by_themselves(term: Term) -> Iterator[str]:
    """Yield the names in a term that are neither the argument of a function nor the index of an array."""
    match term:
        case Name(symbol):
            yield symbol
        case Apply() | Density():
            return
        case Entry(array):
            yield from _by_themselves(array)
        case _:
            for part in children(term):
                yield from _by_themselves(part)
