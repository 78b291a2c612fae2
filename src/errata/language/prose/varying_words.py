"""By which variable words tell terms apart: "keeping the terms that depend on $w$", "up to terms free of $w$"."""

from __future__ import annotations

import re

from errata.language.prose.lexing import encode, formulas_in
from errata.language.prose.segments import Sentence

_F = "(?P<variable>[\ue000-\uf8ff])(?!(?: and| or| ,) [\ue000-\uf8ff])"
_NOT_ON = (
    r"(?:independent of|free of|not depending on|not involving|without|constant in|constant with respect to"
    r"|(?:(?:that|which) )?(?:do|does) not (?:depend on|involve|contain))"
)
_TOLD = (
    re.compile(
        r"(?<!\S)(?:keep|keeping|kept|retain|retaining|collect|collecting|gather|gathering|consider|considering|pick"
        r"|picking|look|looking|focus|focusing)(?: [a-z]+){0,4} (?:terms?|parts?|factors?) (?:that |which )?"
        rf"(?:depend(?:s|ing)? on|involv(?:e|es|ing)|contain(?:s|ing)?) {_F}"
    ),
    re.compile(rf"(?<!\S)(?:up to|const|constants?|absorbs|absorbing|terms?)(?: [a-z]+){{0,6}} {_NOT_ON} {_F}"),
    re.compile(rf"(?<!\S)(?:viewed|regarded|seen|considered|taken) as (?:a )?functions? of {_F}"),
)
MAXIMAL_LENGTH = 2000


def told_variable(sentence: Sentence) -> str | None:
    """Return the formula of the one variable that a sentence tells terms apart by; None where it tells none."""
    encoded = encode(sentence)[:MAXIMAL_LENGTH]
    found = {match["variable"] for pattern in _TOLD for match in pattern.finditer(encoded)}
    if len(found) != 1:
        return None
    (number,) = formulas_in(found.pop())
    return sentence.formulas[number].latex
