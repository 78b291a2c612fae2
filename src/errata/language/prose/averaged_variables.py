r"""Sentences that give moments of names which the note averages: "the inputs $x_j$ have zero mean and variance $s$".

Of data that nothing averages the mean is that of the sample, and the sentence stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.marked_text import FORMULA, with_marks, with_segments
from errata.language.prose.segments import Formula, Sentence

_LISTED = rf"{FORMULA}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){FORMULA})?"
_HAVE = re.compile(
    rf"(?<![\w$]){_LISTED}\s+(?P<have>(?:all\s+|both\s+|each\s+)?(?:have|has))\s+"
    r"(?=(?:a\s+|the\s+)?(?:common\s+|same\s+)?(?:zero|unit|mean|expectation|expected|variance)\b)"
)


def with_random_variables(sentence: Sentence, is_averaged: Callable[[str], bool]) -> Sentence:
    """Return a sentence in which names of which moments are told are said to be random variables.

    is_averaged: whether a formula is a name that the note averages.
    """
    formulas: list[Formula] = list(sentence.formulas)

    def told(found: re.Match[str]) -> str:
        names = [formulas[ord(mark) - FIRST_FORMULA].latex for mark in found.groups()[:2] if mark]
        if not all(map(is_averaged, names)):
            return found[0]
        return f"{found[0][: found.start('have') - found.start()]}are random variables with "

    written = with_marks(sentence)
    text = _HAVE.sub(told, written)
    return sentence if text == written else with_segments(sentence, text, formulas)
