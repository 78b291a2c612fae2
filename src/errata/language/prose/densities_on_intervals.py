r"""Densities on an interval: "density $f(x) = 2x$ on $[0, 1]$" is "density $f(x) = 2x$ for $0 \le x \le 1$"."""

from __future__ import annotations

import re
from dataclasses import replace

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.marked_text import FORMULA, with_marks, with_segments
from errata.language.prose.segments import Formula, Sentence

_ON = re.compile(rf"(?P<told>\bdensity(?: function)? {FORMULA},?) (?:on|over|in)(?: the (?:unit )?interval)? {FORMULA}")
_HEAD = re.compile(r"\s*[A-Za-z](?:_\{?\w+\}?)?\s*\(\s*(?P<variable>\\?[A-Za-z]+)\s*\)\s*=")
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


def _range(variable: str, low: str, high: str) -> str:
    below = "" if "infty" in low else rf"{low.strip()} \le "
    above = "" if "infty" in high else rf" \le {high.strip()}"
    return f"{below}{variable}{above}"
