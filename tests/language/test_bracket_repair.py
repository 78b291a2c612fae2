"""Brackets that do not balance: which ways there are to mend them, the likeliest first."""

import pytest

from errata.language.bracket_repair import mend_row
from errata.language.syntax import Group, everything, leaf_text
from errata.language.tokens import tokenize


def written(nodes):
    """Return the nodes as text with their brackets."""
    return "".join(f"{n.opening}{written(n.items)}{n.closing}" if isinstance(n, Group) else leaf_text(n) for n in nodes)


def ways(latex):
    mended = mend_row(tokenize(latex))
    assert mended is not None
    return [[written(guess.nodes) for guess in mending.guesses] for mending in mended[1]]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"a(b+c = d", [["a(b+c)", "a(b)+c"]]),
        (r"(a + b)) = c", [["(a+b)", "((a+b))", "(a+(b))"]]),
        (r"\{a + (b\} = (c + d", [["\\{a+(b)\\}"], ["(c+d)", "(c)+d"]]),
        (r"a = b", []),
    ],
)
def test_every_place_for_the_bracket(latex, expected):
    assert expected == ways(latex)


def test_words_say_what_was_supplied():
    mended = mend_row(tokenize(r"f(a = b \quad \text{by (A)}"))
    assert mended is None
    mended = mend_row(tokenize(r"f(a + b = b \quad \text{see above}"))
    assert [g.words for g in mended[1][0].guesses] == [") supplied after f(a+b", ") supplied after f(a"]


@pytest.mark.parametrize("latex", ["((a = b", "(a] + [b) + c] = d", "P(X = 1", "a(b\\} = c"])
def test_what_one_bracket_does_not_mend_is_left(latex):
    assert mend_row(tokenize(latex)) is None


def test_the_row_takes_the_first_way():
    nodes, _ = mend_row(tokenize(r"a(b + c = d"))
    assert written(nodes) == "a(b+c)=d"
    assert [n.closing for n in everything(nodes) if isinstance(n, Group)] == [")"]
