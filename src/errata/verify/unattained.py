r"""Maxima and minima that are not attained: \min_x e^x has no value, where \inf_x e^x is 0."""

from __future__ import annotations

from dataclasses import replace

from errata.language.definitions import rebuilt
from errata.language.statements import Reading
from errata.language.terms import Aggregate, Term, subterms

_LIMITING = {"max": "supremum", "min": "infimum"}


def with_bounds(reading: Reading) -> tuple[Reading, str] | None:
    """Return the claim with suprema and infima for its maxima and minima, and what to call them.

    None where it has none.
    """
    parts = (part for side in (reading.left, reading.right) for part in subterms(side))
    sought = {part.operation for part in parts if isinstance(part, Aggregate) and _is_attained(part)}
    if not sought:
        return None
    words = " and ".join(_LIMITING[operation] for operation in sorted(sought))
    return replace(reading, left=_bounded(reading.left), right=_bounded(reading.right)), words


def _is_attained(term: Term) -> bool:
    return isinstance(term, Aggregate) and term.operation in _LIMITING and not term.limiting


def _bounded(term: Term) -> Term:
    changed = rebuilt(term, _bounded)
    return replace(changed, limiting=True) if isinstance(changed, Aggregate) and _is_attained(changed) else changed
