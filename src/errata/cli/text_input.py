"""Notes that are no files: standard input (`-`), and a formula on the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from errata.report.cannot_run import CannotRun

if TYPE_CHECKING:
    from errata.notes.document import Document

STANDARD_INPUT = Path("-")


def is_text(options: argparse.Namespace) -> bool:
    """Return whether the command is about a text. Raises CannotRun where it is about notes as well."""
    dash = STANDARD_INPUT in options.paths
    if (dash and len(options.paths) > 1) or (options.tex is not None and options.paths):
        raise CannotRun("standard input (`-`) and --tex are judged alone, without other notes")
    return dash or options.tex is not None


def text_document(options: argparse.Namespace) -> Document:
    """Return the document that the command is about. Raises CannotRun."""
    from errata.notes.document import DocumentError, read_text
    from errata.notes.files import LARGEST_FILE, decode
    from errata.notes.kinds import kind_of_text

    try:
        if options.tex is not None:
            return read_text(_displayed(options.tex), "--tex", "markdown")
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise CannotRun(f"standard input: larger than {LARGEST_FILE // 1024**2} MB")
        text = decode(data, "-")
        return read_text(text, "-", kind_of_text(text))
    except DocumentError as error:
        raise CannotRun(str(error)) from error


def _displayed(formula: str) -> str:
    """Return a formula as a note; one that has its delimiters, or words around it, is a note already."""
    return formula if "$" in formula else f"$${formula.strip()}$$"
