"""Whole documents that were checked before: unchanged ones are neither read nor judged again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from errata.report.report import DocumentReport, Report
from errata.report.report_values import NotAReport, report_from_values, report_to_values
from errata.verify.cache.file_digest import all_as_they_were, file_digest, text_digest
from errata.verify.cache.settings_key import settings_key
from errata.verify.cache.store import Store
from errata.verify.cache.versions import versions
from errata.verify.settings import Settings

if TYPE_CHECKING:
    from errata.notes.document import Document
    from errata.report.selection import Course


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found in a text, and the digests of the files that it includes. kept: the store has it, too."""

    report: DocumentReport
    includes: Mapping[str, str]
    kept: bool


class Remembered:
    """The reports of documents in a store that hold for these settings, and those of this run, each held once.

    held: the documents of this run that the store has by now. includes: the files that they include.
    """

    def __init__(self, store: Store, settings: Settings, course: Course) -> None:
        self._store = store
        self.held: set[Path] = set()
        self._looked_up: dict[Path, str | None] = {}
        self._known: dict[str, _Known] = {}
        self.includes: dict[str, str] = {}
        self._head = "\0".join((settings_key(settings), versions(store), *course.preamble))

    def recall(self, path: Path) -> DocumentReport | None:
        """Return the report of a document that is as it was, with all that it includes; None where it is not."""
        key = self._looked_up[path] = self._key(path)
        known = self._found(key) if key is not None else None
        if key is None or known is None or not all_as_they_were(known.includes):
            return None
        self._known[key] = known
        self._note(path, known)
        return replace(known.report, path=str(path))

    def _found(self, key: str) -> _Known | None:
        """Return what was found in this run, else what the store has."""
        if key in self._known:
            return self._known[key]
        values = self._store.get(key)
        if not isinstance(values, dict) or not all_as_they_were(values.get("includes")):
            return None
        try:
            return _Known(report_from_values("", values), values["includes"], kept=True)
        except NotAReport:
            return None

    def keep(self, path: Path, document: Document, report: DocumentReport, *, in_time: bool = True) -> None:
        """Keep the report of a document that was looked up before it was read.

        Not if it was written to meanwhile, nor if a file that it wants to include was not to be had or is
        another by now: what is kept under the key of a text is what was found in that very text. Where there was no
        time for all of it, its copies in this run are told the same, and the next run tries again.
        """
        key = self._key(path)
        others = [source for source in document.sources if source.path != str(path)]
        includes = {source.path: text_digest(source.text) for source in others}
        changed = key is None or key != self._looked_up.get(path) or not all_as_they_were(includes)
        if key is None or changed or (document.kind == "latex" and document.problems):
            return
        self._known[key] = known = _Known(report, includes, in_time)
        if in_time:
            self._store.put(key, {**report_to_values(report), "includes": includes})
            self._store.flush()
        self._note(path, known)

    def holds_all(self, report: Report) -> bool:
        """Return whether every document of a report was held."""
        return not report.interrupted and all(Path(document.path) in self.held for document in report.documents)

    def _note(self, path: Path, known: _Known) -> None:
        if known.kept:
            self.held.add(path)
            self.includes.update(known.includes)

    def _key(self, path: Path) -> str | None:
        """Return the key of a document. Where it stands tells what it includes; else it does not matter."""
        digest = file_digest(path)
        if digest is None:
            return None
        place = str(path.absolute()) if path.suffix.lower() == ".tex" else path.suffix.lower()
        return "document " + hashlib.sha256("\0".join((self._head, place, digest)).encode()).hexdigest()
