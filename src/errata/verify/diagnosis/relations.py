"""Other relations between the same two sides: the one that points the other way, the bound in place of an equation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.language.statements import Reading, Statement
from errata.language.terms import Relation
from errata.verify.diagnosis.rereading import Edit

_OTHERS: dict[Relation, tuple[Relation, ...]] = {
    "<": ("<=", ">", ">=", "="),
    "<=": (">=", "="),
    ">": (">=", "<", "<=", "="),
    ">=": ("<=", "="),
    "=": ("<=", ">=", "propto"),
    "propto": ("=",),
    "~=": ("<=", ">="),
}
_LATEX: dict[Relation, str] = {"<": "<", "<=": "\\le", ">": ">", ">=": "\\ge", "=": "=", "propto": "\\propto"}
_SIGN = re.compile(
    r"\\(?:leqslant|geqslant|leqq|geqq|leq|geq|le|ge|lt|gt|propto|approx|simeq|equiv)(?![A-Za-z])|:=|[=<>≤≥∝≈]"
)


def other_relations(statement: Statement, text: str) -> Iterator[tuple[Relation, Edit]]:
    """Yield relations that may be meant in place of the written one, nearest first, each with its edit."""
    reading = statement.readings[0]
    sign = _sign_of(statement, reading, text)
    if sign is None:
        return
    for relation in _OTHERS.get(reading.relation, ()):
        apart = " " if _LATEX[relation][-1].isalpha() and text[sign.end() : sign.end() + 1].isalpha() else ""
        yield relation, Edit(sign.start(), sign.end(), _LATEX[relation] + apart)


def _sign_of(statement: Statement, reading: Reading, text: str) -> re.Match[str] | None:
    """Return the relation sign between the two sides, None where there is not exactly one."""
    left, right = reading.left.span, reading.right.span
    end = right.start if right is not None else statement.span.end
    opening = statement.chain[1] == 0 and left is not None and left.start >= statement.span.start
    start = left.end if opening and left is not None else statement.span.start
    found = list(_SIGN.finditer(text, min(start, end), max(start, end)))
    return found[0] if len(found) == 1 else None
