r"""A transpose is missing, or stands where none belongs.

Shapes often betray it; between square or symmetric-looking matrices nothing does, and the two sides still differ.

Given: Let $A \in \mathbb{R}^{n\times n}$ and $x \in \mathbb{R}^n$.
Wrong: \nabla_x (x^\top A x) = (A + A) x
Right: \nabla_x (x^\top A x) = (A + A^\top) x
"""

from __future__ import annotations

from errata.language.terms import MatrixOperation, Term
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "transpose"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if not slip.is_same(_untransposed):
        return None
    return f"a transpose is lost or added: {words(slip.new)}, not {words(slip.old)}"


def _untransposed(term: Term) -> Term:
    if isinstance(term, MatrixOperation) and term.operation == "transpose":
        return term.arguments[0]
    return term
