"""Corrections written into the notes: which ones, the patch that they make, and the file that comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from errata.notes.files import read_file
from errata.notes.notebook import notebook_sources, notebook_with
from errata.report.cannot_run import CannotRun
from errata.report.output import write_whole
from errata.report.report import Report, SourceEdit, digest_of

MARK = "\ufeff"


class Changed(CannotRun):
    """A file that is not what was checked any more; the message says which."""


@dataclass(frozen=True, slots=True)
class Fix:
    """The edits of one file, in order and apart from each other: of a notebook by cell, of other files under None."""

    path: str
    cells: tuple[tuple[int | None, tuple[SourceEdit, ...]], ...]

    @property
    def edits(self) -> tuple[SourceEdit, ...]:
        """All edits of the file."""
        return tuple(edit for _, edits in self.cells for edit in edits)


def fixes(report: Report, *, unsafe: bool) -> tuple[Fix, ...]:
    """Return the corrections of a report that may be made, file by file. unsafe: those that are not sure, too.

    What is expected to be wrong is left as it is. Of edits that overlap the first is made.
    """
    found: dict[str, dict[int | None, list[SourceEdit]]] = {}
    for document in report.documents:
        for step in document.steps:
            edit = step.edit
            if edit is not None and not step.expected and (edit.safe or unsafe):
                found.setdefault(step.path or document.path, {}).setdefault(step.cell, []).append(edit)
    return tuple(
        Fix(path, tuple((cell, _apart(cells[cell])) for cell in sorted(cells, key=lambda c: c or 0)))
        for path, cells in sorted(found.items())
    )


def _apart(edits: Iterable[SourceEdit]) -> tuple[SourceEdit, ...]:
    kept: list[SourceEdit] = []
    for edit in sorted(set(edits), key=lambda e: (e.start, e.end)):
        if not kept or kept[-1].end < edit.start:
            kept.append(edit)
    return tuple(kept)


def mended(fix: Fix) -> tuple[str, str]:
    """Return the text of a file as it is and as it is once mended.

    Raises Changed where it is another one now, or is a notebook that cannot be written again as it was.
    """
    text = read_file(Path(fix.path))
    if fix.cells and fix.cells[0][0] is None:
        return text, _edited(fix, text, fix.edits)
    written = {source.cell: source.text for source in notebook_sources(text, fix.path)[0]}
    changed = {cell: _edited(fix, written.get(cell, ""), edits) for cell, edits in fix.cells if cell is not None}
    after = notebook_with(text, fix.path, changed)
    if after is None:
        raise Changed(f"{fix.path}: it is not laid out as notebooks are, and was left as it is")
    return text, after


def _edited(fix: Fix, text: str, edits: Iterable[SourceEdit]) -> str:
    pieces, place, digest = [], 0, digest_of(text)
    for edit in edits:
        if edit.digest != digest or text[edit.start : edit.end] != edit.written:
            raise Changed(f"{fix.path}: it changed since it was checked, and was left as it is")
        pieces += [text[place : edit.start], edit.replacement]
        place = edit.end
    return "".join((*pieces, text[place:]))


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
