"""What is measured: the claims of some notes, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path

from errata.derivations.library import derivations
from errata.language.placed import PlacedStatement
from errata.language.reading import read_document as read_statements
from errata.language.statements import Statement
from errata.notes.document import Directive, Document, DocumentError, read_document
from errata.report.selection import notes_to_read

NOTES = Path(__file__).resolve().parent.parent / "notes"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim and where it stands."""

    path: str
    line: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class Source:
    """The claims of one collection of notes; `unreadable` are the files that could not be opened as notes."""

    name: str
    claims: tuple[Claim, ...]
    unreadable: tuple[str, ...] = ()


def own_sources() -> tuple[Source, ...]:
    """Return the transcribed notes and the library."""
    with ExitStack() as files:
        library = [files.enter_context(as_file(derivation.file)) for derivation in derivations()]
        return (source_of("notes", [NOTES]), source_of("library", library))


def source_of(name: str, paths: Sequence[Path]) -> Source:
    """Return the claims of all notes that the paths lead to, as `errata check` would judge them.

    Raises NothingToRead where a path leads to no notes.
    """
    documents, unreadable = _documents(notes_to_read(paths))
    included = _included(documents)
    chosen = [document for path, document in documents if path in paths or path.resolve() not in included]
    return Source(name, tuple(claim for document in chosen for claim in _claims(document)), unreadable)


def _documents(paths: Iterable[Path]) -> tuple[list[tuple[Path, Document]], tuple[str, ...]]:
    read: list[tuple[Path, Document]] = []
    unreadable: list[str] = []
    for path in paths:
        try:
            read.append((path, read_document(path)))
        except DocumentError:
            unreadable.append(str(path))
    return read, tuple(unreadable)


def _included(documents: Iterable[tuple[Path, Document]]) -> set[Path]:
    """Return the files that are read as part of another document, so that none is counted twice."""
    return {
        Path(source.path).resolve()
        for _, document in documents
        for source in document.sources
        if source.path != document.path
    }


def _claims(document: Document) -> list[Claim]:
    return [
        Claim(document.path, placed.fragment.position(placed.statement.span.start).line, placed.statement)
        for placed in read_statements(document)
        if placed.statement.kind == "claim" and not _ignored(placed)
    ]


def _ignored(placed: PlacedStatement) -> bool:
    return not isinstance(placed.block, Directive) and placed.block.ignored
