r"""The relation is another one than written: one that points the other way, or an equation where only a bound holds.

Given: Let $x$ be a real number.
Wrong: e^x \le 1 + x
Right: e^x \ge 1 + x
"""

from __future__ import annotations

from errata.language.printer import TEXT_RELATIONS
from errata.verify.diagnosis.slips.slip import Slip

NAME = "relation"


def told(slip: Slip) -> str | None:
    """Return the message where the slip is of this kind."""
    if slip.relation == slip.right_relation:
        return None
    return f"the relation is {TEXT_RELATIONS[slip.right_relation]}, not {TEXT_RELATIONS[slip.relation]}"
