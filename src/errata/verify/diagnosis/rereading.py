"""A document with one formula changed, read again: what the changed step means where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from errata.language.placed import PlacedStatement
from errata.language.reading import read_document
from errata.language.resumption import Resumable, read_resumably
from errata.language.statements import Statement
from errata.notes.document import Display, Document, Fragment, Inline, Text


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters start to end (exclusive) of a fragment's text, and what is to stand there."""

    start: int
    end: int
    replacement: str

    def applied(self, text: str) -> str:
        """Return the text with the edit made."""
        return text[: self.start] + self.replacement + text[self.end :]


@dataclass(frozen=True)
class Place:
    """A step of a document that was read: the document, its statements, and which of them it is.

    known: the document as it can be read again from a display on; where this is an edited one, as it was before.
    unedited: the fragment that the step's fragment stands for in what is known, None where it is that itself.
    """

    document: Document
    statements: tuple[PlacedStatement, ...]
    index: int
    known: Resumable | None = None
    unedited: Fragment | None = None

    @property
    def statement(self) -> Statement:
        """The step."""
        return self.statements[self.index].statement

    @property
    def fragment(self) -> Fragment:
        """The fragment in which the step's spans count."""
        return self.statements[self.index].fragment


def place_of(document: Document, index: int) -> Place:
    """Read a document for the sake of one of its steps."""
    known = read_resumably(document)
    return Place(document, known.statements, index, known)


def read_again(place: Place, edit: Edit) -> Place | None:
    """Return the place as it is read once the edit is made; None where the steps are other ones then."""
    old = place.fragment
    new = _changed(old, edit)
    blocks = tuple(
        _with_fragment(block, old, new) if isinstance(block, Text | Display) else block
        for block in place.document.blocks
    )
    document = replace(place.document, blocks=blocks)
    statements = _read(place, document, new)
    if len(statements) != len(place.statements):
        return None
    found = Place(document, statements, place.index, place.known, place.unedited or old)
    same = found.statement.kind == "claim" and found.statement.chain == place.statement.chain
    return found if same and found.statement.problem is None else None


def _read(place: Place, changed: Document, new: Fragment) -> tuple[PlacedStatement, ...]:
    """Read a document that parts from the place's in one fragment."""
    display = next((b for b in changed.blocks if isinstance(b, Display) and b.fragment is new), None)
    if place.known is not None and display is not None:
        statements = place.known.read_with(place.unedited or place.fragment, display)
        if statements is not None:
            return statements
    return read_document(changed, place.known.parsing if place.known is not None else None)


def _changed(fragment: Fragment, edit: Edit) -> Fragment:
    offsets = tuple(fragment.offsets)
    anchor = offsets[min(edit.start, len(offsets) - 1)]
    kept = (*offsets[: edit.start], *([anchor] * len(edit.replacement)), *offsets[edit.end :])
    return Fragment(edit.applied(fragment.text), fragment.source, kept)


def _with_fragment(block: Text | Display, old: Fragment, new: Fragment) -> Text | Display:
    if isinstance(block, Display):
        return replace(block, fragment=new) if block.fragment is old else block
    segments = tuple(
        Inline(new) if isinstance(segment, Inline) and segment.fragment is old else segment
        for segment in block.segments
    )
    return replace(block, segments=segments)
