"""Other relations between the same two sides: the one that points the other way, the bound in place of an equation."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from errata.language.statements import Reading, Statement
from errata.language.terms import Comparison, Density, Relation, Span, StandardDensity, Term
from errata.verify.diagnosis.bench import Bench
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
        yield relation, Edit(sign.start(), sign.end(), _spaced(relation, text, sign.end()))


def turned(comparison: Comparison, relation: Relation, text: str) -> Edit | None:
    """Return the edit that puts another sign between the sides of a condition; None where there is not exactly one."""
    left, right = comparison.left.span, comparison.right.span
    found = list(_SIGN.finditer(text, left.end, right.start)) if left is not None and right is not None else []
    return Edit(*found[0].span(), _spaced(relation, text, found[0].end())) if len(found) == 1 else None


def _spaced(relation: Relation, text: str, end: int) -> str:
    """Return a relation in LaTeX, apart from a letter that follows its command."""
    latex = _LATEX[relation]
    return latex + " " * (latex[-1].isalpha() and text[end : end + 1].isalpha())


def may_hold(relation: Relation, bench: Bench, term: Term | None = None) -> bool:
    """Return whether a relation holds between two numbers wherever they were compared. term: the written side."""
    differences = bench.target.differences(bench.written if term is None else term)
    if differences is None or any(rows.shape[1] != 1 for rows in differences):
        return False
    rows = np.concatenate(differences)
    gaps = rows[np.isfinite(rows)]
    slack = 1e-9 * max(1.0, float(np.abs(gaps).max(initial=0.0)))
    match relation:
        case "<=":
            return bool((gaps <= slack).all())
        case ">=":
            return bool((gaps >= -slack).all())
    law = isinstance(bench.other, Density | StandardDensity)  # any two numbers are proportional
    return relation == "propto" and law


def right_side(statement: Statement, text: str) -> Span:
    """Return where the right side of a step stands."""
    sign = _sign_of(statement, statement.readings[0], text)
    end = statement.span.end
    if sign is None:
        return statement.readings[0].right.span or statement.span
    start = sign.end()
    while start < end and text[start] in " \t\n&":
        start += 1
    return Span(start, end)


def left_side(statement: Statement, text: str) -> Span | None:
    """Return where the left side of a step stands; None where it stands in the step before."""
    reading = statement.readings[0]
    sign = _sign_of(statement, reading, text)
    if sign is None or reading.left.span is None or reading.left.span.start < statement.span.start:
        return None
    end = len(text[: sign.start()].rstrip(" \t\n&"))
    return Span(statement.span.start, end) if statement.span.start < end else None


def _sign_of(statement: Statement, reading: Reading, text: str) -> re.Match[str] | None:
    """Return the relation sign between the two sides, None where there is not exactly one."""
    left, right = reading.left.span, reading.right.span
    end = right.start if right is not None else statement.span.end
    opening = statement.chain[1] == 0 and left is not None and left.start >= statement.span.start
    start = left.end if opening and left is not None else statement.span.start
    found = list(_SIGN.finditer(text, min(start, end), max(start, end)))
    return found[0] if len(found) == 1 else None
