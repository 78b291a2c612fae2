"""Lists of numbers in brackets."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


def is_right(found):
    return bool(found) and all(verdict in ("proved", "holds") for verdict in found)


MATRIX = "$W = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$"


@pytest.mark.parametrize(
    ("given", "right", "slip"),
    [
        ("$x = [1, 2, 3]$ and $y = [0, 1, 0]$", "x + y = [1, 3, 3]", "x + y = [1, 3, 4]"),
        ("$x = (1, 2)$ and $y = (3, 4)$", "x \\cdot y = 11", "x \\cdot y = 10"),
        (f"$x = [1, 2]$ and {MATRIX}", "x W = [7, 10]", "x W = [7, 11]"),
        (f"$x = [1, 2]^T$ and {MATRIX}", "W x = [5, 11]^T", "W x = [5, 12]^T"),
        ("$P = [0.5, 0.5]$ and $Q = [0.25, 0.75]$", "KL(P || Q) = \\log 2 - \\frac12 \\log 3", "KL(P || Q) = \\log 2"),
    ],
)
def test_a_list_of_numbers_is_a_vector(given, right, slip):
    assert is_right(verdicts(f"Let {given}.\n\n$${right}$$"))
    assert "wrong" in verdicts(f"Let {given}.\n\n$${slip}$$")


def test_intervals_stay_intervals():
    assert is_right(verdicts("Let $X$ be uniform on $[0, 1]$.\n\n$$E[X] = \\frac{1}{2}$$"))
