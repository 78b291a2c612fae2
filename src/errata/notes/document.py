"""Documents: a note goes in, its blocks come out in order, every character with its place.

This is the door of the layer: `read_document` reads a file, `read_text` a text, `find_notes` finds the notes
of a folder. What the blocks are is said in `blocks`, how places are kept in `source`; both are to be had here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from errata.notes.blocks import (
    As,
    Block,
    Command,
    Comment,
    Declare,
    Directive,
    Display,
    Document,
    Expect,
    Forget,
    Ignore,
    Inline,
    Macro,
    Off,
    On,
    Problem,
    Prose,
    Segment,
    Text,
)
from errata.notes.directives import cover
from errata.notes.files import KINDS, find_notes, read_file
from errata.notes.kinds import DocumentError, Kind
from errata.notes.latex import LatexReading
from errata.notes.markdown import markdown_paragraphs, writes_inline_with_double_dollars
from errata.notes.notebook import notebook_sources
from errata.notes.paragraphs import Findings, Paragraph, read_paragraph
from errata.notes.source import Fragment, Position, Source

__all__ = [
    "As",
    "Block",
    "Command",
    "Comment",
    "Declare",
    "Directive",
    "Display",
    "Document",
    "DocumentError",
    "Expect",
    "Forget",
    "Fragment",
    "Ignore",
    "Inline",
    "Kind",
    "Macro",
    "Off",
    "On",
    "Position",
    "Problem",
    "Prose",
    "Segment",
    "Source",
    "Text",
    "find_notes",
    "read_document",
    "read_text",
]


def read_document(path: Path) -> Document:
    """Read a note: Markdown, LaTeX or a notebook, told apart by its ending.

    Raises `DocumentError` where there is nothing to read: no such file, an ending that is none of a note's,
    a file too large or not UTF-8, or a notebook that is none.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(KINDS)
        raise DocumentError(f"not a note: its ending is none of {known}", str(path))
    text = read_file(path)
    if kind == "latex":
        resolved = path.resolve()
        return _latex(Source(str(path), text), LatexReading(resolved.parent, open_files=[resolved]))
    return read_text(text, str(path), kind)


def read_text(text: str, path: str = "-", kind: Kind = "markdown") -> Document:
    """Read a note from its text; no \\\\input is followed. Raises `DocumentError` for a notebook that is none."""
    if kind == "latex":
        return _latex(Source(path, text), LatexReading(folder=None))
    if kind == "markdown":
        return _markdown([Source(path, text)], path, kind, [])
    sources, problems = notebook_sources(text, path)
    return _markdown(sources, path, kind, problems)


def _latex(source: Source, reading: LatexReading) -> Document:
    reading.read(source)
    found = Findings(problems=reading.problems, macros=reading.macros)
    for number, paragraph in enumerate(reading.paragraphs):
        read_paragraph(paragraph, number, found)
    return _document(source.path, "latex", reading.sources, found)


def _markdown(sources: list[Source], path: str, kind: Kind, problems: list[Problem]) -> Document:
    paragraphs: list[Paragraph] = []
    front_matter = ""
    for number, source in enumerate(sources):
        read, matter, wrong = markdown_paragraphs(source, front_matter=number == 0)
        paragraphs += read
        problems += wrong
        front_matter = matter or front_matter
    found = Findings(problems=problems)
    doubles = writes_inline_with_double_dollars(paragraphs)
    for number, paragraph in enumerate(paragraphs):
        read_paragraph(paragraph, number, found, double_dollars_inline=doubles)
    return _document(path, kind, sources, found, front_matter)


def _document(path: str, kind: Kind, sources: list[Source], found: Findings, front_matter: str = "") -> Document:
    blocks, uncovering = cover(found.blocks)
    order = {(source.path, source.cell): number for number, source in enumerate(sources)}
    problems = sorted(
        [*found.problems, *uncovering],
        key=lambda problem: (order.get((problem.path, problem.position.cell), 0), problem.position),
    )
    macros: Mapping[str, Macro] = MappingProxyType(dict(found.macros))
    return Document(path, kind, blocks, tuple(sources), macros, tuple(problems), front_matter)
