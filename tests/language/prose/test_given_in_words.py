"""Words that say what is given without naming it, or for the sentences after theirs."""

import pytest
from sentence_helpers import sentence

from errata.language.prose.given_variables import fixes, releases, speaks_of_given
from errata.language.prose.leaving_words import drops, drops_assumption


@pytest.mark.parametrize(
    "words",
    [
        "Given the mean, we have $v$",
        "Conditionally on the latent variable, $v$ holds",
        "For a fixed rate the variance is $v$",
        "Once the mean is known, $v$ holds",
        "With the parameters held fixed, $v$ holds",
    ],
)
def test_something_is_given_without_its_name(words):
    assert speaks_of_given(sentence(words))


@pytest.mark.parametrize(
    "words",
    ["Given the mean $m$, we have $v$", "Given the data, we have $v$", "The mean is known to be $m$", "Given $m$, $v$"],
)
def test_nothing_unnamed_is_given(words):
    assert not speaks_of_given(sentence(words))


def test_sentences_fix_and_release():
    assert fixes(sentence("Hold $m$ fixed."))
    assert fixes(sentence("Now condition on the mean."))
    assert not fixes(sentence("For fixed $m$, the variance is $v$."))
    assert releases(sentence("Marginally, the variance is $v$."))
    assert not releases(sentence("The variance is $v$."))


def test_assumptions_are_dropped_by_name():
    assert drops_assumption("Without the mean field assumption, $q$")
    assert drops_assumption("If we drop the independence assumption, $q$")
    assert not drops_assumption("Without any assumption, $q$")
    assert not drops_assumption("Without further assumptions, $q$")
    assert not drops_assumption("Without loss of generality, $q$")
    assert drops("Without symmetry, $q$")
    assert not drops("In general, $q$")
