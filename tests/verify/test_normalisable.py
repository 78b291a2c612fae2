r"""Laws told up to a factor: where none makes the integral 1, nothing is told of them."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge


def judged(text):
    return judge(list(read_document(read_text(text)))[-1].statement)


@pytest.mark.parametrize("formula", ["1", "e^{x}", r"\frac{1}{1 + |x|}"])
def test_there_is_no_factor(formula):
    found = judged(
        rf"Let $p(x) \propto {formula}$ be a density on $\mathbb{{R}}$. Then $$\int_{{-\infty}}^\infty p(x) dx = 1.$$"
    )
    assert found.verdict == "undecided"
    assert "up to a factor" in found.message


def test_there_is_one():
    note = r"Let $p(x) \propto e^{-x^2}$ for $x \in \mathbb{R}$. Then $$\int_{-\infty}^\infty p(x) dx = 1.$$"
    assert judged(note).verdict == "proved"


def test_what_is_told_up_to_a_factor_protects():
    prior = r"The prior $p(\theta) \propto 1$ on $\mathbb{R}$ gives the posterior $p(\theta \mid x) \propto p(x \mid \theta)$."
    claim = r"\frac{p(\theta \mid x)}{p(\theta' \mid x)} = \frac{p(x \mid \theta)}{p(x \mid \theta')}"
    assert judged(f"{prior} $${claim}$$").verdict != "wrong"
