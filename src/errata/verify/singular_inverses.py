"""Inverses of matrices that are singular whatever the names are: the step has no meaning anywhere."""

from __future__ import annotations

from fractions import Fraction

from errata.language.printer import to_text
from errata.language.scope import Scope
from errata.language.statements import Reading
from errata.language.terms import MatrixOperation, Negative, Number, Power, Term, subterms
from errata.numeric_checks.outcome import Agreement
from errata.numeric_checks.witness import check as check_numerically

_ZERO = Number(Fraction(0))
_MOST = 4
"""No more inverses of a step are looked at."""


def singular_inverse(reading: Reading, scope: Scope) -> str | None:
    """Return, in words, which matrix is inverted although it is singular; None where none is known to be."""
    parts = (part for side in (reading.left, reading.right) for part in subterms(side))
    inverted = [matrix for part in parts if (matrix := _inverted(part)) is not None]
    for matrix in list(dict.fromkeys(inverted))[:_MOST]:
        determinant = MatrixOperation("determinant", (matrix,))
        if isinstance(check_numerically(Reading("=", determinant, _ZERO), scope), Agreement):
            return f"{to_text(matrix)} is singular, and has no inverse"
    return None


def _inverted(part: Term) -> Term | None:
    """Return what a term is the inverse of, or the power -1."""
    match part:
        case MatrixOperation("inverse", (matrix,)) | Power(
            matrix, Negative(Number(Fraction(numerator=1, denominator=1)))
        ):
            return matrix
    return None
