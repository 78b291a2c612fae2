"""The number that a supposition gives to a name, or to a member of a family."""

from __future__ import annotations

from dataclasses import dataclass

from errata.language.terms import Term


@dataclass(frozen=True, slots=True)
class Setting:
    """section, sentence: how many headings stand before it, and the sentence that tells it."""

    value: Term
    section: int
    sentence: str
