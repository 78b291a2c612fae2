"""Names that a sentence frees of the bounds they had: "now take any real number $x$", "in general"."""

from __future__ import annotations

import re

from errata.language.prose.frames import FIRST_FORMULA
from errata.language.prose.lexing import encode
from errata.language.prose.segments import Sentence
from errata.language.sorts import Real, Sort

_F = "[\ue000-\uf8ff]"
_LIST = rf"{_F}(?:(?:,? and |, ?){_F})*"
_NUMBERS = r"(?:numbers?|integers?|scalars?|reals)"
_ANEW = re.compile(
    rf"\blet (?P<let>{_LIST}) be (?:\w+ ){{0,4}}{_NUMBERS}\b"
    rf"|\b(?:take|consider|fix|choose|pick) (?:\w+ ){{0,4}}{_NUMBERS} (?P<take>{_LIST})"
)
_ANY = re.compile(r"\b(?:any|arbitrary|every|all)\b", re.IGNORECASE)
_GENERALLY = re.compile(
    r"\b(?:in general|more generally|generally|(?:for|of) general|general case|otherwise|elsewhere|in all cases|beyond"
    r"|outside|without (?:this|the|that|any) (?:restriction|condition|assumption|bound)s?"
    r"|for (?:all )?other|not only|drop(?:ping)? (?:this|the|that))\b|一般(?:地|来说|情况)",
    re.IGNORECASE,
)


def taken_anew(sentence: Sentence) -> tuple[tuple[str, ...], bool]:
    """Return the LaTeX of what a sentence takes for numbers anew, and whether it says that these are any numbers."""
    found = _ANEW.search(encode(sentence))
    if found is None:
        return (), False
    marks = found["let"] or found["take"]
    numbers = [ord(mark) - FIRST_FORMULA for mark in re.findall(_F, marks)]
    written = tuple(sentence.formulas[n].latex for n in numbers if n < len(sentence.formulas))
    return written, _ANY.search(found[0]) is not None


def speaks_generally(words: str) -> bool:
    """Return whether words leave a case that was spoken of before."""
    return _GENERALLY.search(words) is not None


def is_bounded(sort: Sort | None) -> bool:
    """Return whether a number is known to lie in a part of the line only; whole numbers from some one on are not."""
    if not isinstance(sort, Real) or (sort.low is None and sort.high is None):
        return False
    return sort.high is not None or not sort.integer
