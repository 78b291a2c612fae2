"""Where in a sentence things are declared: after "let" or "where", not after "then" or "we obtain"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from errata.language.prose.lexing import Token

_PREPOSITIONS = frozenset(["of", "on", "by", "in", "to", "from", "at", "over", "as", "per", "between", "than"])


@dataclass(frozen=True, slots=True)
class Zone:
    """What governs a token.

    opener: the opening word ("let", "where", ...), "" outside. strong: opened by "let" or its like, so that
    every name in subject position is spoken about. clean: only understood words stand between the opener (or
    the last comma) and here. claimed: a word such as "then" stands before. clause: number of the clause.
    late: the sentence began with "for $x > 0$, ..." or its like, and the comma is past: what follows is claimed.
    """

    opener: str = ""
    strong: bool = False
    clean: bool = True
    claimed: bool = False
    clause: int = 0
    late: bool = False


def zones(tokens: Sequence[Token]) -> list[Zone]:
    """Return the zone of every token."""
    result: list[Zone] = []
    zone = Zone()
    first = next((t for t in tokens if t.kind != "stop"), None)
    starts_claim = first is not None and ((first.kind == "with" and first.text != "where") or first.text == "given")
    for token in tokens:
        zone = _next(zone, token)
        if starts_claim and token.text == "," and zone.clause <= 1:
            zone = replace(zone, late=True)
        result.append(zone)
    return result


def _next(zone: Zone, token: Token) -> Zone:
    opener, strong, clean, claimed, clause = zone.opener, zone.strong, zone.clean, zone.claimed, zone.clause
    match token.kind:
        case "let":
            opener, strong, clean, claimed, clause = token.text, True, True, False, clause + 1
        case "with":
            fresh = not claimed or token.text == "where"
            if fresh:
                opener, clean, claimed = token.text, True, False
            clause += token.text == "where"
        case "claim" | "if":
            opener, strong, clean, claimed, clause = "", False, False, True, clause + 1
        case "break":
            clean, clause = True, clause + 1
        case "word" | "negation":
            clean = False
        case "foreign":
            opener, strong, clean = "", False, False
        case "and" | "copula":
            clean = clean or strong
    return Zone(opener, strong, clean, claimed, clause, zone.late and token.kind not in ("let", "break"))


def is_mention(tokens: Sequence[Token], i: int) -> bool:
    """Return whether a preposition stands before the formula: it is mentioned, not spoken about."""
    for k in range(i - 1, -1, -1):
        if tokens[k].text in _PREPOSITIONS:
            return True
        if tokens[k].kind not in ("stop", "role", "attribute"):
            return False
    return False
