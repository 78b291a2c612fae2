"""Names that a sentence declares without dollars."""

import pytest

from errata.language.bare_names import letters_of, with_bare_names
from errata.notes.document import Inline, Text, read_text


def names(text, letters="AIXabfnx"):
    (block,) = [b for b in read_text(text).blocks if isinstance(b, Text)]
    found = with_bare_names(block.segments, frozenset(letters))
    return [s.fragment.text for s in found if isinstance(s, Inline)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Let X be random, now we want more.", ["X"]),
        ("Suppose A is a symmetric matrix and b a vector.", ["A", "b"]),
        ("Let a, b and x be numbers.", ["a", "b", "x"]),
        ("Here, where f is even and n is odd.", ["f", "n"]),
        ("Let *X* be random and _n_ the size.", ["X", "n"]),
        ("Let a be positive.", ["a"]),
        ("Assume that I is known.", ["I"]),
    ],
)
def test_a_letter_before_a_verb_or_an_article_is_a_name(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Suppose a friend and I want it.",
        "Let us see what X is.",
        "A is better than b.",
        "Let Xa be random.",
        "Let Z be random.",
        "Let it be. And b is a vector.",
    ],
)
def test_other_letters_are_words(text):
    assert names(text) == []


def test_what_is_no_name_stays_where_it_was():
    (block,) = [b for b in read_text("Let us see.").blocks if isinstance(b, Text)]
    assert with_bare_names(block.segments, frozenset("s")) is block.segments


def test_the_letters_of_formulas_are_those_of_no_word():
    assert letters_of([r"\sum_i a_i \text{ for } B", r"\operatorname{tr} C"]) == set("iaBC")
