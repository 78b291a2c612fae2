"""\\sim compares formulas only where nothing can be drawn."""

import pytest
from reading_helpers import claims_of

from errata.language.asymptotics import SIGN, has_constants, with_asymptotics
from errata.language.grammar import parse_syntax
from errata.language.syntax import leaf_text
from errata.language.terms import Landau
from errata.language.tokens import tokenize


def compares(latex):
    return any(leaf_text(node) == SIGN for node in with_asymptotics(parse_syntax(tokenize(latex))))


@pytest.mark.parametrize(
    "latex",
    [
        r"n! \sim \sqrt{2 \pi n} (n/e)^n",
        r"\binom{2n}{n} \sim \frac{4^n}{\sqrt{\pi n}}",
        r"\log n! \sim n \log n",
        r"\sin x \sim x",
        r"a_n \sim n^2",
        r"f(x) \sim \frac{1}{x}",
    ],
)
def test_formulas_are_compared(latex):
    assert compares(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"x \sim p(x)",
        r"x \sim p",
        r"X_n \sim \frac{1}{n}",
        r"z_n \sim \frac12 p + \frac12 q",
        r"\frac{(n-1) S^2}{\sigma^2} \sim \chi^2_{n-1}",
        r"\log y \sim N(0, y)",
        r"\sum_i w_i \sim t_n",
        r"\frac1n \sum_i x_i \sim \pi(x)",
        r"\sqrt{\alpha} x + z \sim q_\alpha(x)",
        r"\sum_i n_i \sim \mathrm{Poisson}(n)",
    ],
)
def test_laws_are_not(latex):
    assert not compares(latex)


def test_constants_count_outside_of_exponents():
    assert has_constants(parse_syntax(tokenize(r"2 n")))
    assert has_constants(parse_syntax(tokenize(r"\sqrt{\pi n}")))
    assert not has_constants(parse_syntax(tokenize(r"n^2 \log n")))


def test_a_small_quantity_has_two_senses():
    (placed,) = claims_of("As $n \\to \\infty$ we have $n \\gg \\log n$.\n")
    assert [r.right.kind for r in placed.statement.readings if isinstance(r.right, Landau)] == ["o", "O"]
    assert placed.statement.tending.symbol == "n"
