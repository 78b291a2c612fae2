"""Whom phrases speak about."""

import pytest
from reading_helpers import statements_of

from errata.language.sorts import RandomVariable


def sorts(text):
    return statements_of(text + "\n\n$$1 = 1$$")[-1].statement.scope


@pytest.mark.parametrize(
    "text",
    [
        "A Bernoulli variable with parameter $p$ has entropy $h$.",
        "The entropy of a Gaussian with mean $m$ and variance $v$ is $h$.",
    ],
)
def test_what_a_variable_has_is_not_the_variable(text):
    assert "h" not in sorts(text).sorts


def test_a_name_after_its_law():
    assert isinstance(sorts("Let $X$ be a Bernoulli variable with parameter $p$.").sorts["X"], RandomVariable)


def test_a_law_in_one_case_is_not_the_law():
    scope = sorts("Let $X$ be uniform on $[0, 1]$ if $Z = 1$, else uniform on $[0, 2]$.")
    assert not isinstance(scope.sorts.get("X"), RandomVariable) or "X" in scope.not_understood


def test_what_a_claim_writes_out_is_protected():
    scope = sorts("The matrix $A = B + C$ is symmetric.")
    assert {"B", "C"} <= scope.not_understood.keys()
