r"""A number was rounded to another one than it comes to: its last digit is off.

A written decimal claims agreement to the digits written; rounding and cutting off are both accepted. What is off by
less than one unit in the last digit is left undecided: the numbers before it may have been rounded themselves.

Given: Let $a > 0$.
Wrong: \frac{5}{7} = 0.716
Right: \frac{5}{7} = 0.714
"""

from __future__ import annotations

from fractions import Fraction

from errata.language.terms import Negative, Number, Term
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "rounding"
LAST = 2
"""By how many units the last digit may be off."""


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    old, new = _decimal(slip.old), _decimal(slip.new)
    if old is None or new is None or old[1] != new[1]:
        return None
    if abs(old[0] - new[0]) * 10 ** old[1] > LAST:
        return None
    return f"rounded to {words(slip.new)}, not {words(slip.old)}"


def _decimal(term: Term) -> tuple[Fraction, int] | None:
    """Return the value of a written decimal with its sign, and how many digits stand after the point."""
    plain = term.term if isinstance(term, Negative) else term
    if not isinstance(plain, Number) or not plain.decimals:
        return None
    return (-plain.value if isinstance(term, Negative) else plain.value), plain.decimals
