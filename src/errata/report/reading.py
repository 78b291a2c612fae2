"""How every line was understood: its kind, what it was read as, what was assumed, what stopped the reader."""

from __future__ import annotations

from dataclasses import replace

from errata.report.line import EMPTY, Line, Piece
from errata.report.report import DocumentReport, Finding, Obstacle, Report, Step
from errata.report.safe_text import clip, one_line
from errata.report.text import LONGEST, finding_line, in_order, place_of, plural, source_lines

INDENT = "    "


def render_reading(report: Report, *, columns: int = 120) -> list[Line]:
    """Return the lines of `errata read`."""
    lines: list[Line] = []
    for document in report.documents:
        for item in in_order(document):
            if isinstance(item, Finding):
                lines.append(finding_line(document, item))
            else:
                lines += _step_lines(document, item, columns)
            lines.append(EMPTY)
    lines.append(_summary(report))
    return lines


def _step_lines(document: DocumentReport, step: Step, columns: int) -> list[Line]:
    place: Piece = (f"{place_of(document, step)}: ", "place")
    if step.problem is not None and not step.read_as:
        return [(place, (f"{step.kind}, unread", "warning")), *_obstacle_lines(step, step.problem, columns)]
    relation = f" {step.relation}" if step.relation else ""
    return [
        (place, (f"{step.kind}{relation}", "note")),
        _field("written", step.text),
        *([_field("read as", step.read_as)] if step.read_as else []),
        *(_field("or", reading) for reading in step.other_readings),
        *(_field("where", name) for name in step.names),
        *(_field("assumed", sentence) for sentence in step.assumed),
        *(_field("second", sentence) for sentence in step.second_reader),
    ]


def _field(name: str, text: str) -> Line:
    return ((f"{INDENT}{name:<8}", "faint"), (clip(one_line(text), LONGEST), ""))


def _obstacle_lines(step: Step, obstacle: Obstacle, columns: int) -> list[Line]:
    here = replace(step, column=obstacle.column, end_line=step.line, end_column=obstacle.column + 1)
    lines = source_lines(here, columns) if obstacle.line == step.line else []
    lines.append(_field("stopped", f"at {obstacle.line}:{obstacle.column}: {obstacle.message}"))
    return [*lines, _field("hint", obstacle.hint)] if obstacle.hint else lines


def _summary(report: Report) -> Line:
    steps = [step for document in report.documents for step in document.steps]
    names = ("claim", "definition", "declaration", "assumption")
    kinds = [plural(sum(step.kind == name for step in steps), name) for name in names]
    unread = sum(step.problem is not None and not step.read_as for step in steps)
    return ((f"{plural(len(steps), 'statement')}: {', '.join(kinds)}; {unread} unread", "strong"),)
