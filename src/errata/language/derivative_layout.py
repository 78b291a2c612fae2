"""The layout of derivatives by vectors and matrices: as the note says, else in denominator layout.

A `Derivative` term is in denominator layout; the other layouts are its transpose. Where the note does not say,
the other layouts are readings of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errata.language.array_shapes import NUMBER, is_column, shape_of
from errata.language.sorts import Matrix
from errata.language.terms import Derivative, MatrixOperation, Name, Negative, Sum, Term

if TYPE_CHECKING:
    from errata.language.meaning import Meaning

NUMERATOR, JACOBIAN, STRUCTURED = "numerator layout", "jacobian layout", "symmetric entries"
"""Choices of reading: all derivatives transposed, those of vectors alone, or symmetric entries moving together."""


def laid_out(meaning: Meaning, term: Derivative, *, gradient: bool) -> Term:
    """Return the derivative in the note's layout; gradient: written with \\nabla, a column for every number."""
    scope = meaning.knowledge.scope
    variable, body = shape_of(term.variable, scope), shape_of(term.body, scope)
    if not variable:
        return term
    if is_symmetric(meaning, term.variable) and body in (None, NUMBER):
        if scope.layout.symmetric or STRUCTURED in meaning.choices:
            return both_entries(term)
        meaning.ambiguities.add(STRUCTURED)
    if body is None or body == NUMBER:
        said = "denominator" if gradient else scope.layout.numbers
        choices: tuple[str, ...] = (NUMERATOR,)
    elif is_column(body) and is_column(variable):
        said = scope.layout.vectors
        choices = (JACOBIAN, NUMERATOR) if not scope.layout.numbers else (JACOBIAN,)
    else:
        return term
    if not said:
        meaning.ambiguities.update(choices)
        said = "numerator" if any(c in meaning.choices for c in choices) else "denominator"
    return MatrixOperation("transpose", (term,), span=term.span) if said == "numerator" else term


def is_symmetric(meaning: Meaning, variable: Term) -> bool:
    """Return whether the variable is declared a symmetric matrix."""
    sort = meaning.knowledge.scope.sorts.get(variable.symbol) if isinstance(variable, Name) else None
    return isinstance(sort, Matrix) and bool(sort.properties & {"symmetric", "positive definite"})


def both_entries(term: Derivative) -> Term:
    """The derivative by a symmetric matrix when both entries of a pair are one variable: G + G^T - G o I."""
    mirrored = MatrixOperation("transpose", (term,), span=term.span)
    diagonal = MatrixOperation("hadamard", (term, MatrixOperation("identity")), span=term.span)
    return Sum((term, mirrored, Negative(diagonal)), span=term.span)
