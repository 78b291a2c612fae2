"""Densities on an interval, as ranges of their variable."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.densities_on_intervals import with_ranges, with_variables


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Let $X$ have density $f(x) = 2x$ on $[0, 1]$", r"Let $X$ have density $f(x) = 2x$ for $0 \le x \le 1$"),
        ("$X$ has density $f(t) = e^{-t}$ on $[0, \\infty)$", r"$X$ has density $f(t) = e^{-t}$ for $0 \le t$"),
        (
            "$X$ has the density function $f_X(u) = 1$ on the unit interval $(0, 1)$ and mean $1/2$",
            r"$X$ has the density function $f_X(u) = 1$ for $0 \le u \le 1$ and mean $1/2$",
        ),
    ],
)
def test_ranges(text, written):
    assert with_ranges(sentence(text)).text == sentence(written).text


@pytest.mark.parametrize(
    "text",
    [
        "Let $X$ have density $f$ on $[0, 1]$",
        "Let $X$ have density $f(x) = \\phi(x)$ on $(-\\infty, \\infty)$",
        "Let $X$ have density $f(x) = 2x$ on $S$",
        "The function $f(x) = 2x$ on $[0, 1]$ is convex",
    ],
)
def test_what_stands_as_it_is(text):
    told = sentence(text)
    assert with_ranges(told) is told


@pytest.mark.parametrize(
    "text",
    [
        "Let $f(x) = 2x$ be the density of $X$ on $[0, 1]$",
        "The probability density function of $X$ is given by $f(x) = 2x$ on $[0, 1]$",
        "Let the pdf of $X$ be $f(x) = 2x$ on $[0, 1]$",
    ],
)
def test_the_density_of_a_variable_is_one_that_it_has(text):
    assert with_variables(sentence(text)).text == "Let $X$ have density $f(x) = 2x$ on $[0, 1]$"


@pytest.mark.parametrize("text", ["The density of $y$ is $p(y)$", "Let $p(x)$ be the density of $X$", "$X$ is dense"])
def test_a_density_without_a_formula_stands_as_it_is(text):
    told = sentence(text)
    assert with_variables(told) is told
