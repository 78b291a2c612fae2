r"""A term of a sum is missing.

Given: Let $a$ and $b$ be real numbers.
Wrong: b + (a + b)(a - b) = a^2 - b^2
Right: b + (a + b)(a - b) = a^2 - b^2 + b
"""

from __future__ import annotations

from errata.verify.diagnosis.slips.slip import Slip, listed

NAME = "missing-term"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    removed, added = slip.addends
    if removed or not added:
        return None
    return f"the term {listed(added)} is missing"
