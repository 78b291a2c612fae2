"""Laws of samples in words."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.laws_in_words import with_laws


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Let $X$ be i.i.d. exponential with rate $a$", r"Let $X$ be i.i.d. from $\text{Exp}(a)$"),
        (
            "$X$ and $Y$ are independent Poisson variables with mean $a$",
            r"$X$ and $Y$ are independent from $\text{Poisson}(a)$",
        ),
        (
            "$X$ follows a normal distribution with mean $m$ and standard deviation $s$",
            r"$X$ with law $\mathcal{N}(m,(s)^2)$",
        ),
        (
            "$X$ has a Poisson distribution with mean $a$ and $Y$ has an exponential distribution with mean $b$",
            r"$X$ with law $\text{Poisson}(a)$ and $Y$ with law $\text{Exp}(1/(b))$",
        ),
        ("Let $X$ be a Bernoulli($p$) variable", r"Let $X$ be a with law $\text{Bernoulli}(p)$"),
        ("Let $X$ be a Bernoulli variable with $P(X=1)=p$", r"Let $X$ be a with law $\text{Bernoulli}(p)$"),
    ],
)
def test_laws(text, written):
    assert with_laws(sentence(text)).text == sentence(written).text


@pytest.mark.parametrize(
    "text",
    [
        "Let $X$ be exponential with rate $a$",
        "$X$ follows a normal distribution with mean $m$ and variance $v$ given $m$",
        "Let $X$ be i.i.d. exponential with unusual rate $a$",
        "Let $X$ be a Bernoulli variable with $P(X=0)=p$",
        "$X$ has a Poisson distribution with mean $a$ and $Y$ has a Gamma distribution with shape $b$ and rate $c$",
        "$X$ has a Poisson distribution with mean $a$ and $Y$ is normal with unusual mean $b$",
    ],
)
def test_what_stands_as_it_is(text):
    told = sentence(text)
    assert with_laws(told) is told
