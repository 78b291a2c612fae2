r"""A square root is missing, or stands where none belongs.

Given: Let $\sigma > 0$ and $a > 0$.
Wrong: (a\sigma^2)^{1/2} = a\sigma
Right: (a\sigma^2)^{1/2} = \sqrt{a}\sigma
"""

from __future__ import annotations

from fractions import Fraction

from errata.language.terms import Elementary, MatrixOperation, Number, Power, Term
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "square-root"
TWO = Number(Fraction(2))


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if not slip.is_same(_rootless):
        return None
    return f"a root is lost or added: {words(slip.new)}, not {words(slip.old)}"


def _rootless(term: Term) -> Term:
    if isinstance(term, Elementary) and term.function == "sqrt":
        return term.arguments[0]
    if isinstance(term, MatrixOperation) and term.operation == "squared_norm":
        return MatrixOperation("norm", term.arguments, term.kind)
    if isinstance(term, Power) and isinstance(term.base, MatrixOperation) and term.base.operation == "norm":
        return term.base if term.exponent == TWO else term
    return term
