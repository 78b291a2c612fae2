r"""A slip: a written side, the right one, and what becomes of both when one aspect is erased.

A kind of slip is told by erasure: where both sides are the same once all transposes are taken away, the slip was in
a transpose. Kinds are tried narrowest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from errata.language.definitions import rebuilt
from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.terms import (
    Constant,
    Elementary,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Term,
)
from errata.verify.diagnosis.trees import ONE, Change, change_between, tidy

Eraser = Callable[[Term], Term]
LONGEST = 60


@dataclass(frozen=True)
class Slip:
    """What was written, what is right, the other side of the relation, and both relations."""

    written: Term
    right: Term
    other: Term
    scope: Scope
    relation: Relation = "="
    right_relation: Relation = "="

    @cached_property
    def change(self) -> Change:
        """The smallest part in which both sides differ."""
        found = change_between(self.written, self.right)
        return found or Change(self.written, self.right, (), ())

    @property
    def old(self) -> Term:
        """What stood in the place of the slip."""
        return self.change.old

    @property
    def new(self) -> Term:
        """What belongs there."""
        return self.change.new

    def is_same(self, eraser: Eraser) -> bool:
        """Return whether both sides are the same once an aspect is erased from them, or from the place of the slip."""
        if erased(self.written, eraser) == erased(self.right, eraser):
            return True
        return self.change.path != () and erased(self.old, eraser) == erased(self.new, eraser)

    @cached_property
    def addends(self) -> tuple[Counter[Term], Counter[Term]]:
        """The addends at the place of the slip that only the written side has, and those that only the right one."""
        old, new = Counter(addends(self.old)), Counter(addends(self.new))
        return old - new, new - old

    @cached_property
    def factors(self) -> tuple[Counter[Term], Counter[Term]] | None:
        """The factors that only the written side has, and only the right one; a factor below a bar is 1/factor.

        None where the two share no factor, so that one is not the other times something.
        """
        old, new = Counter(factors(self.old)), Counter(factors(self.new))
        if not old & new and ONE not in (self.old, self.new) and not (_numeric(old) and _numeric(new)):
            return None
        return old - new, new - old


def _numeric(counts: Counter[Term]) -> bool:
    return all(isinstance(t, Number) for t in counts)


def erased(term: Term, eraser: Eraser) -> Term:
    """Return the term with an aspect erased from the inside out, tidied."""
    return tidy(_erased(term, eraser))


def _erased(term: Term, eraser: Eraser) -> Term:
    return replace(eraser(rebuilt(term, lambda part: _erased(part, eraser))), span=None)


def addends(term: Term) -> list[Term]:
    """Return the addends of a term with their signs."""
    term = tidy(term)
    match term:
        case Sum(terms):
            return [a for t in terms for a in addends(t)]
        case Negative(Sum(terms)):
            return [tidy(Negative(a)) for t in terms for a in addends(t)]
    return [term]


def factors(term: Term) -> list[Term]:
    """Return the factors of a term; those below a bar as 1/factor, a minus as -1."""
    term = tidy(term)
    match term:
        case Product(parts):
            return [f for part in parts for f in factors(part)]
        case Negative(inner):
            return [Number(Fraction(-1)), *factors(inner)]
        case Quotient(numerator, denominator):
            below = [Quotient(ONE, f) if f != Number(Fraction(-1)) else f for f in factors(denominator)]
            return [*(f for f in factors(numerator) if f != ONE), *below]
    return [] if term == ONE else [term]


def is_constant(term: Term) -> bool:
    """Return whether a term is made of numbers alone."""
    match term:
        case Number() | Constant():
            return True
        case Negative(inner):
            return is_constant(inner)
        case Product(parts) | Sum(parts):
            return all(map(is_constant, parts))
        case Quotient(a, b) | Power(a, b):
            return is_constant(a) and is_constant(b)
        case Elementary("log" | "sqrt" | "exp", arguments):
            return all(map(is_constant, arguments))
    return False


def words(term: Term) -> str:
    """Return a term as it stands in a message."""
    text = to_text(term)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def listed(terms: Counter[Term]) -> str:
    """Return terms as a list in words."""
    return " and ".join(words(t) for t in terms.elements())


def product_words(terms: Counter[Term]) -> str:
    """Return factors as one product in words."""
    above = [t for t in terms.elements() if not (isinstance(t, Quotient) and t.numerator == ONE)]
    below = [t.denominator for t in terms.elements() if isinstance(t, Quotient) and t.numerator == ONE]
    top: Term = ONE if not above else above[0] if len(above) == 1 else Product(tuple(above))
    if not below:
        return words(top)
    return words(Quotient(top, below[0] if len(below) == 1 else Product(tuple(below))))
