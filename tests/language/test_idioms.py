"""What writes another thing than it says, on tokens."""

import pytest

from errata.language.tokens import tokenize


def told(latex):
    """Return the tokens' texts."""
    return " ".join(token.text for token in tokenize(latex))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\P{}(A)", r"\P (A)"),
        (r"x\vert{} y", "x| y"),
        (r"\frac{}{b}", r"\frac{}{b}"),
        (r"{}^T", r"{}^T"),
        (r"\mathop{}\!\mathrm{d} x", r"\mathrm{d} x"),
        ("<x, y> + 1", r"\langle x, y \rangle + 1"),
        ("2 <x_i, y>", r"2 \langle x_i, y \rangle"),
        ("a &lt; b", "a < b"),
        ("sigm(x)", r"\operatorname{sigm}(x)"),
        ("NLL(w)", r"\operatorname{NLL}(w)"),
        (r"\norm{a + b}", r"\Vert a + b \Vert"),
    ],
)
def test_idioms_are_written_out(written, meant):
    assert told(meant) == told(written)


@pytest.mark.parametrize(
    "written",
    ["x < y, z > 0", "a < b", "ab(x)", "AB(x)", "ABC(D + E)", "X^TAX(Y)", "A^t", "abc(x + y)", "sigm + 1"],
)
def test_what_is_no_idiom_stays(written):
    assert written.replace(" ", "") == told(written).replace(" ", "")
