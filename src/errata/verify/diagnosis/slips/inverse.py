r"""An inverse is missing, or stands where none belongs.

Given: Let $A \in \mathbb{R}^{n\times n}$ be invertible.
Wrong: \det(A^{-1}) \det(A)^2 = \det(A^{-1})
Right: \det(A^{-1}) \det(A)^2 = \det(A)
"""

from __future__ import annotations

from errata.language.terms import MatrixOperation, Quotient, Term
from errata.verify.diagnosis.slips.slip import Slip, is_constant, words
from errata.verify.diagnosis.trees import ONE

NAME = "inverse"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if (is_constant(slip.old) and is_constant(slip.new)) or not slip.is_same(_uninverted):
        return None
    return f"an inverse is lost or added: {words(slip.new)}, not {words(slip.old)}"


def _uninverted(term: Term) -> Term:
    if isinstance(term, MatrixOperation) and term.operation in ("inverse", "pseudo_inverse"):
        return term.arguments[0]
    if isinstance(term, Quotient) and term.numerator == ONE:
        return term.denominator
    return term
