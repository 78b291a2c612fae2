"""A derivation of the library with its steps and, for each, three columns of evidence."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap

from errata.derivations.library import Derivation
from errata.report.line import EMPTY, Line
from errata.report.report import DocumentReport, Finding, Report, Step
from errata.report.safe_text import clip, one_line, width
from errata.report.text import STYLES, finding_line, in_order, summary_line
from errata.verify.verdict import Judgement

COLUMNS = (("proof", "general proof"), ("sympy", "SymPy"), ("numeric", "numbers"))
"""Witness and heading of each column."""

INDENT = 5


def render_evidence(derivation: Derivation, report: Report, *, columns: int = 120) -> list[Line]:
    """Return a derivation's title, where it comes from, and its steps with their evidence side by side."""
    lines: list[Line] = [
        ((f"{derivation.identifier}", "strong"), (f"  {one_line(derivation.title)}", "")),
        *_listed("from", derivation.sources),
        *_listed("uses", derivation.uses),
        EMPTY,
    ]
    for document in report.documents:
        lines += _document_lines(document, columns)
    lines.append(summary_line(report))
    return lines


def _listed(head: str, values: tuple[str, ...]) -> list[Line]:
    return [((f"{head} ", "faint"), (", ".join(map(one_line, values)), ""))] if values else []


def _document_lines(document: DocumentReport, columns: int) -> list[Line]:
    lines: list[Line] = []
    number = 0
    for item in in_order(document):
        if isinstance(item, Finding):
            lines += [finding_line(document, item), EMPTY]
        elif item.kind != "claim":
            lines += [((" " * INDENT, ""), (clip(one_line(item.text), columns - INDENT), "faint"))]
        elif item.judgement is not None:
            number += 1
            lines += [*_claim_lines(number, item, item.judgement, columns), EMPTY]
    return lines if number else [*lines, EMPTY]


def _claim_lines(number: int, step: Step, judgement: Judgement, columns: int) -> list[Line]:
    room = columns - INDENT - len(judgement.verdict) - 2
    head: Line = (
        (f"{number:>3}  ", "faint"),
        (f"{judgement.verdict}  ", STYLES[judgement.verdict]),
        (clip(one_line(step.text), room), ""),
    )
    return [head, *_table(judgement, columns)]


def _table(judgement: Judgement, columns: int) -> list[Line]:
    """Return the evidence of each witness under its heading, wrapped to a third of the width."""
    room = max(16, (columns - INDENT - 6) // 3)
    cells = [_cell(judgement, witness, room) for witness, _ in COLUMNS]
    headings = [heading for _, heading in COLUMNS]
    rows = [headings, *(list(row) for row in zip_longest(*cells, fillvalue=""))]
    return [
        ((" " * INDENT + " | ".join(_padded(cell, room) for cell in row), "faint" if index == 0 else ""),)
        for index, row in enumerate(rows)
    ]


def _cell(judgement: Judgement, witness: str, room: int) -> list[str]:
    details = [one_line(evidence.detail) for evidence in judgement.evidence if evidence.witness == witness]
    return [line for detail in details for line in wrap(detail, room)] or ["-"]


def _padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))
