r"""A term of a sum is one too many.

Given: Let $a$ and $b$ be real numbers.
Wrong: (a + b)(a - b) = a^2 - b^2 + ab
Right: (a + b)(a - b) = a^2 - b^2
"""

from __future__ import annotations

from errata.verify.diagnosis.slips.slip import Slip, listed

NAME = "extra-term"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    removed, added = slip.addends
    if added or not removed:
        return None
    return f"the term {listed(removed)} is too much"
