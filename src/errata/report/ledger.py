"""The ledger of a run: per document what was read and judged, and per wrong step one line, as Markdown tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from errata.report.line import Line
from errata.report.report import DocumentReport, Report, Step
from errata.report.safe_text import clip, one_line, safe
from errata.report.text import counterexample_text

LONGEST = 100
"""Columns of the longest formula in a table."""

SOURCE = re.compile(r"<!-- seed (\d+) lines (\d+)-(\d+)")
COLUMNS = ("document", "statements", "right", "wrong", "conditional", "undecided", "unread")


Source = Callable[[str, int], str]
"""The place in the original that a line of a document was transcribed from; "" where none is told."""


def render_ledger(report: Report, source: Source) -> list[Line]:
    """Return the lines of the ledger of a report."""
    return [((line, ""),) for line in ledger(report, source)]


def source_of(path: str, line: int) -> str:
    """Return what the last comment `<!-- seed 003 lines 1-9 -->` up to the line says."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return ""
    found = [SOURCE.match(written) for written in text.splitlines()[:line]]
    told = [match for match in found if match is not None]
    return f"seed {told[-1][1]}, lines {told[-1][2]}-{told[-1][3]}" if told else ""


def ledger(report: Report, source: Source) -> list[str]:
    """Return the ledger of a report: a table of counts, and one of the steps that are wrong."""
    lines = [_row(COLUMNS), _rule(len(COLUMNS))]
    lines += [_row((safe(document.path), *map(str, counts(document)))) for document in report.documents]
    totals = [sum(column) for column in zip(*map(counts, report.documents), strict=True)]
    if len(report.documents) > 1:
        lines.append(_row(("all", *map(str, totals))))
    wrong = [_wrong_row(document, step, source) for document in report.documents for step in wrong_steps(document)]
    if wrong:
        lines += ["", _row(("place", "written", "what is right")), _rule(3), *wrong]
    return lines


def counts(document: DocumentReport) -> tuple[int, ...]:
    """Return how many statements were read, and how many claims came out right, wrong, and so on."""
    verdicts = [s.judgement.verdict for s in document.steps if s.kind == "claim" and s.judgement]
    right = verdicts.count("proved") + verdicts.count("holds")
    others = [verdicts.count(verdict) for verdict in ("wrong", "conditional", "undecided", "unread")]
    return (len(document.steps) - verdicts.count("unread"), right, *others)


def wrong_steps(document: DocumentReport) -> Iterator[Step]:
    """Return the steps of a document that are wrong, in order."""
    for step in document.steps:
        if step.kind == "claim" and step.judgement and step.judgement.verdict == "wrong":
            yield step


def _wrong_row(document: DocumentReport, step: Step, source: Source) -> str:
    judgement = step.judgement
    assert judgement is not None
    right = judgement.message
    if judgement.suggestion is not None:
        right = f"`{clip(one_line(judgement.suggestion.latex), LONGEST)}`"
    elif judgement.counterexample is not None:
        right = f"{judgement.message}: {counterexample_text(judgement.counterexample)}"
    path = step.path or document.path
    origin = source(path, step.line)
    place = f"{safe(path)}:{step.line}" + (f" ({origin})" if origin else "")
    return _row((place, f"`{clip(one_line(step.text), LONGEST)}`", one_line(right)))


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _rule(columns: int) -> str:
    return "|" + "---|" * columns
