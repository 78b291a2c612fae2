"""The report as SARIF 2.1.0, for code scanning: results with places, fixes and lasting fingerprints."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from errata.report.notices import Notice, notices
from errata.report.report import Report
from errata.report.safe_text import one_line

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "errata/v1"


def render_sarif(report: Report) -> str:
    """Return the report as one SARIF document."""
    return json.dumps(as_sarif(report), indent=1) + "\n"


def as_sarif(report: Report) -> dict[str, Any]:
    """Return the report as plain dictionaries in the form of SARIF."""
    found = notices(report)
    rules = sorted({notice.rule for notice in found})
    driver = {
        "name": "errata",
        "version": report.version or "0",
        "rules": [{"id": rule, "shortDescription": {"text": one_line(rule)}} for rule in rules],
    }
    results = [_result(notice, rules) for notice in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(notice: Notice, rules: list[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": notice.rule,
        "ruleIndex": rules.index(notice.rule),
        "level": notice.level,
        "message": {"text": notice.message},
        "locations": [_location(notice)],
        "partialFingerprints": {FINGERPRINT: notice.fingerprint},
    }
    if notice.known:
        kind = "inSource" if notice.known == "expected" else "external"
        result["suppressions"] = [{"kind": kind, "justification": notice.known}]
    fix = _fix(notice)
    return result if fix is None else {**result, "fixes": [fix]}


def _location(notice: Notice) -> dict[str, Any]:
    """Return where it is. A place inside a cell is none in the notebook's file, so the cell is named instead."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri_of(notice.path)}}
    if notice.cell is not None:
        name = f"cell {notice.cell}, line {notice.line}, column {notice.column}"
        return {"physicalLocation": physical, "logicalLocations": [{"name": name}]}
    return {"physicalLocation": {**physical, "region": _region(notice)}}


def _region(notice: Notice) -> dict[str, int]:
    return {
        "startLine": notice.line,
        "startColumn": notice.column,
        "endLine": notice.end_line,
        "endColumn": notice.end_column,
    }


def _fix(notice: Notice) -> dict[str, Any] | None:
    """Return the mended step as an edit; one that was not checked is told in the message only."""
    suggestion = notice.suggestion
    if suggestion is None or not suggestion.verified or notice.cell is not None:
        return None
    replacement = {"deletedRegion": _region(notice), "insertedContent": {"text": suggestion.latex}}
    change = {"artifactLocation": {"uri": uri_of(notice.path)}, "replacements": [replacement]}
    return {"description": {"text": one_line(suggestion.description) or "the right line"}, "artifactChanges": [change]}


def uri_of(path: str) -> str:
    """Return a path as a reference: relative to where the run began, or of a file where it is absolute."""
    pure = PurePath(path)
    written = quote(pure.as_posix().encode("utf-8", "backslashreplace"))
    return f"file://{written}" if pure.is_absolute() else written
