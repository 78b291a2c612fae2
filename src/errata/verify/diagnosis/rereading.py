"""A document with one formula changed, read again: what the changed step means where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from errata.language.reading import PlacedStatement, read_document
from errata.language.resumption import Resumption, resumption
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
    """A step of a document that was read: the document, its statements, and which of them it is."""

    document: Document
    statements: tuple[PlacedStatement, ...]
    index: int

    @property
    def statement(self) -> Statement:
        """The step."""
        return self.statements[self.index].statement

    @cached_property
    def resumption(self) -> Resumption | None:
        """The document as it can be read again from this step on, None where it must be read as a whole."""
        return resumption(self.document, self.fragment)

    @property
    def fragment(self) -> Fragment:
        """The fragment in which the step's spans count."""
        return self.statements[self.index].fragment


def place_of(document: Document, index: int) -> Place:
    """Read a document for the sake of one of its steps."""
    return Place(document, read_document(document), index)


def read_again(place: Place, edit: Edit) -> Place | None:
    """Return the place as it is read once the edit is made; None where the steps are other ones then."""
    old = place.fragment
    new = _changed(old, edit)
    blocks = tuple(
        _with_fragment(block, old, new) if isinstance(block, Text | Display) else block
        for block in place.document.blocks
    )
    document = replace(place.document, blocks=blocks)
    statements = _read(place, document)
    if len(statements) != len(place.statements):
        return None
    found = Place(document, statements, place.index)
    same = found.statement.kind == "claim" and found.statement.chain == place.statement.chain
    return found if same and found.statement.problem is None else None


def _read(place: Place, changed: Document) -> tuple[PlacedStatement, ...]:
    """Read a document that parts from the place's in the display of the step, or in a formula of its sentence."""
    known = place.resumption
    block = changed.blocks[known.place] if known is not None else None
    statements = known.read_with(block) if known is not None and isinstance(block, Display) else None
    return read_document(changed) if statements is None else statements


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
