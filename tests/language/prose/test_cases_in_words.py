"""Equations that a sentence limits to a case."""

import pytest

from errata.language.knowledge import Knowledge
from errata.language.parsing import Parsing
from errata.language.prose.cases_in_words import limited_formulas
from errata.language.prose.segments import Formula, Sentence, Words
from errata.language.prose_reader import ProseReader


def limited(text):
    segments = []
    for number, piece in enumerate(text.split("$")):
        if piece:
            segments.append(Formula(piece, len(segments)) if number % 2 else Words(piece, len(segments)))
    read = ProseReader(Parsing({}), Knowledge)
    return [formula.latex for formula in limited_formulas(Sentence(tuple(segments), "."), read)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Let $c = 1$ if it rains", ["c = 1"]),
        ("Let $f(x) = x$ for $x > 0$ and $f(x) = 0$ for $x < 0$", ["f(x) = x", "f(x) = 0"]),
        ("Let $f(x) = x$ on the positive axis", ["f(x) = x"]),
        ("Let $f(x) = x$ for all $x$, and $g(x) = 2x$", []),
        ("If $x > 0$ then $f(x) = x$", []),
    ],
)
def test_limited(text, found):
    assert limited(text) == found
