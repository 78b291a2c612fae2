"""Whole numbers that are told by what divides them."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def verdict(told, claim):
    return judge(list(read_document(read_text(f"{told} Then $${claim}$$")))[-1].statement).verdict


@pytest.mark.parametrize(
    ("told", "right", "wrong"),
    [
        (r"Let $n$ be a multiple of two.", "(-1)^n = 1", "(-1)^n = -1"),
        (r"Let $n$ be odd.", r"\sum_{i=1}^n (-1)^i = -1", r"\sum_{i=1}^n (-1)^i = 0"),
        (r"Suppose $n$ is a multiple of 3.", r"\cos(2 \pi n / 3) = 1", r"\cos(\pi n / 3) = 1"),
        (r"Let $m$ be an integer divisible by $4$.", "(-1)^{m/2} = 1", "(-1)^{m/4} = 1"),
    ],
)
def test_a_divisor(told, right, wrong):
    assert verdict(told, right) in ("proved", "holds")
    assert verdict(told, wrong) == "wrong"


def test_an_even_function_is_no_number():
    assert verdict(r"Let $f$ be even.", "f(-x) = f(x)") != "wrong"
