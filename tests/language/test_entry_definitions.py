import pytest
from reading_helpers import statements_of

VECTORS = "Let $L \\in \\mathbb{R}^{n \\times n}$ and $z \\in \\mathbb{R}^n$.\n\n"


def doubted(note):
    return dict(statements_of(VECTORS + note)[-1].statement.scope.not_understood)


@pytest.mark.parametrize(
    "note",
    [
        "Let $L_{ij} = 0$ for $i > j$.",
        "Let $L_{ij} = 0$ if $i \\ne j$.",
        "$$L_{ij} = 0, \\quad i \\ge j$$",
        "Let $L_{ii} = 0$.",
    ],
)
def test_what_is_said_of_entries_protects_the_whole(note):
    assert "L" in doubted(note + "\n\n$$z = z$$")


@pytest.mark.parametrize(
    "note",
    [
        "Let $\\sum_{i=1}^n z_i = 1$.",
        "Let $L_{12} = 0$.",
        "Let $L = z z^T$.",
        "Let $L_{ij} = z_i z_j$.",
        "$$L_{ij} = z_i z_j$$",
        "$$a_i = z_i$$",
        "Let $b_k = z_k$ for $1 \\le k \\le n$.",
    ],
)
def test_the_rest_is_as_it_was(note):
    assert doubted(note + "\n\n$$z = z$$") == {}


@pytest.mark.parametrize(
    ("note", "given"),
    [
        ("$$b_k = 2 z_k, \\quad k = 1, \\dots, n$$", True),
        ("$$b_k = 2 z_k, \\quad 1 \\le k \\le n$$", True),
        ("$$b_k = 2 z_k, \\quad k \\ne 1$$", False),
        ("Let $b_k = 2 z_k$ for $k > 1$.", False),
    ],
)
def test_a_formula_for_some_entries_defines_none(note, given):
    last = statements_of(VECTORS + note + "\n\n$$\\sum_{k=1}^n b_k = 2 \\sum_{k=1}^n z_k$$")[-1].statement
    assert given is not any(s in ("b", "b_{\\cdot}") for s in last.scope.not_understood)
