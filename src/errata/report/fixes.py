"""Corrections written into the notes: which ones, the patch that they make, and the file that comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from errata.notes.files import read_file
from errata.report.cannot_run import CannotRun
from errata.report.output import write_whole
from errata.report.report import Report, SourceEdit

MARK = "\ufeff"


class Changed(CannotRun):
    """A file that is not what was checked any more; the message says which."""


@dataclass(frozen=True, slots=True)
class Fix:
    """The edits of one file, in order and apart from each other."""

    path: str
    edits: tuple[SourceEdit, ...]


def fixes(report: Report, *, unsafe: bool) -> tuple[Fix, ...]:
    """Return the corrections of a report that may be made, file by file. unsafe: those that are not sure, too.

    What is expected to be wrong is left as it is, and so are notebooks. Of edits that overlap the first is made.
    """
    found: dict[str, list[SourceEdit]] = {}
    for document in report.documents:
        for step in document.steps:
            edit = step.edit
            if edit is not None and step.cell is None and not step.expected and (edit.safe or unsafe):
                found.setdefault(step.path or document.path, []).append(edit)
    return tuple(Fix(path, _apart(edits)) for path, edits in sorted(found.items()))


def _apart(edits: Iterable[SourceEdit]) -> tuple[SourceEdit, ...]:
    kept: list[SourceEdit] = []
    for edit in sorted(set(edits), key=lambda e: (e.start, e.end)):
        if not kept or kept[-1].end < edit.start:
            kept.append(edit)
    return tuple(kept)


def mended(fix: Fix) -> tuple[str, str]:
    """Return the text of a file as it is and as it is once mended; raises Changed where it is another one now."""
    text = read_file(Path(fix.path))
    pieces, place = [], 0
    for edit in fix.edits:
        if edit.length != len(text) or text[edit.start : edit.end] != edit.written:
            raise Changed(f"{fix.path}: it changed since it was checked, and was left as it is")
        pieces += [text[place : edit.start], edit.replacement]
        place = edit.end
    return text, "".join((*pieces, text[place:]))


def patch(fix: Fix) -> str:
    """Return the edits of a file as a unified diff."""
    before, after = (text.splitlines(keepends=True) for text in mended(fix))
    lines = unified_diff(before, after, fix.path, fix.path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def write(fix: Fix) -> None:
    """Write the edits into the file, whole or not at all; its byte order mark and its line ends stay."""
    _, after = mended(fix)
    path = Path(fix.path)
    marked = path.read_bytes().startswith(MARK.encode("utf-8"))
    write_whole((MARK if marked else "") + after, path)
