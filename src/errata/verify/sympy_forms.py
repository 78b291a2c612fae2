"""Terms that the SymPy voice makes often."""

from __future__ import annotations

from errata.language.scope import Scope
from errata.language.terms import (
    Aggregate,
    Binder,
    Elementary,
    LawReference,
    Name,
    Negative,
    Product,
    Quotient,
    Slot,
    Space,
    Sum,
    Term,
)


def difference(left: Term, right: Term) -> Term:
    """left - right."""
    return Sum((left, Negative(right)))


def logarithm(term: Term) -> Term:
    """The logarithm, in the base of the scope once it is lowered."""
    return Elementary("log", (term,))


def logarithm_of(scope: Scope, lowered: Term) -> Term:
    """The logarithm, in the scope's base, of a term that is already lowered."""
    return logarithm(lowered) if scope.log_base is None else Elementary("log", (lowered, scope.log_base))


def bare(law: Term) -> Term:
    """Return a reference to the same law with no slots of its own."""
    if isinstance(law, LawReference):
        return LawReference(law.law, (), (), law.parameters)
    return law


def summed_over(slots: tuple[Slot, ...], body: Term) -> Term:
    """Return the sum of the body over fresh points of these spaces."""
    for slot in reversed(slots):
        assert isinstance(slot.value, Name)
        body = Aggregate("sum", Binder(slot.value, Space(slot.space)), body)
    return body


def parts_of(term: Term) -> tuple[Term, ...]:
    """Return the terms, factors or halves that a sum, product or quotient of laws has."""
    if isinstance(term, Sum):
        return tuple(part.term if isinstance(part, Negative) else part for part in term.terms)
    if isinstance(term, Product):
        return term.factors
    return (term.numerator, term.denominator) if isinstance(term, Quotient) else ()
