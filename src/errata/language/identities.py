r"""Identities, "such that f(x) = g(x) for all $x \in \mathbb{R}$": equations at several places of the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from errata.language.definitions import free_symbols, substitute
from errata.language.terms import Aggregate, Comparison, Number, subterms

_ON_THE_LINE = re.compile(
    r"\bfor (?:all|every|each|any) (?:real )?\$\s*(?P<name>\\?[A-Za-z]+)\s*(?:\\in\s*\\(?:mathbb|R)\s*\{?R?\}?\s*)?\$",
    re.IGNORECASE,
)
_PLACES = tuple(Fraction(n, 7) for n in (-11, -5, -2, 1, 4, 9, 15, -8, 13, 6))
MORE = 3
"""How many equations more than there are other names: an identity that fails somewhere fails at one of these."""


def at_places(assumptions: Sequence[Comparison], text: str) -> tuple[Comparison, ...] | None:
    """Return the conditions with identities written at several places; None where no single number runs over the line.

    Only equations between smooth terms are taken apart so, and no condition may stand beside the identity.
    """
    said = _ON_THE_LINE.findall(text)
    if len(said) != 1 or len(assumptions) != 1 or assumptions[0].relation != "=":
        return None
    symbol, identity = said[0], assumptions[0]
    names = free_symbols(identity.left) | free_symbols(identity.right)
    bound = {t.binder.name.symbol for t in subterms(identity) if isinstance(t, Aggregate)}
    if symbol not in names or symbol in bound or len(names) - 1 + MORE > len(_PLACES):
        return None
    places = _PLACES[: len(names) - 1 + MORE]
    values = [{symbol: Number(place)} for place in places]
    return tuple(
        replace(identity, left=substitute(identity.left, v), right=substitute(identity.right, v)) for v in values
    )
