"""A document read again with one display changed, without reading again what stands before it.

What a display means rests on what was read before it and on what the formulas of the whole document tell together.
Where the change leaves the latter as it was, reading on from the display gives what reading the whole would give.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from errata.language.reading import DocumentReader, PlacedStatement
from errata.notes.document import Display, Document, Fragment
from errata.notes.parts import parts_of


@dataclass(frozen=True, eq=False)
class Resumption:
    """A reader that stands before one display of its document, and how many statements come before and in it.

    place: of the display among the blocks. after: the same reader at the document's end.
    """

    before: DocumentReader
    place: int
    within: int
    after: DocumentReader

    def read_with(self, display: Display) -> tuple[PlacedStatement, ...] | None:
        """Return the document's statements with another display in place of this one.

        Those after the display are given as they were before the change. None where the change reaches further:
        where other statements come of it, or it tells something of the names of the whole document.
        """
        reader = self.before.copy()
        blocks = list(reader.document.blocks)
        blocks[self.place] = display
        reader.document = replace(reader.document, blocks=tuple(blocks))
        if reader.survey() != reader.surveyed:
            return None
        start = len(reader.statements)
        reader.read_block(self.place)
        if len(reader.statements) != start + self.within:
            return None
        whole = self.after.copy()
        whole.statements[: start + self.within] = reader.statements
        guesses = whole.guesses()
        return None if guesses.names or guesses.elements else tuple(whole.statements)


def resumption(document: Document, fragment: Fragment) -> Resumption | None:
    """Read a document so that it can be read again with the display of a fragment changed.

    None where the fragment is no display's, or where the document is read more than once: for its undeclared names, or
    because it forgets them midway.
    """
    place = next((i for i, b in enumerate(document.blocks) if isinstance(b, Display) and b.fragment is fragment), None)
    if place is None or len(parts_of(document)) > 1:
        return None
    reader = DocumentReader(document)
    reader.prepare()
    for earlier in range(place):
        reader.read_block(earlier)
    before = reader.copy()
    reader.read_block(place)
    within = len(reader.statements) - len(before.statements)
    for later in range(place + 1, len(document.blocks)):
        reader.read_block(later)
    guesses = reader.guesses()
    return None if guesses.names or guesses.elements else Resumption(before, place, within, reader)
