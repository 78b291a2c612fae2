"""Names among finitely many numbers: s in {-1, 1} is a number where no law makes it a point of a space."""

from __future__ import annotations

from fractions import Fraction

from errata.language.sorts import FiniteSpace, Real, SpaceKind
from errata.language.terms import Negative, Number, Term

ONLY_SOME = "it is one of a few numbers"
"""Said of a name for which more numbers stand than it can be."""


def numbers_among(space: SpaceKind | None) -> tuple[Real, bool]:
    """Return the numbers that the points of a space are, and whether these are all the numbers of that sort."""
    if not isinstance(space, FiniteSpace):
        return Real(), True
    values = {_value(point) for point in space.points}
    known = sorted(v for v in values if v is not None)
    if len(known) != len(values) or any(v.denominator != 1 for v in known):
        return Real(), False
    low, high = known[0], known[-1]
    whole = {Fraction(v) for v in range(int(low), int(high) + 1)} if high - low < _MOST else set()
    sort = Real(
        float(low), float(high), low_open=False, high_open=False, integer=True, nonzero=Fraction(0) not in values
    )
    return sort, whole - values <= {Fraction(0)} and bool(whole)


_MOST = 1000
"""So many whole numbers are compared with those of a space."""


def _value(term: Term) -> Fraction | None:
    match term:
        case Number(value):
            return value
        case Negative(Number(value)):
            return -value
    return None
