"""Formulas that words deny."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.denials import denied_in, denies_before


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("It is not true that $a = b$", {0, None}),
        ("A common mistake is to write $a = b$ instead of $c = d$", {0}),
        ("The rule $a = b$ does not hold in general", {0}),
        ("One might think that", {None}),
        ("常见的错误是写成", {None}),
        ("It is not hard to see that $a = b$", set()),
        ("The probability of a wrong label is $p = q$", set()),
        ("The wrong attempt is gone; now $a = b$", set()),
        ("The fraction $a = b$ fails to be defined", set()),
    ],
)
def test_what_is_denied(text, denied):
    assert set(denied_in(sentence(text))) == denied


@pytest.mark.parametrize("text", ["does not hold in general", "which is false", "fails for large $n$", "不成立"])
def test_denied_after_a_display(text):
    assert denies_before(sentence(text))


@pytest.mark.parametrize("text", ["for all $x$", "which is right", "and this does it", "where $x$ is not zero"])
def test_not_denied_after_a_display(text):
    assert not denies_before(sentence(text))
