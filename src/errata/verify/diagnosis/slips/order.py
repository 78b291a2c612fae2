r"""Factors that do not commute stand in another order than they must.

The inverse and the transpose of a product reverse it; a gradient leaves every matrix on its own side. What would be one
and the same for numbers is not for matrices.

Given: Let $A, B \in \mathbb{R}^{n\times n}$.
Wrong: (AB)^\top = A^\top B^\top
Right: (AB)^\top = B^\top A^\top
"""

from __future__ import annotations

from dataclasses import replace

from errata.language.terms import MatrixOperation, Product, Term
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "order"
_ORDERED = ("hadamard", "dot", "kronecker")


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if not (slip.is_same(_unordered) or slip.is_same(_unordered_and_untransposed)):
        return None
    return f"the order of the factors is {words(slip.new)}, not {words(slip.old)}"


def _unordered(term: Term) -> Term:
    if isinstance(term, Product):
        return Product(tuple(sorted(term.factors, key=repr)))
    if isinstance(term, MatrixOperation) and term.operation in _ORDERED:
        return replace(term, arguments=tuple(sorted(term.arguments, key=repr)))
    return term


def _unordered_and_untransposed(term: Term) -> Term:
    if isinstance(term, MatrixOperation) and term.operation == "transpose":
        return term.arguments[0]
    return _unordered(term)
