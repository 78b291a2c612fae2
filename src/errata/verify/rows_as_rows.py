r"""Rows of a matrix that a note writes as rows: with the rows x_i of X, X^\top X = \sum_i x_i^\top x_i.

They are read as columns, as vectors are. A step that agrees once they lie as they do in the matrix is no slip.
"""

from __future__ import annotations

from dataclasses import replace

from errata.language.definitions import rebuilt
from errata.language.printer import to_text
from errata.language.statements import Reading
from errata.language.terms import MatrixOperation, Product, Term


def with_rows(reading: Reading) -> tuple[Reading, str] | None:
    """Return a reading with the rows of matrices as rows, and a name of such a matrix; None where there are none."""
    found: list[Term] = []

    def turned(term: Term) -> Term:
        match term:
            case Product((MatrixOperation("transpose", (matrix,)), MatrixOperation("basis") as place)):
                found.append(matrix)
                return Product((MatrixOperation("transpose", (place,)), matrix))
        return rebuilt(term, turned)

    posed = replace(reading, left=turned(reading.left), right=turned(reading.right))
    return (posed, to_text(found[0])) if found else None
