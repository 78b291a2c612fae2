"""Rows and columns of matrices in words."""

import pytest
from reading_helpers import statements_of

from errata.language.stacked_members import lines_in, of_told_members
from errata.language.state import State
from errata.language.terms import Aggregate, MatrixOperation, Name, Product


def member(sentence, symbol="x"):
    """Return what a member is after a sentence, as the display after it reads it."""
    statements = statements_of(sentence + f"\n\n$$\\sum_{{n=1}}^N {symbol}_n = 2 \\sum_{{n=1}}^N {symbol}_n$$")
    left = statements[-1].statement.readings[0].left
    assert isinstance(left, Aggregate)
    return left.body


ROWS = MatrixOperation("transpose", (Name("X"),))


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("Let $X$ be the design matrix with rows $x_n^T$.", ROWS),
        ("Let $X \\in \\mathbb{R}^{N \\times D}$ be the matrix whose $n$-th row is $x_n^T$.", ROWS),
        ("We combine the inputs into a matrix $X$ such that the $n^{\\text{th}}$ row is $x_n^T$.", ROWS),
        ("We stack the points $x_n$ as rows of the matrix $X$.", ROWS),
        ("The rows of $X$ are $x_n^T$.", ROWS),
        ("Let $X \\in \\mathbb{R}^{D \\times N}$ be a matrix with $x_n$ in its columns.", Name("X")),
        ("Let $X$ be the data matrix whose columns are $x_n$.", Name("X")),
    ],
)
def test_members_are_taken_out_of_the_matrix(sentence, whole):
    body = member(sentence)
    assert body == Product((whole, MatrixOperation("basis", (Name("n"), Name("N")))))


@pytest.mark.parametrize(
    "sentence",
    [
        "Let $X$ be the matrix whose $k$-th row is $x_n^T$.",
        "Let $X \\in \\mathbb{R}^{D \\times N}$ be the matrix with columns $x_n^T$.",
        "If the rows of $X$ are $x_n^T$, this is known.",
    ],
)
def test_other_words_tell_no_members(sentence):
    assert not isinstance(member(sentence), Product)


def test_members_that_a_formula_tells_make_up_the_matrix():
    from errata.language.prose.harvested import Declared, Harvest
    from errata.language.scope import Definition
    from errata.language.sorts import Family, Vector

    line = Definition("x", ("n",), Product((ROWS, MatrixOperation("basis", (Name("n"), Name("N"))))), entry_wise=True)
    said = Harvest((Declared("x", Family((Name("N"),), Vector(Name("D"))), ""),), definitions=(line,))
    assert lines_in(said) == (line,)
    assert of_told_members(said, ()) == said
    (whole,) = of_told_members(said, ("x",)).definitions
    assert whole.symbol == "X"
    assert isinstance(whole.body, Aggregate)


def test_formulas_before_are_made_of_what_is_told_of_entries_later():
    from errata.language.scope import Definition
    from errata.language.terms import Entry

    state = State()
    state.enter(Definition("J", (), Entry(Name("m"), (Name("i"),))))
    state.enter(Definition("m", ("k",), Name("c"), entry_wise=True))
    assert state.definitions["J"].body == Name("c")
