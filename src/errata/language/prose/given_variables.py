"""Variables that a law is told under: in "Given $X$, $Y$ is Poisson with mean $X$" they are no subject of the sentence.

What the law mentions tells that it is the one given X; the words are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.marked_text import FORMULA, with_marks, with_segments
from errata.language.prose.segments import Formula, Sentence

_GIVEN = re.compile(
    rf"(?P<before>^\s*|[,;:] |\band )(?:given|conditional(?:ly)? (?:on|upon)|conditioned on) {FORMULA}, ?"
    rf"(?=let {FORMULA}|suppose {FORMULA}|{FORMULA} (?:is|has|follows|~))",
    re.IGNORECASE,
)


def without_given(sentence: Sentence, is_number: Callable[[str], bool]) -> Sentence:
    """Return a sentence without the words that name what is given, a number or what the rest of it mentions.

    is_number: tells whether what a formula says is the name of a number, random or not; an event is none.
    """
    formulas = [s for s in sentence.segments if isinstance(s, Formula)]
    written = with_marks(sentence)

    def left_out(found: re.Match[str]) -> str:
        number = ord(found[2]) - FIRST_FORMULA
        name = formulas[number].latex.strip()
        mention = re.compile(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])")
        mentioned = any(mention.search(other.latex) for other in formulas[number + 1 :])
        return found["before"] if is_number(name) or (_NAME.fullmatch(name) and mentioned) else found[0]

    text = _GIVEN.sub(left_out, written)
    return sentence if text == written else with_segments(sentence, text, formulas)


def given_in(sentence: Sentence) -> tuple[str, ...]:
    """Return the formulas of what a sentence says is given: "for fixed $U$", "if $U$ is known"."""
    formulas = [s for s in sentence.segments if isinstance(s, Formula)]
    marks = (mark for found in _TAKEN_AS_GIVEN.finditer(with_marks(sentence)) for mark in found.groups() if mark)
    return tuple(formulas[ord(mark) - FIRST_FORMULA].latex for mark in marks)


_TAKEN_AS_GIVEN = re.compile(
    rf"\b(?:given|fix(?:ed|ing)?|hold(?:ing)?|for (?:each|every|any|all)|condition(?:al(?:ly)?|ing|ed)? (?:on|upon)"
    rf"|know(?:n|ing)|treat(?:ing)?) (?:a |an |the |value |of )*{FORMULA}"
    rf"|{FORMULA},? (?:is |are |being |as )?(?:given|fixed|known|constant|held|kept|a constant|a parameter)\b",
    re.IGNORECASE,
)

_NAME = re.compile(r"\\?[A-Za-z]+(?:_\{?\w+\}?)?")
