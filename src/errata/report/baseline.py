"""A baseline: the findings that were there when a course began to be checked, which do not count as new.

A finding is known by its file and its text, not by its line, so edits elsewhere in the file change nothing;
of several with the same text as many are accepted as there were.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, TypeVar

from errata.report.cannot_run import CannotRun
from errata.report.notices import identity_of
from errata.report.report import DocumentReport, Finding, Report, Step

SCHEMA = 1
LARGEST = 50 * 1024 * 1024

Known = Counter[tuple[str, str]]
Item = TypeVar("Item", Step, Finding)


class BadBaseline(CannotRun):
    """A baseline that cannot be read; the message says which and why."""


def render_baseline(report: Report, folder: Path) -> str:
    """Return the baseline that accepts all findings of a report, for a file in this folder."""
    counted: Known = Counter()
    for document in report.documents:
        for item in document.items:
            if item.level != "off" and item.known != "expected":
                counted[_key(document, item, folder)] += 1
    findings = [{"path": path, "what": what, "count": count} for (path, what), count in sorted(counted.items())]
    return json.dumps({"schema": SCHEMA, "tool": "errata", "findings": findings}, indent=1) + "\n"


def read_baseline(path: Path) -> Known:
    """Return what a baseline accepts; raises BadBaseline."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadBaseline(f"{path}: too large for a baseline")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadBaseline(f"{path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise BadBaseline(f"{path}: is no baseline of errata ({error})") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("findings"), list):
        raise BadBaseline(f"{path}: is no baseline of errata (schema {SCHEMA})")
    return Counter(dict(_entry(entry, path) for entry in data["findings"]))


def _entry(entry: Any, path: Path) -> tuple[tuple[str, str], int]:
    match entry:
        case {"path": str(where), "what": str(what), "count": int(count)}:
            return (where, what), count
    raise BadBaseline(f"{path}: is no baseline of errata: {entry!r} names no finding")


def with_baseline(report: Report, known: Known, folder: Path) -> Report:
    """Return a report in which the findings of a baseline, a file in this folder, are accepted."""
    left = Counter(known)
    documents = tuple(
        replace(
            document,
            steps=tuple(_accepted(document, step, left, folder) for step in document.steps),
            findings=tuple(_accepted(document, finding, left, folder) for finding in document.findings),
        )
        for document in report.documents
    )
    return replace(report, documents=documents)


def _accepted(document: DocumentReport, item: Item, left: Known, folder: Path) -> Item:
    if item.level == "off" or item.known == "expected":
        return item
    key = _key(document, item, folder)
    if left[key] <= 0:
        return item
    left[key] -= 1
    return replace(item, accepted=True)


def _key(document: DocumentReport, item: Step | Finding, folder: Path) -> tuple[str, str]:
    path = Path(item.path or document.path).absolute()
    base = folder.absolute()
    shown = path.relative_to(base) if path.is_relative_to(base) else path
    return PurePath(shown).as_posix(), identity_of(item)
