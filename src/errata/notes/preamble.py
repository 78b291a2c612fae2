"""Sentences that every note of a course begins with, though they stand in none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from errata.notes.blocks import Document, Text
from errata.notes.document import read_text

PREAMBLE = "<settings>"
"""The path of the sentences."""


def with_preamble(document: Document, sentences: Sequence[str]) -> Document:
    """Return a document that begins with these sentences (Markdown, with formulas between dollar signs)."""
    if not sentences:
        return document
    said = read_text("\n\n".join(" ".join(sentence.split()) for sentence in sentences), PREAMBLE)
    texts = [block for block in said.blocks if isinstance(block, Text)]
    # Paragraphs are told apart by their number: these come before all others.
    ahead = [replace(text, paragraph=number - len(texts)) for number, text in enumerate(texts)]
    return replace(document, blocks=(*ahead, *document.blocks))
