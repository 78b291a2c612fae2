"""One line a finding, `path:line:col: rule message`, for editors and grep."""

from __future__ import annotations

from errata.report.notices import Notice, notices
from errata.report.report import Report
from errata.report.safe_text import safe


def render_concise(report: Report) -> str:
    """Return a line for every finding; what is known (expected, or in the baseline) says so."""
    return "".join(f"{_line(notice)}\n" for notice in notices(report))


def _line(notice: Notice) -> str:
    cell = f"cell {notice.cell}:" if notice.cell is not None else ""
    known = f" ({notice.known})" if notice.known else ""
    place = f"{safe(notice.path)}:{cell}{notice.line}:{notice.column}"
    return f"{place}: {safe(notice.rule)} {notice.message}{known}"
