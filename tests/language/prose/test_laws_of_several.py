"""Laws of several variables in one list."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.laws_in_words import with_laws


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "Let $X$ and $Y$ be independent exponential variables with rates $a$ and $b$",
            r"Let $X \sim \text{Exp}(a)$ and $Y \sim \text{Exp}(b)$ be independent",
        ),
        (
            "$X_1, X_2$ are independent Gaussians with means $m, k$ and standard deviations $s, t$, respectively",
            r"$X_1 \sim \mathcal{N}(m, (s)^2)$ and $X_2 \sim \mathcal{N}(k, (t)^2)$ are independent",
        ),
        (
            "Let $X$ and $Y$ be independent, each uniform on $[0,1]$",
            "Let $X$ and $Y$ be independent uniform on $[0,1]$",
        ),
        (
            "Let $X$ and $Y$ be independent and both standard normal",
            "Let $X$ and $Y$ be independent standard normal",
        ),
    ],
)
def test_told(text, written):
    assert with_laws(sentence(text)).text == sentence(written).text


@pytest.mark.parametrize(
    "text",
    [
        "Let $X$ and $Y$ be independent exponential variables with rates $a$, $b$ and $c$",
        "Let $X$ and $Y$ be exponential variables with rates $a$ and $b$",
        "Let $X_1, \\dots, X_n$ be independent exponential variables with rates $a_1, \\dots, a_n$",
        "Let $X$ and $Y$ be independent normal variables with means $a$ and $b$",
        "Let $X$ and $Y$ be independent exponential variables with rates $a$ and $b$ given $Z$",
        "Let $X$ and $Y$ be independent, and uniform on $[0,1]$ if $Z = 1$",
        "$X$ and $Y$ are not independent, each uniform on $[0,1]$",
    ],
)
def test_as_it_stands(text):
    told = sentence(text)
    assert with_laws(told) is told
