r"""A calculation with numbers alone comes out otherwise.

Wrong: 17 \cdot 3 + 4 = 54
Right: 17 \cdot 3 + 4 = 55
"""

from __future__ import annotations

from errata.language.terms import Number
from errata.verify.diagnosis.slips.slip import Slip, is_constant, words

NAME = "arithmetic"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if not (is_constant(slip.written) and is_constant(slip.other)):
        return None
    removed, added = slip.addends
    if added and not removed and not isinstance(slip.written, Number):  # what was put in was left out
        return None
    return f"this comes to {words(slip.right)}, not {words(slip.written)}"
