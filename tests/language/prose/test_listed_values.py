"""Eigenvalues told one by one."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.listed_values import with_listed_values


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("$A$ has eigenvalues $a$ and $b$", "$A$ has eigenvalues $a, b$"),
        (
            "with singular values $s_1$, $s_2$ and $s_{3}$, and $c > 0$",
            "with singular values $s_1, s_2, s_{3}$, and $c > 0$",
        ),
        (r"with eigenvalues $\lambda$ and $\mu$ and $c > 0$", r"with eigenvalues $\lambda, \mu$ and $c > 0$"),
    ],
)
def test_listed(text, written):
    assert with_listed_values(sentence(text)).text == sentence(written).text


@pytest.mark.parametrize("text", ["eigenvalues $1$ and $2$", r"eigenvalues $a$ and $B \in S$", "vectors $a$ and $b$"])
def test_what_stands_as_it_is(text):
    told = sentence(text)
    assert with_listed_values(told) is told
