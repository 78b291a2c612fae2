"""Entropies are in the unit of the logarithms beside them; every example is judged as a whole."""

import pytest

from errata.language.reading import read_document
from errata.notes.document import read_text
from errata.verify.judge import judge

LAWS = "Let $p$ and $q$ be distributions over a finite set.\n\n"
COIN = "Let $X$ be Bernoulli with parameter $\\theta$, $0 < \\theta < 1$.\n\n"
BITS = "-\\theta \\log_2 \\theta - (1-\\theta) \\log_2 (1-\\theta)"
NATS = BITS.replace("_2", "")


def verdicts(note):
    return [judge(p.statement).verdict for p in read_document(read_text(note)) if p.statement.kind == "claim"]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (LAWS + "$$KL(p \\| q) = \\sum_x p(x) \\log_2 \\frac{p(x)}{q(x)}$$", "right"),
        (LAWS + "$$KL(p \\| q) = \\sum_x p(x) \\log_2 \\frac{q(x)}{p(x)}$$", "wrong"),
        (COIN + f"$$H(X) = {BITS}$$", "right"),
        (COIN + f"$$H(X) = {NATS}$$", "right"),
        (COIN + f"$$H(X) = {BITS}$$\n\nNote that $\\ln 4 = 2 \\ln 2$.", "right"),
        (COIN + f"$$H(X) = {BITS.replace('- (1', '+ (1')}$$", "wrong"),
        ("Let $X$ be Bernoulli with parameter $1/2$.\n\n$$2^{H(X)} = 2$$", "right"),
        ("Let $X$ be Bernoulli with parameter $1/2$.\n\n$$e^{H(X)} = 2$$", "right"),
        ("Let $X$ be Bernoulli with parameter $1/2$.\n\n$$H(X) = 1$$\n\nAs $\\log_2 2 = 1$.", "right"),
        ("Let $X$ be Bernoulli with parameter $1/2$.\n\n$$H(X) = 2$$\n\nAs $\\log_2 2 = 1$.", "wrong"),
        ("Let $X$ be Bernoulli with parameter $1/2$.\n\n$$H(X) = \\log 2$$\n\nAs $\\log_2 4 = 2$.", "right"),
        ("Let $X$ be Bernoulli with parameter $1/2$.\n\n$$H(X) = 1$$\n\n$$\\ln 2 + \\log_2 2 < 2$$", "conditional"),
    ],
)
def test_the_logarithms_of_a_relation_tell_the_unit(note, expected):
    first = verdicts(note)[0]
    assert ("right" if first in ("proved", "holds") else first) == expected


@pytest.mark.parametrize(
    ("law", "entropy"),
    [
        ("exponential with rate $\\lambda$", "1 - \\log \\lambda"),
        ("uniform on $[a, b]$ with $a < b$", "\\log (b - a)"),
        ("normal with mean $\\mu$ and variance $\\sigma^2$", "\\frac12 \\log (2 \\pi e \\sigma^2)"),
    ],
)
@pytest.mark.parametrize("slip", ["", " + 1"])
def test_the_differential_entropy_of_a_variable_with_a_standard_law(law, entropy, slip):
    note = f"Let $T$ be {law}. Its differential entropy is\n\n$$h(T) = {entropy}{slip}$$"
    (found,) = verdicts(note)
    assert found == "wrong" if slip else found in ("proved", "holds")
