"""Sizes that nobody told."""

import pytest
from reading_helpers import claims_of

from errata.language.sorts import Matrix


def shapes(note, symbols):
    scope = claims_of(note)[-1].statement.scope
    sorts = [scope.sorts[s] for s in symbols]
    return [(s.rows, s.columns) if isinstance(s, Matrix) else s.size for s in sorts]


def test_a_product_joins_the_sizes_that_nobody_told():
    first, second = shapes("Let $A$ and $B$ be square matrices. Then $$(A B)^2 = A B A B$$", "AB")
    assert first == second and first[0] == first[1]
    first, second = shapes("Let $A$ be a matrix and $b$ a vector. Then $$2 A b = A b + A b$$", "Ab")
    assert first[1] == second and first[0] != second


def test_a_told_size_is_kept():
    told = r"Let $A \in \mathbb{R}^{3 \times 4}$ and let $B$ be a matrix. Then $$2 A B = A B + A B$$"
    first, second = shapes(told, "AB")
    assert [str(s.value) for s in first] == ["3", "4"] and second[0] == first[1]


@pytest.mark.parametrize("space", [r"\mathbb{R}^{3 \times 3}", r"\mathbb{R}^{n \times n}"])
def test_told_sizes_are_not_joined(space):
    first, second = shapes(rf"Let $A \in \mathbb{{R}}^{{4 \times 4}}$ and $B \in {space}$. Then $$A B = B A$$", "AB")
    assert first != second
