"""A document read so that it can be read again with one display changed, without what stands before that.

What a display means rests on what was read before it and on what the formulas of the whole document tell together.
Where the change leaves the latter as it was, reading on from the display gives what reading the whole would give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from errata.language.parsing import Parsing
from errata.language.placed import PlacedStatement
from errata.language.reading import DocumentReader, next_arrays, overlook, read_document, with_what_is_left
from errata.language.shapes import Arrays
from errata.notes.document import Display, Document, Fragment
from errata.notes.parts import parts_of


@dataclass(frozen=True, eq=False)
class Pass:
    """One reading of a document from its beginning to its end.

    before: by the place of a display among the blocks, the reader as it came to it. after: the reader at the end.
    next: the arrays with which it is read once more, None where this reading is the last.
    """

    before: Mapping[int, DocumentReader]
    after: DocumentReader
    next: Arrays | None

    def read_with(self, place: int, display: Display, document: Document) -> tuple[PlacedStatement, ...] | None:
        """Return the document's statements with another display in a place; None where they would change what follows.

        They do where they are other ones, or tell something else of the arrays of the whole document.
        """
        reader = self.before[place].copy()
        reader.document = document
        start = len(reader.statements)
        count = sum(1 for p in self.after.statements[start:] if p.block is self.after.document.blocks[place])
        reader.read_block(place)
        if len(reader.statements) != start + count:
            return None
        whole = self.after.copy()
        whole.statements[: start + count] = reader.statements
        return tuple(whole.statements) if next_arrays(whole) == self.next else None


@dataclass(frozen=True, eq=False)
class Resumable:
    """A document's statements, and the readings that gave them, to read on in; none for one of several parts."""

    document: Document
    statements: tuple[PlacedStatement, ...]
    passes: tuple[Pass, ...]
    parsing: Parsing

    def read_with(self, fragment: Fragment, display: Display) -> tuple[PlacedStatement, ...] | None:
        """Return the document's statements with another display in place of that of a fragment.

        Those after the display are given as they were before the change. None where it cannot be read by itself: the
        fragment is no display's, other statements come of it, or it tells something of the names of the whole document.
        """
        blocks = list(self.document.blocks)
        place = next((i for i, block in enumerate(blocks) if _is_of(fragment, block)), None)
        if not self.passes or place is None:
            return None
        blocks[place] = display
        changed = replace(self.document, blocks=tuple(blocks))
        if DocumentReader(changed, parsing=self.parsing).survey() != self.passes[0].after.surveyed:
            return None
        found = None
        for reading in self.passes:
            found = reading.read_with(place, display, changed)
            if found is None:
                return None
        return found


def read_resumably(document: Document) -> Resumable:
    """Read a document so that it can be read again with one of its displays changed.

    One that forgets its names midway is read again as a whole.
    """
    parsing = Parsing.of(document)
    if len(parts_of(document)) > 1:
        return Resumable(document, read_document(document), (), parsing)
    looked_over = overlook(document, parsing=parsing)
    passes = [_pass(looked_over.begun())]
    while (arrays := passes[-1].next) is not None:
        passes.append(_pass(looked_over.begun(arrays, len(passes))))
    return Resumable(document, tuple(with_what_is_left(passes[-1].after)), tuple(passes), parsing)


def _pass(reader: DocumentReader) -> Pass:
    """Read a document with a reader that stands at its beginning."""
    before = {}
    for place, block in enumerate(reader.document.blocks):
        if isinstance(block, Display):
            before[place] = reader.copy()
        reader.read_block(place)
    return Pass(before, reader, next_arrays(reader))


def _is_of(fragment: Fragment, block: object) -> bool:
    return isinstance(block, Display) and block.fragment is fragment
