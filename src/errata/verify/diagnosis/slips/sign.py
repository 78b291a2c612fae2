r"""A sign is the wrong way round.

Given: Let $a$ and $b$ be real numbers.
Wrong: (a - b)^2 = a^2 + 2ab + b^2
Right: (a - b)^2 = a^2 - 2ab + b^2
"""

from __future__ import annotations

from dataclasses import replace

from errata.language.terms import Negative, Number, Term
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "sign"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if not slip.is_same(_unsigned):
        return None
    bare = slip.old.term if isinstance(slip.old, Negative) else slip.old
    if slip.new in (bare, Negative(bare)):
        return f"the sign of {words(bare)} is wrong"
    return f"a sign is wrong: {words(slip.new)}, not {words(slip.old)}"


def _unsigned(term: Term) -> Term:
    if isinstance(term, Negative):
        return term.term
    if isinstance(term, Number) and term.value < 0:
        return replace(term, value=-term.value)
    return term
