"""Remarks beside an integral that tell what is true of a function anyway: "(the square is even)".

They restrict nothing. Without an integral a square that is even may be an even number, which is a condition.
"""

from __future__ import annotations

import re

_EVEN = r"squares?|cosines?|absolute values?|modulus|norms?"
_ODD = r"cubes?|sines?|hyperbolic tangents?|tanh|arctangents?|identity"
_SYMMETRY = re.compile(
    rf"\W*(?:(?:as|since|because|for) )?(?:the |an? )?"
    rf"(?:(?:{_EVEN}) (?:is|are) (?:even|symmetric)|(?:{_ODD}) (?:is|are) odd)(?: around zero)?\W*",
    re.IGNORECASE,
)
LONGEST = 60


def is_symmetry(remark: str) -> bool:
    """Return whether a remark says that a function is even or odd which always is, and says nothing else."""
    words = " ".join(remark.split())
    return len(words) <= LONGEST and _SYMMETRY.fullmatch(words) is not None
