"""Words that tell in which variable an additive constant is constant."""

import pytest
from prose_helpers import segments

from errata.language.prose import sentences
from errata.language.prose.varying_words import told_variable


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        ("Keeping only the terms that depend on $w$, we have", "w"),
        ("We compute it and keep only the terms depending on $\\mathbf{w}$ to obtain", "\\mathbf{w}"),
        ("Up to an additive constant independent of $\\mu$ it is", "\\mu"),
        ("where const denotes terms that do not depend on $w$", "w"),
        ("Viewed as a function of $\\theta$ it is", "\\theta"),
        ("Dropping the terms that depend on $w$, we have", None),
        ("Keeping the terms that depend on $w$ and $b$, we have", None),
        ("It depends on $w$", None),
        ("It is independent of $w$", None),
    ],
)
def test_the_variable_is_the_one_that_terms_are_told_apart_by(text, variable):
    (sentence,) = sentences(segments(text))
    assert told_variable(sentence) == variable
