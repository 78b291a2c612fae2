"""Phrases that tell what divides a whole number: "even", "an odd integer", "a multiple of three"."""

from __future__ import annotations

import re
from types import MappingProxyType

from errata.language.prose.frames import Frame

_F = "[\ue000-\uf8ff]"
NUMBER_WORDS = MappingProxyType({"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10})
_NUMBER = r"(?:(?:natural|whole) number|number|integer|natural)"
DIVISIBILITY_FRAMES: tuple[Frame, ...] = (
    Frame(
        "divisible",
        re.compile(
            rf"(?<!\S)(?:an? )?(?:positive )?(?:(?P<parity>even|odd)(?P<number> (?:positive )?{_NUMBER})?"
            r"(?! (?:\S+ )?functions?\b)"
            rf"|(?:(?:integer )?multiple of|(?:{_NUMBER} )?divisible by)"
            rf" (?P<by>{_F}|{'|'.join(NUMBER_WORDS)}|\d+))(?!\S)"
        ),
    ),
)
