"""Laws that words alone make of functions."""

import pytest
from reading_helpers import claims_of

CLAIM = "\n\n$$\\sum_x q(x) \\log \\frac{q(x)}{\\tilde p(x)} = KL(q \\| p) - \\log Z$$\n"


def laws(text):
    (claim,) = claims_of(text + CLAIM)
    return {d.law for d in claim.statement.scope.densities}


@pytest.mark.parametrize(
    "text",
    [
        "With the normalization constant $Z$ and the unnormalised density $\\tilde p(x)$ we have:",
        "Here $Z$ is the partition function, and $\\tilde p(x)$ is unnormalised.",
    ],
)
def test_words_make_a_law(text):
    assert {"p"} == laws(text)


@pytest.mark.parametrize(
    "text",
    [
        "With the constant $Z$ and the unnormalised density $\\tilde p(x)$ we have:",
        "With the partition function $Z$ and the density $\\tilde p(x)$ we have:",
        "With the partition function $Z$, the unnormalised $\\tilde p(x)$ and the data distribution $p(x)$ we have:",
    ],
)
def test_other_words_do_not(text):
    assert not laws(text)
