"""The parts of a document that know nothing of one another: `forget` stands between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from errata.notes.blocks import Block, Directive, Document, Forget
from errata.notes.preamble import PREAMBLE


def parts_of(document: Document) -> tuple[Document, ...]:
    """Return a document cut at its `forget` directives, each part as a document of its own.

    The sentences that every note of a course begins with hold in every part: they stand at the head of each.
    """
    found: list[list[Block]] = [[]]
    for block in document.blocks:
        if isinstance(block, Directive) and isinstance(block.command, Forget):
            found.append(preamble_of(document.blocks))
        else:
            found[-1].append(block)
    return tuple(replace(document, blocks=tuple(blocks)) for blocks in found)


def preamble_of(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks that come from the settings of a course, not from the note."""
    return [block for block in blocks if block.fragment.source.path == PREAMBLE]
