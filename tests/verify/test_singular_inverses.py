"""Inverses of singular matrices."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def message(matrix):
    note = f"Let $M = \\begin{{pmatrix}} {matrix} \\end{{pmatrix}}$.\n\n$$M^{{-1}} M = I$$"
    return judge(list(read_document(read_text(note)))[-1].statement, 0)


@pytest.mark.parametrize("matrix", ["1 & 2 \\\\ 2 & 4", "1 & a \\\\ 2 & 2a"])
def test_a_singular_matrix_is_named(matrix):
    found = message(matrix)
    assert (found.verdict, found.rule) == ("undecided", "domain")
    assert "M is singular" in found.message


def test_others_are_not():
    assert message("1 & 2 \\\\ 2 & 5").verdict in ("proved", "holds")
