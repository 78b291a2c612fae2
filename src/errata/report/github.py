"""Annotations on GitHub, worst first, and the Markdown that sums a run up."""

from __future__ import annotations

from collections import Counter

from errata.report.notices import Notice, notices, worst_first
from errata.report.report import Level, Report
from errata.report.safe_text import clip, one_line
from errata.report.text import summary_text

AT_MOST = 10
"""What GitHub shows of each kind in one step of a workflow."""

LONGEST_SUMMARY = 200
"""Rows of the table in the summary."""

_KINDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}
_SIGNS: dict[Level, str] = {"error": "❌ error", "warning": "⚠️ warning", "note": "ℹ️ note"}


def render_github(report: Report) -> str:
    """Return the workflow commands that annotate what is new, at most ten of each kind."""
    shown: Counter[Level] = Counter()
    lines = []
    for notice in worst_first(_new(report)):
        shown[notice.level] += 1
        if shown[notice.level] <= AT_MOST:
            lines.append(_annotation(notice) + "\n")
    return "".join(lines)


def _new(report: Report) -> tuple[Notice, ...]:
    return tuple(notice for notice in notices(report) if not notice.known)


def _annotation(notice: Notice) -> str:
    properties = {"file": notice.path}
    if notice.cell is None:
        properties |= {"line": str(notice.line), "endLine": str(notice.end_line), "col": str(notice.column)}
        if notice.end_line == notice.line and notice.end_column > notice.column:
            properties["endColumn"] = str(notice.end_column - 1)
    where = "" if notice.cell is None else f" (cell {notice.cell}, line {notice.line})"
    properties["title"] = f"errata: {notice.rule}{where}"
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_KINDS[notice.level]} {written}::{_data(notice.message)}"


def _data(text: str) -> str:
    """Return text so that nothing in it ends the message or begins another command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")


# Summary ---------------------------------------------------------------------------------------------


def render_github_summary(report: Report) -> str:
    """Return Markdown for the summary of a job: the counts, and a table of what is new, worst first."""
    found = worst_first(_new(report))
    lines = ["## errata", "", _plain(summary_text(report)), ""]
    if found:
        lines += ["| | place | rule | message |", "|---|---|---|---|"]
        lines += [_row(notice) for notice in found[:LONGEST_SUMMARY]]
        lines += ["", f"and {len(found) - LONGEST_SUMMARY} more"] if len(found) > LONGEST_SUMMARY else []
        lines.append("")
    return "\n".join(lines)


def _row(notice: Notice) -> str:
    cell = f"cell {notice.cell}:" if notice.cell is not None else ""
    place = f"{one_line(notice.path)}:{cell}{notice.line}:{notice.column}"
    cells = (_SIGNS[notice.level], _code(place), _code(notice.rule), _code(clip(notice.message, 400)))
    return f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    return f"<code>{_plain(text)}</code>"


def _plain(text: str) -> str:
    """Return text with all but letters, digits and blanks as references, which neither Markdown, mathematics
    nor a table takes for a sign of its own."""
    return "".join(c if c.isalnum() or c in " ,./" or not c.isascii() else f"&#{ord(c)};" for c in one_line(text))
