"""A document read so that it can be read again with one display changed, without what stands before that.

What a display means rests on what was read before it and on what the formulas of the whole document tell together.
Where the change leaves the latter as it was, reading on from the display gives what reading the whole would give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from errata.language.reading import DocumentReader, PlacedStatement, read_document, settled
from errata.notes.document import Display, Document, Fragment
from errata.notes.parts import parts_of


@dataclass(frozen=True, eq=False)
class Resumable:
    """A document's statements, and readers to read on with.

    before: by the place of a display among the blocks, the reader as it came to it. after: the reader at the end;
    None where the document was read more than once, for its undeclared names, so that no change is read by itself.
    """

    document: Document
    statements: tuple[PlacedStatement, ...]
    before: Mapping[int, DocumentReader]
    after: DocumentReader | None

    def read_with(self, fragment: Fragment, display: Display) -> tuple[PlacedStatement, ...] | None:
        """Return the document's statements with another display in place of that of a fragment.

        Those after the display are given as they were before the change. None where it cannot be read by itself: the
        fragment is no display's, other statements come of it, or it tells something of the names of the whole document.
        """
        blocks = list(self.document.blocks)
        place = next((i for i in self.before if _is_of(fragment, blocks[i])), None)
        if self.after is None or place is None:
            return None
        reader = self.before[place].copy()
        start = len(reader.statements)
        count = sum(1 for p in self.statements[start:] if p.fragment is fragment)
        blocks[place] = display
        reader.document = replace(self.document, blocks=tuple(blocks))
        if reader.survey() != reader.surveyed:
            return None
        reader.read_block(place)
        if len(reader.statements) != start + count:
            return None
        whole = self.after.copy()
        whole.statements[: start + count] = reader.statements
        guesses = whole.guesses()
        return None if guesses.names or guesses.elements else tuple(whole.statements)


def read_resumably(document: Document) -> Resumable:
    """Read a document so that it can be read again with one of its displays changed.

    One that forgets its names midway is read again as a whole.
    """
    if len(parts_of(document)) > 1:
        return Resumable(document, read_document(document), {}, None)
    reader = DocumentReader(document)
    reader.prepare()
    before = {}
    for place, block in enumerate(document.blocks):
        if isinstance(block, Display):
            before[place] = reader.copy()
        reader.read_block(place)
    statements = tuple(reader.statements)
    final = settled(reader)
    return Resumable(document, final, before, reader if final == statements else None)


def _is_of(fragment: Fragment, block: object) -> bool:
    return isinstance(block, Display) and block.fragment is fragment
