"""Draws of several variables from one joint law: the later ones are drawn given the earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from errata.language.terms import Draw, LawReference, Slot


def in_sequence(draws: Sequence[Draw]) -> tuple[Draw, ...]:
    """Rewrite x ~ p(x, y), y ~ p(x, y) as x ~ p(x), y ~ p(y | x)."""
    result = []
    for place, draw in enumerate(draws):
        law = draw.law
        if isinstance(law, LawReference) and len(law.values) > 1:
            earlier = {other.name for other in draws[:place] if other.law == law}
            own = tuple(slot for slot in law.values if slot.value == draw.name)
            known = tuple(slot for slot in law.values if slot.value in earlier)
            if len(own) == 1:
                law = replace(law, values=own, given=(*law.given, *known))
        elif isinstance(law, LawReference) and not law.values:
            known = tuple(Slot(other.space, other.name) for other in draws[:place] if other.law == law)
            if known:
                own = (Slot(draw.space, draw.name),)
                law = replace(law, values=own, given=(*law.given, *known))
        result.append(replace(draw, law=law))
    return tuple(result)
