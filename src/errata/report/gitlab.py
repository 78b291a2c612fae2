"""The report in GitLab's form for code quality."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from errata.report.notices import Notice, notices
from errata.report.report import Level, Report
from errata.report.safe_text import safe

_SEVERITIES: Mapping[Level, str] = MappingProxyType({"error": "major", "warning": "minor", "note": "info"})


def render_gitlab(report: Report) -> str:
    """Return what is new as a JSON list."""
    return json.dumps([_entry(notice) for notice in notices(report) if not notice.known], indent=1) + "\n"


def _entry(notice: Notice) -> dict[str, Any]:
    where = "" if notice.cell is None else f"cell {notice.cell}, line {notice.line}: "
    return {
        "description": where + notice.message,
        "check_name": safe(notice.rule),
        "fingerprint": notice.fingerprint,
        "severity": _SEVERITIES[notice.level],
        "location": {
            "path": safe(notice.path.removeprefix("./")),
            "lines": {"begin": notice.line if notice.cell is None else 1},
        },
    }
