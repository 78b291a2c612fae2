r"""Another name stands where one belongs.

Given: Let $a$, $b$ and $c$ be real numbers.
Wrong: a(b + c) = ab + bc
Right: a(b + c) = ab + ac
"""

from __future__ import annotations

from errata.language.terms import Name, Term
from errata.verify.diagnosis.slips.slip import Slip, words

NAME = "wrong-name"
_ANY = Name("\\name")


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if not slip.is_same(_nameless):
        return None
    return f"{words(slip.new)} belongs there, not {words(slip.old)}"


def _nameless(term: Term) -> Term:
    return _ANY if isinstance(term, Name) else term
