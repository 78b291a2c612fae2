r"""Names that a sentence declares without dollars: "Let X be a random variable", "Suppose A is square and b a vector".

A single letter is a name where a verb follows it in such a sentence, or an article after "and", and the formulas of
the document use it: so neither "a friend" nor "I" is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from errata.notes.document import Inline, Prose

_MOST_SENTENCES = 40
"""A text with more that begin so is none that anybody writes."""
_NAME = r"[A-Za-z]"
_MARKED = rf"[*_]{{0,2}}{_NAME}[*_]{{0,2}}"
_VERB = r"(?:be|is|are|denotes?)"
_DECLARES = re.compile(
    rf"\b(?:[Ll]et|[Ss]uppose|[Aa]ssume|[Cc]onsider|[Gg]iven|[Ww]here|[Hh]ere|[Ii]f|[Ww]hen)\s+(?:that\s+|now\s+|both\s+)?"
    rf"(?P<names>{_MARKED}(?:\s*,\s*{_MARKED})*(?:\s*,?\s*and\s+{_MARKED})?)\s+{_VERB}\b"
)
_BESIDE = re.compile(
    rf"(?:,|\band|,\s*and)\s+(?P<names>[*_]{{0,2}}[B-HJ-Zb-z][*_]{{0,2}})\s+(?:{_VERB}\s+)?(?:an?|the|any|some|{_VERB})\b"
)
_LETTER = re.compile(rf"[*_]{{0,2}}(?<![A-Za-z])({_NAME})(?![A-Za-z])[*_]{{0,2}}")
_STOP = re.compile(r"[.!?;:](?:\s|$)")
_COMMAND = re.compile(r"\\(?:text|mathrm|textrm|operatorname|label|tag|ref|begin|end)\*?\s*\{[^{}]*\}|\\[A-Za-z]+")


def letters_of(formulas: Iterable[str]) -> frozenset[str]:
    """Return the letters that stand in formulas, those of words and of commands left out."""
    return frozenset(c for latex in formulas for c in _COMMAND.sub(" ", latex) if c.isascii() and c.isalpha())


def with_bare_names(segments: tuple[Prose | Inline, ...], letters: frozenset[str]) -> tuple[Prose | Inline, ...]:
    """Return the segments of a text with the names that it declares without dollars as formulas."""
    found: list[Prose | Inline] = []
    for segment in segments:
        found.extend(_split(segment, letters) if isinstance(segment, Prose) else (segment,))
    return tuple(found) if len(found) > len(segments) else segments


def _split(prose: Prose, letters: frozenset[str]) -> Iterator[Prose | Inline]:
    fragment, place = prose.fragment, 0
    for whole, name in _names(fragment.text):
        if fragment.text[slice(*name)] in letters:
            yield Prose(fragment.slice(place, whole[0]))
            yield Inline(fragment.slice(*name))
            place = whole[1]
    yield Prose(fragment.slice(place, len(fragment.text))) if place else prose


def _names(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the places of names in order, each with its marks of emphasis and without."""
    lists: list[tuple[int, int]] = []
    openings = list(islice(_DECLARES.finditer(text), _MOST_SENTENCES + 1))
    for opening in openings if len(openings) <= _MOST_SENTENCES else ():
        lists.append(opening.span("names"))
        stop = _STOP.search(text, opening.end())
        for beside in _BESIDE.finditer(text, opening.end(), stop.start() if stop else len(text)):
            lists.append(beside.span("names"))
    for start, end in sorted(set(lists)):
        for letter in _LETTER.finditer(text, start, end):
            yield letter.span(), letter.span(1)
