"""Values between two places."""

import pytest
from reading_helpers import claims_of, term_of

from errata.language.parsing import Parsing
from errata.language.printer import to_text
from errata.language.syntax import everything
from errata.language.taken_between import is_taken_between


def told(latex):
    (row,) = Parsing({}).rows(latex)
    return [node for node in everything(row.nodes) if is_taken_between(node)]


@pytest.mark.parametrize(
    "latex",
    [
        r"\int_0^1 2x dx = [x^2]_0^1",
        r"\int_0^1 2x dx = \left. x^2 \right|_{0}^{1}",
        r"\int_0^{+\infty} e^{-x} dx = \Big[-e^{-x}\Big]_0^\infty",
        r"\int_0^1 2x dx = x^2 \Big|_0^1",
        r"[x^2]_{x=0}^{x=1}",
    ],
)
def test_taken_between(latex):
    assert len(told(latex)) == 1


@pytest.mark.parametrize(
    "latex",
    [
        r"[x^2]_0^1",
        r"\int_0^1 2x dx = [x^2]_0^2",
        r"\int_0^1 2x dx = [y]_0^1",
        r"\int_0^1 2x dx = \int_0^1 2y dy = [x y]_0^1",
        r"\int_0^2 2x dx = |x|_0^2",
        r"\int_0^1 2x dx = [x^2]_0",
    ],
)
def test_not_taken_between(latex):
    assert not told(latex)


def test_the_value_is_a_difference():
    assert to_text(term_of(r"[t^2]_{t=1}^{3}")) == "(t^2 at t = 3) - (t^2 at t = 1)"


def test_an_infinite_end_is_a_limit():
    assert "limit of" in to_text(term_of(r"[1/t]_{t=1}^{\infty}"))


def test_how_much_of_a_sum_a_bar_takes():
    (claim,) = claims_of(r"$$x + x^2 \Big|_{x=0}^{1} = 2$$")
    assert "not clear" in claim.statement.problem.message


def test_the_body_must_vary():
    (claim,) = claims_of(r"$$[y]_{x=0}^{1} = 0$$")
    assert "does not depend" in claim.statement.problem.message
