"""A side of an equation that has no value anywhere: the logarithm, or the root, of what is negative.

An equation is judged where both sides are defined. Where one is defined and the other is nowhere, it does not hold:
the numeric witness finds values of one side alone, and the symbolic one proves that what stands below is negative.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.language.terms import (
    Aggregate,
    Apply,
    Cases,
    Density,
    Elementary,
    Entry,
    Expectation,
    MomentOf,
    Name,
    Number,
    Term,
    children,
    subterms,
)
from errata.numeric_checks.outcome import Agreement
from errata.numeric_checks.witness import check as check_numerically
from errata.verify.proof import prove

ZERO = Number(Fraction(0))
_WORDS = {"log": "logarithm", "sqrt": "square root"}
MOST_TRIED = 6


def nowhere_defined(reading: Reading, scope: Scope, seed: int) -> str | None:
    """Return, in words, why one side of an equation has no value anywhere although the other has; None if unknown."""
    if reading.relation != "=":
        return None
    for side, other in ((reading.right, reading.left), (reading.left, reading.right)):
        words = _undefined_part(side, scope)
        if words is not None and isinstance(check_numerically(Reading("=", other, other), scope, seed=seed), Agreement):
            return words
    return None


def _undefined_part(side: Term, scope: Scope) -> str | None:
    """Return the words for a part that is proved to be negative where only what is not has a value."""
    doubtful = scope.not_understood.keys() | scope.inferred.keys()
    for function, inner in islice(_below(side, frozenset()), MOST_TRIED):
        names = {t.symbol for t in subterms(inner) if isinstance(t, Name)}
        if not names or names & doubtful:  # the root of -1 may be meant as the imaginary unit
            continue
        proof = prove(Reading("<", inner, ZERO), scope, reasons=False)
        if proof is not None and not proof.conditions:
            return f"{to_text(inner)} is negative, and has no real {_WORDS[function]}"
    return None


def _below(term: Term, bound: frozenset[str]) -> Iterator[tuple[str, Term]]:
    """Yield what stands in a logarithm or under a root; a branch of cases may never be taken.

    What is bound may be other than what the note says of its name: it must not stand there by itself.
    """
    match term:
        case Cases():
            return
        case Elementary(function, (inner,)) if function in _WORDS and not bound & set(_by_themselves(inner)):
            yield function, inner
        case Aggregate(_, binder):
            bound |= {binder.name.symbol}
        case Expectation(draws) | MomentOf(_, draws):
            bound |= {draw.name.symbol for draw in draws}
    for part in children(term):
        yield from _below(part, bound)


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
