"""Words about dependence, and when a law needs their protection."""

import pytest
from reading_helpers import claims_of

from errata.language.dependence_words import dependence_word, is_independence


@pytest.mark.parametrize(
    ("prose", "word"),
    [
        ("The variables are conditionally independent.", "conditionally independent"),
        ("i.i.d. samples", "i.i.d"),
        ("两个变量相互独立", "独立"),
        ("A deterministic map.", "deterministic"),
        ("Any joint law.", None),
    ],
)
def test_the_first_word_is_found(prose, word):
    assert word == dependence_word(prose)


def test_a_deterministic_map_is_no_independence():
    assert is_independence("independently")
    assert not is_independence("deterministic")


@pytest.mark.parametrize(
    ("said", "protected"),
    [("They are independent.", True), ("", False), ("Suppose that $X$ and $Y$ are independent.", False)],
)
def test_a_law_of_several_variables_is_protected_where_nothing_was_read(said, protected):
    [claim] = claims_of(f"Let $p(x,y)$ be a joint law. {said}\n\n$$H(X,Y) = H(X) + H(Y)$$")
    assert protected == ("p" in claim.statement.scope.not_understood)
