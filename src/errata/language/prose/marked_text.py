"""Sentences as text with one character for each formula, for patterns that rewrite them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.segments import Formula, Segment, Sentence, Words

FORMULA = "([\ue000-\uf8ff])"
_MOST = 2000


def with_marks(sentence: Sentence) -> str:
    """Return the words of a sentence, its n-th formula as the n-th mark; of a very long one the beginning."""
    marks = iter(range(FIRST_FORMULA, 0xF900))
    return "".join(s.text if isinstance(s, Words) else chr(next(marks)) for s in sentence.segments[:_MOST])


def with_segments(sentence: Sentence, text: str, formulas: Sequence[Formula]) -> Sentence:
    """Return the sentence with a text of marks in the place of its own."""
    return replace(sentence, segments=(*_segments(text, formulas), *sentence.segments[_MOST:]))


def _segments(text: str, formulas: Sequence[Formula]) -> Iterator[Segment]:
    place = 0
    for mark in re.finditer(FORMULA, text):
        if mark.start() > place:
            yield Words(text[place : mark.start()], place)
        yield formulas[ord(mark[0]) - FIRST_FORMULA]
        place = mark.end()
    if place < len(text):
        yield Words(text[place:], place)
