"""Data matrices beside their members, by the custom that fits their shape."""

import pytest
from reading_helpers import claims_of

from errata.language.customary_rows import BY_CUSTOM, speaks_of_lines


def doubt(note):
    return claims_of(note)[-1].statement.scope.not_understood.get("X_{\\circ}")


@pytest.mark.parametrize(
    ("note", "custom"),
    [
        ("$$S = \\sum_{i=1}^N x_i x_i^T = X^T X$$", True),
        ("$$S = \\sum_{i=1}^N x_i x_i^T = X X^T$$", True),
        ("Let $X \\in \\mathbb{R}^{N \\times D}$ and $x_1, \\dots, x_N \\in \\mathbb{R}^D$.\n\n"
         "$$\\sum_{i=1}^N x_i x_i^T = X^T X$$", True),
        ("Let $X \\in \\mathbb{R}^{D \\times N}$ and $x_1, \\dots, x_N \\in \\mathbb{R}^D$.\n\n"
         "$$\\sum_{i=1}^N x_i x_i^T = X^T X$$", False),
        ("Let $X \\in \\mathbb{R}^{n \\times n}$ and $x_1, \\dots, x_n \\in \\mathbb{R}^n$.\n\n"
         "$$\\sum_{i=1}^n x_i x_i^T = X^T X$$", False),
        ("The columns are centred.\n\n$$S = \\sum_{i=1}^N x_i x_i^T = X^T X$$", False),
    ],
)  # fmt: skip
def test_the_custom_holds_where_the_shape_fits_one_way(note, custom):
    assert (doubt(note) == BY_CUSTOM) == custom


def test_words_about_lines_are_seen():
    assert speaks_of_lines("with the points stacked below one another")
    assert not speaks_of_lines("the points are drawn from a law")
