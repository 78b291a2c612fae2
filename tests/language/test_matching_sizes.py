"""Shapes by unification: sizes that follow from neighbours, and shapes that cannot agree."""

from __future__ import annotations

import pytest
from reading_helpers import claims_of

from errata.language.matching_sizes import sized
from errata.language.terms import MatrixOperation, Name, Term, subterms

DECLARED = "Let $A \\in \\mathbb{R}^{m\\times n}$, $B \\in \\mathbb{R}^{n\\times m}$, $x \\in \\mathbb{R}^n$.\n\n"


def sizes(latex: str) -> list[Term | None]:
    """Return the sizes that the sizeless values of a claim were given, in order."""
    (claim,) = claims_of(f"{DECLARED}$$\n{latex}\n$$\n")
    reading = claim.statement.readings[0]
    found = [t for side in (reading.left, reading.right) for t in subterms(side) if isinstance(t, MatrixOperation)]
    sizeless = [t for t in found if t.operation in ("identity", "ones")]
    return [t.arguments[0] if t.arguments else None for t in sizeless]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("I + AB = AB + I", [Name("m"), Name("m")]),
        ("A(I + BA) = (I + AB)A", [Name("n"), Name("m")]),
        ("A\\mathbf{1} = A(x + \\mathbf{1}) - Ax", [Name("n"), Name("n")]),
        ("\\mathbf{1}^\\top A = \\mathbf{1}^\\top A", [Name("m"), Name("m")]),
        ("\\operatorname{vec}(AB) = (B^\\top \\otimes I)\\operatorname{vec}(A)", [Name("m")]),
        ("\\operatorname{tr}(I) = \\operatorname{tr}(I)", [None, None]),
    ],
)
def test_sizes_follow_from_neighbours(latex: str, expected: list[Term | None]) -> None:
    assert sizes(latex) == expected


@pytest.mark.parametrize(
    ("latex", "sure"),
    [
        ("AB = BA", [True]),
        ("A + B = A", [True]),
        ("AA = A", [True]),
        ("A x = B x", [True, True]),
        ("A B A = A", []),
        ("x^\\top B A x = \\|x\\|^2", []),
        ("A + x = A", [False]),
        ("A B = x", [True]),
        ("A x = x", [True]),
        ("x^\\top = A x", [True]),
        ("x = x^\\top", [False]),
        ("x x^\\top = x", [True]),
        ("x x^\\top x = x^\\top", [False]),
        ("\\operatorname{diag}(BA) = BA", [False]),
        ("\\sum_{i=1}^n A_i x_i = A x", []),
        ("A x + A = B^\\top x", [False, True]),
        ("\\begin{pmatrix} A & A \\end{pmatrix} \\begin{pmatrix} x \\\\ x \\end{pmatrix} = 2 A x", []),
        ("\\begin{pmatrix} A & A \\end{pmatrix} \\begin{pmatrix} x \\\\ x \\end{pmatrix} = 2 A", [True]),
        ("\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix} = \\begin{pmatrix} 1 & 0 \\\\ 0 & 2 \\end{pmatrix}", [True]),
    ],
)
def test_shapes_that_cannot_agree(latex: str, sure: list[bool]) -> None:
    (claim,) = claims_of(f"{DECLARED}$$\n{latex}\n$$\n")
    reading = claim.statement.readings[0]
    _, conflicts = sized((reading.left, reading.right), claim.statement.scope)
    assert [conflict.sure for conflict in conflicts] == sure
