"""Remarks that give a rearrangement as the reason of a step: "(linearity)", "(pull out what does not move)".

A step with such a reason claims that its right side is its left side written in another way, whatever the functions in
it are. So it sets none of them, as an equation without a reason might.
"""

from __future__ import annotations

import re

_MOVE = (
    r"linearity|additivity|distributiv\w+|distribut(?:e|es|ing)|commutativity|associativity"
    r"|(?:pull|take|move|bring)s?(?:ing)? (?:\w+ )?out|pulled out|taken out|factor(?:ed|ing|s)? out"
    r"|(?:exchange|interchange|swap|reorder|split)(?:s|d|ed|ing|ping|ped|ting)?|(?:exchang|interchang)ing"
    r"|shift(?:s|ed|ing)?|re-?index(?:ed|ing)?|count(?:ed|ing)? from the other end"
    r"|multiply out|multiplied out|multiplying out|collect(?:ed|ing)?|regroup(?:ed|ing)?|common denominator"
    r"|log(?:arithm)?s? of (?:a |the )?(?:products?|quotients?|powers?|reciprocals?)"
    r"|exponentials? of (?:a |the )?(?:sums?|differences?|logarithms?)"
)
_BESIDE = (
    r"the|a|an|of|by|and|in|it|its|both|each|two|all|from|once|again|more|twice|is|are|what|that|does|do|not|which"
    r"|sums?|summations?|integrals?|expectations?|means?|order|index|indices|terms?|factors?|addends?|constants?"
    r"|brackets?|variables?|moves?|depends?|on|logarithms?|fractions?"
)
_REARRANGEMENT = re.compile(rf"\W*(?:(?:{_BESIDE})\W+)*(?:{_MOVE})(?:\W+(?:{_BESIDE}|{_MOVE}))*\W*", re.IGNORECASE)
LONGEST = 80


def is_rearrangement(remark: str) -> bool:
    """Return whether a remark says that a formula is written in another way, and says nothing else."""
    words = " ".join(remark.split())
    return len(words) <= LONGEST and _REARRANGEMENT.fullmatch(words) is not None
