"""What is to be shown under a hypothesis supposes it for the answer."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.asked_hypotheses import with_hypothesis


@pytest.mark.parametrize(
    ("asked", "supposed"),
    [
        ("Show that if $a > 0$, then $b > 0$", "Suppose $a > 0$, then $b > 0$"),
        ("Exercise 3. Prove that, if $a = b$, then it holds", "Exercise 3. Suppose $a = b$, then it holds"),
        ("Show that $a > 0$ if $b > 0$", "Show that $a > 0$ if $b > 0$"),
        ("Show that if and only if", "Show that if and only if"),
        ("$a > 0$ shows that if $b > 0$, then so", "$a > 0$ shows that if $b > 0$, then so"),
    ],
)
def test_the_hypothesis_is_supposed(asked, supposed):
    assert with_hypothesis(sentence(asked)).text == supposed
