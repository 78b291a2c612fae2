"""The document that comes next is read while the claims of another are judged in other processes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from errata.language.placed import PlacedStatement
from errata.language.reading import read_document
from errata.notes.document import Document

Opened = tuple[Document, tuple[PlacedStatement, ...]]


class ReadAhead:
    """Reads documents, and the one that is announced in a thread of its own.

    What goes wrong there is left for its turn, when it is read once more and goes wrong in its place.
    """

    def __init__(self, open_document: Callable[[Path], Document]) -> None:
        self._open = open_document
        self._announced: Path | None = None
        self._begun: Path | None = None
        self._thread: Thread | None = None
        self._found: Opened | None = None

    def announce(self, path: Path) -> None:
        """Say which document comes next: it is begun when the statements of the present one have been read."""
        self._announced = path

    def open(self, path: Path) -> Document:
        """Return the document of a path; raises DocumentError."""
        if self._thread is not None and self._begun == path:
            self._thread.join()
            if self._found is not None:
                return self._found[0]
        return self._open(path)

    def statements(self, document: Document) -> tuple[PlacedStatement, ...]:
        """Return the statements of a document, and begin with the one that was announced."""
        known, self._found = self._found, None
        statements = known[1] if known is not None and known[0] is document else read_document(document)
        if self._announced is not None:
            self._begun, self._announced = self._announced, None
            self._thread = Thread(target=self._read, args=(self._begun,), daemon=True)
            self._thread.start()
        return statements

    def _read(self, path: Path) -> None:
        with contextlib.suppress(Exception):
            document = self._open(path)
            self._found = (document, read_document(document))
