"""Limits have the value that mathematics gives them, or none."""

from __future__ import annotations

import pytest

from errata.language.reading import read_document
from errata.language.terms import Limit, subterms
from errata.notes.document import read_text
from errata.verify.judge import judge
from errata.verify.limit_values import value_of

DECLARED = (
    "Let $x, y$ be real numbers, $a, b > 0$, $q \\in (0, 1)$ and $|r| < 1$. Let $A$ be an $m \\times m$ matrix.\n\n"
)


def statement_of(claim: str):
    return next(
        p.statement for p in read_document(read_text(f"{DECLARED}$${claim}$$\n")) if p.statement.kind == "claim"
    )


RIGHT = [
    ("\\lim_{t \\to 0} \\frac{e^{xt} - 1}{t}", "x"),
    ("\\lim_{t \\to 0^+} t \\log t", "0"),
    ("\\lim_{t \\to 0^-} e^{1/t}", "0"),
    ("\\lim_{t \\to 0} \\left( \\frac{a^t + b^t}{2} \\right)^{1/t}", "\\sqrt{ab}"),
    ("\\lim_{t \\to \\infty} \\frac{\\log(1 + e^{at})}{t}", "a"),
    ("\\lim_{n \\to \\infty} n r^n", "0"),
    ("\\lim_{n \\to \\infty} \\frac{1}{n^3} \\sum_{k=1}^n k^2", "\\frac{1}{3}"),
    ("\\lim_{t \\to 1} \\frac{\\log(q^t + (1-q)^t)}{1 - t}", "-q \\log q - (1-q) \\log(1-q)"),
    ("\\lim_{t \\to x} \\frac{t^2 - x^2}{t - x}", "2x"),
    ("\\lim_{n \\to \\infty} \\frac{n!}{n^n e^{-n} \\sqrt{n}}", "\\sqrt{2\\pi}"),
]


@pytest.mark.parametrize(("limit", "value"), RIGHT)
def test_values(limit: str, value: str) -> None:
    assert judge(statement_of(f"{limit} = {value}")).verdict in ("proved", "holds")


@pytest.mark.parametrize(("limit", "value"), RIGHT)
def test_another_value_is_wrong(limit: str, value: str) -> None:
    assert judge(statement_of(f"{limit} = {value} + 1")).verdict == "wrong"


@pytest.mark.parametrize(
    "limit",
    [
        "\\lim_{t \\to 0} \\frac{|t|}{t}",  # the sides do not agree
        "\\lim_{t \\to 0} \\sin\\frac{1}{t}",
        "\\lim_{n \\to \\infty} (-1)^n",
        "\\lim_{n \\to \\infty} x^n",  # that depends on x
        "\\lim_{t \\to \\infty} e^{xt}",
        "\\lim_{n \\to \\infty} y",  # nothing moves
        "\\lim_{n \\to \\infty} y_n",  # nothing tells how y moves
        "\\lim_{n \\to \\infty} A^n",
        "\\lim_{t \\to 0} f(t)",
    ],
)
def test_what_is_no_limit_or_not_known_has_no_value(limit: str) -> None:
    statement = statement_of(f"{limit} = 1")
    (found,) = [part for part in subterms(statement.readings[0].left) if isinstance(part, Limit)]
    assert value_of(found, statement.scope) is None
    assert judge(statement).verdict == "undecided"


def test_limits_of_the_same_are_the_same() -> None:
    assert (
        judge(statement_of("\\lim_{n \\to \\infty} (y_n + 1)^2 = \\lim_{n \\to \\infty} (y_n^2 + 2 y_n + 1)")).verdict
        == "proved"
    )


def test_what_may_depend_on_what_moves_is_not_called_wrong() -> None:
    assert judge(statement_of("\\lim_{T \\to \\infty} \\frac{S}{T} = a")).verdict == "undecided"
    assert judge(statement_of("\\lim_{N \\to \\infty} \\frac{N}{N-1} \\hat{x} = a")).verdict == "undecided"
    assert judge(statement_of("\\lim_{T \\to \\infty} \\frac{x}{T} = a")).verdict == "wrong"
