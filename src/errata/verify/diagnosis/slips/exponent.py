r"""A power is another one than it must be, or is missing.

A square that was dropped, a determinant of cA that takes c only once, a derivative whose power did not come down.

Given: Let $x > 0$.
Wrong: \frac{d}{dx} x^3 = 3x
Right: \frac{d}{dx} x^3 = 3x^2
"""

from __future__ import annotations

from errata.language.terms import Constant, MatrixOperation, Power, Term
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "exponent"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if not slip.is_same(_powerless):
        return None
    for old, new in reversed(slip.change.above):
        if isinstance(old, Power) and isinstance(new, Power):
            return f"the power is {words(new)}, not {words(old)}"
    return f"the power is {words(slip.new)}, not {words(slip.old)}"


def _powerless(term: Term) -> Term:
    """Take powers away; e to a power is a function of that power."""
    if isinstance(term, MatrixOperation) and term.operation == "squared_norm":
        return MatrixOperation("norm", term.arguments, term.kind)
    return term.base if isinstance(term, Power) and term.base != Constant("e") else term
