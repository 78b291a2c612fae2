r"""Shapes below names: X_{n \times p}."""

from __future__ import annotations

import pytest

from errata.language.numbered_variables import numbering, renumbered
from errata.language.parsing import Parsing
from errata.language.shape_subscripts import is_shape, shaped_names
from errata.language.symbols import decorated
from errata.language.syntax import Node, Scripted


def parsed(latex: str) -> tuple[Node, ...]:
    return Parsing({}).rows(latex)[0].nodes


@pytest.mark.parametrize(
    ("latex", "is_one"),
    [("X_{n \\times p}", True), ("X_{n_1 \\times 2}", True), ("X_{n p}", False), ("X_{\\times p}", False)],
)
def test_what_a_shape_is(latex: str, is_one: bool) -> None:
    (node,) = parsed(latex)
    assert isinstance(node, Scripted)
    assert is_shape(node.lower) is is_one


def test_one_letter_with_several_shapes_and_sized_constants_keep_them() -> None:
    formulas = [parsed("A_{m \\times n} A_{n \\times m}"), parsed("I_{n \\times n} B_{n \\times p}"), parsed("B")]
    assert shaped_names(formulas) == {"B"}


def test_shapes_are_left_out_of_formulas() -> None:
    formula = parsed("B_{n \\times p}^2 A_{m \\times n} A_{n \\times m}")
    assert list(map(decorated, renumbered(formula, numbering([formula])))) == [
        "B^{2}",
        "A_{m\\times n}",
        "A_{n\\times m}",
    ]
