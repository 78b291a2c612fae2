"""Results of a single digit: 0.7 * 0.2 = 0.1 holds as rounded, and may as well be a slip."""

from __future__ import annotations

from dataclasses import replace

from errata.language.statements import Reading
from errata.language.terms import Negative, Number, Term


def with_exact_result(reading: Reading) -> tuple[Reading, str] | None:
    r"""Return an equation whose result is a decimal of one digit with that number as an exact one, and the number.

    None where it is no such equation; of approximations, 2/3 \approx 0.7, the rounding is said.
    """
    if reading.relation != "=":
        return None
    left, right = _exact(reading.left), _exact(reading.right)
    if (left is None) == (right is None):
        return None
    number = left or right
    assert number is not None
    exact = replace(reading, left=left or reading.left, right=right or reading.right)
    return exact, str(float(number.value))


def _exact(side: Term) -> Number | None:
    """Return a written decimal of one digit as an exact number."""
    if isinstance(side, Negative):
        inner = _exact(side.term)
        return None if inner is None else replace(inner, value=-inner.value)
    if not isinstance(side, Number) or not side.decimals:
        return None
    digits = abs(side.value) * 10**side.decimals
    return replace(side, decimals=None) if 0 < digits < 10 else None
