r"""The two sides differ by a number.

Given: Let $x > 0$.
Wrong: \log(4x) = \log x
Right: \log(4x) = \log x + \log 4
"""

from __future__ import annotations

from errata.language.terms import Negative, Sum
from errata.verify.diagnosis.slips.slip import Slip, is_constant, listed

NAME = "constant"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if slip.change.above and not isinstance(slip.change.above[-1][0], Sum | Negative):
        return None
    removed, added = slip.addends
    if (not removed and not added) or not all(map(is_constant, (*removed, *added))):
        return None
    if not removed:
        return f"the constant {listed(added)} is missing"
    if not added:
        return f"the constant {listed(removed)} is too much"
    return f"the constant is {listed(added)}, not {listed(removed)}"
