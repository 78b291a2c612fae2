r"""Truncated series: f(t) = a + b t + O(t^2) as t \to 0 says that both sides agree with their derivatives at 0.

A remainder O(t^k) of smooth functions is one whose derivatives of order below k vanish at 0 (Taylor's theorem).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from errata.language.scope import Scope
from errata.language.sorts import Real
from errata.language.statements import Reading
from errata.language.terms import (
    At,
    Derivative,
    Landau,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Sum,
    Term,
    subterms,
)

HIGHEST = 4
ZERO = Number(Fraction(0))


def vanishing(symbol: str) -> str:
    """Return the key under which the notations of a scope say that a number tends to 0."""
    return f"{symbol}\\to"


def told_as_rate(letter: str) -> str:
    """Return the key under which the notations of a scope say that o, Theta or Omega of something is a rate."""
    return f"{letter} is a rate"


def has_remainder(reading: Reading) -> bool:
    """Return whether a remainder O(...) stands in a claim."""
    return any(isinstance(part, Landau) for side in (reading.left, reading.right) for part in subterms(side))


def expansion_claims(reading: Reading, scope: Scope) -> tuple[Reading, ...] | None:
    """Return the equations that an expansion claims; None where its remainder is not understood."""
    (left, one), (right, other) = without_remainders(reading.left), without_remainders(reading.right)
    remainders = [*one, *other]
    if reading.relation != "=" or len(remainders) != 1 or has_remainder(replace(reading, left=left, right=right)):
        return None
    order = _order(remainders[0].argument, scope) if remainders[0].kind == "O" else None
    if order is None:
        return None
    variable, degree = order
    pairs = [(_coefficient(left, variable, n), _coefficient(right, variable, n)) for n in range(degree)]
    smooth = _bent(Sum((left, Negative(right))), variable, degree)
    return tuple(replace(reading, left=one, right=other) for one, other in (*pairs, (smooth, smooth)))


def without_remainders(side: Term) -> tuple[Term, list[Landau]]:
    """Return a side without its remainders, and these."""
    terms = side.terms if isinstance(side, Sum) else (side,)
    kept: list[Term] = []
    found: list[Landau] = []
    for term in terms:
        bare = term.term if isinstance(term, Negative) else term
        if isinstance(bare, Landau):
            found.append(bare)
        else:
            kept.append(term)
    if not kept:
        return ZERO, found
    return (kept[0] if len(kept) == 1 else Sum(tuple(kept))), found


def _order(argument: Term, scope: Scope) -> tuple[Name, int] | None:
    """Return t and k of t^k, where t is a number that the note lets tend to 0."""
    match argument:
        case Name():
            variable, degree = argument, 1
        case Power(Name() as variable, Number(value)) if value.denominator == 1 and 1 <= value <= HIGHEST:
            degree = int(value)
        case Product((Number(value), inner)) if value:
            return _order(inner, scope)
        case _:
            return None
    sort = scope.sorts.get(variable.symbol, Real())
    is_number = isinstance(sort, Real) and not sort.integer and not sort.complex
    told = scope.notations.get(vanishing(variable.symbol)) == "0"
    return (variable, degree) if is_number and told and variable.symbol not in scope.definitions else None


def _bent(term: Term, variable: Name, order: int) -> Term:
    """Return the derivative at 0 along t + t^2, which has a value only where the term is smooth there.

    Along t itself a symmetric difference would find a derivative of |t|.
    """
    path = Sum((variable, Power(variable, Number(Fraction(2)))))
    return _coefficient(At(term, variable, path), variable, order)


def _coefficient(side: Term, variable: Name, order: int) -> Term:
    return At(Derivative(side, variable, order) if order else side, variable, ZERO)
