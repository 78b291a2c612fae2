"""Whole documents that were checked before: unchanged ones are neither read nor judged again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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


class Remembered:
    """The reports of documents in a store that hold for these settings.

    held: the documents of this run that the store has by now. includes: the files that they include.
    """

    def __init__(self, store: Store, settings: Settings, course: Course) -> None:
        self._store = store
        self.held: set[Path] = set()
        self._looked_up: dict[Path, str | None] = {}
        self.includes: dict[str, str] = {}
        self._head = "\0".join((settings_key(settings), versions(store), *course.preamble))

    def recall(self, path: Path) -> DocumentReport | None:
        """Return the report of a document that is as it was, with all that it includes; None where it is not."""
        key = self._looked_up[path] = self._key(path)
        values = self._store.get(key) if key is not None else None
        if not isinstance(values, dict) or not all_as_they_were(values.get("includes")):
            return None
        try:
            report = report_from_values(str(path), values)
        except NotAReport:
            return None
        self._note(path, values["includes"])
        return report

    def keep(self, path: Path, document: Document, report: DocumentReport) -> None:
        """Keep the report of a document that was looked up before it was read.

        Not if it was written to meanwhile, nor if a file that it wants to include was not to be had or is
        another by now: what is kept under the key of a text is what was found in that very text.
        """
        key = self._key(path)
        others = [source for source in document.sources if source.path != str(path)]
        includes = {source.path: text_digest(source.text) for source in others}
        changed = key is None or key != self._looked_up.get(path) or not all_as_they_were(includes)
        if key is None or changed or (document.kind == "latex" and document.problems):
            return
        self._store.put(key, {**report_to_values(report), "includes": includes})
        self._store.flush()
        self._note(path, includes)

    def holds_all(self, report: Report) -> bool:
        """Return whether every document of a report was held."""
        return not report.interrupted and all(Path(document.path) in self.held for document in report.documents)

    def _note(self, path: Path, includes: Mapping[str, str]) -> None:
        self.held.add(path)
        self.includes.update(includes)

    def _key(self, path: Path) -> str | None:
        """Return the key of a document. Where it stands tells what it includes; else it does not matter."""
        digest = file_digest(path)
        if digest is None:
            return None
        place = str(path.absolute()) if path.suffix.lower() == ".tex" else path.suffix.lower()
        return "document " + hashlib.sha256("\0".join((self._head, place, digest)).encode()).hexdigest()
