r"""Densities of variables, and on intervals, in one wording.

"Let $f(x) = 2x$ be the density of $X$ on $[0, 1]$" is "Let $X$ be a random variable with density $f(x) = 2x$ on
$[0, 1]$", and "density $f(x) = 2x$ on $[0, 1]$" is "density $f(x) = 2x$ for $0 \le x \le 1$".
"""

from __future__ import annotations

import re
from dataclasses import replace

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.marked_text import FORMULA, with_marks, with_segments
from errata.language.prose.segments import Formula, Sentence

_ON = re.compile(rf"(?P<told>\bdensity(?: function)? {FORMULA},?) (?:on|over|in)(?: the (?:unit )?interval)? {FORMULA}")
_DENSITY = r"(?:the |its )?(?:probability )?(?:density|pdf|PDF|p\.d\.f\.)(?: function)?(?: \([a-zA-Z.]{3,6}\))?"
_VARIABLE = rf"(?:(?:the|a) (?:continuous )?random variable )?{FORMULA}"
_IS_DENSITY = re.compile(rf"^\s*(?:Let )?{FORMULA} (?:is|be) {_DENSITY} of {_VARIABLE}")
_HAS_DENSITY = re.compile(
    rf"^\s*(?:Let )?{_DENSITY} of {_VARIABLE} (?:is(?: given by)?|be) {FORMULA}", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"\b(?:pdf|PDF|p\.d\.f\.)(?= )")
_HEAD = re.compile(r"\s*[A-Za-z](?:_\{?\w+\}?)?\s*\(\s*(?P<variable>\\?[A-Za-z]+)\s*\)\s*=")
_CAPITAL = re.compile(r"\s*[A-Z]\s*")
_INTERVAL = re.compile(r"\s*[\[(](?P<low>[^,;\[\]()]+),(?P<high>[^,;\[\]()]+)[\])]\s*")


def with_ranges(sentence: Sentence) -> Sentence:
    """Return a sentence with the interval of a density as the range of its variable."""
    formulas = [s for s in sentence.segments if isinstance(s, Formula)]
    written = with_marks(sentence)

    def ranged(found: re.Match[str]) -> str:
        density, place = (ord(mark) - FIRST_FORMULA for mark in found.groups()[1:])
        head, interval = _HEAD.match(formulas[density].latex), _INTERVAL.fullmatch(formulas[place].latex)
        if head is None or interval is None or ("infty" in interval["low"] and "infty" in interval["high"]):
            return found[0]
        formulas[place] = replace(formulas[place], latex=_range(head["variable"], interval["low"], interval["high"]))
        return f"{found['told']} for {chr(FIRST_FORMULA + place)}"

    text = _ON.sub(ranged, written)
    return sentence if text == written else with_segments(sentence, text, formulas)


def with_variables(sentence: Sentence) -> Sentence:
    """Return a sentence that tells the density of a variable as one that tells a variable with a density."""
    formulas = [s for s in sentence.segments if isinstance(s, Formula)]
    written = with_marks(sentence)
    text = _ABBREVIATED.sub("density", written)
    for pattern, swapped in ((_IS_DENSITY, True), (_HAS_DENSITY, False)):
        found = pattern.match(text)
        if found is None:
            continue
        variable, density = found.groups()[:: -1 if swapped else 1]
        given = (formulas[ord(mark) - FIRST_FORMULA].latex for mark in (variable, density))
        if _CAPITAL.fullmatch(next(given)) and _HEAD.match(next(given)):
            text = f"Let {variable} have density {density}{text[found.end() :]}"
    return sentence if text == written else with_segments(sentence, text, formulas)


def _range(variable: str, low: str, high: str) -> str:
    below = "" if "infty" in low else rf"{low.strip()} \le "
    above = "" if "infty" in high else rf" \le {high.strip()}"
    return f"{below}{variable}{above}"
