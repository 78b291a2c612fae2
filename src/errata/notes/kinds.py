"""The kinds of notes, and the error of one that cannot be read."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["markdown", "latex", "notebook"]
KINDS_OF_NOTES: tuple[Kind, ...] = ("markdown", "latex", "notebook")


class DocumentError(Exception):
    """A document that could not be read at all, with its place where one is known."""

    def __init__(self, message: str, path: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = "" if self.line is None else f":{self.line}:{self.column}"
        return f"{self.path}{place}: {self.message}"


_LATEX = re.compile(r"\\(?:documentclass|begin\{document\}|usepackage|(?:sub)*section\*?\{|newcommand|maketitle)")
_NOTEBOOK = re.compile(r"\s*\{")


def kind_of_text(text: str) -> Kind:
    """Return what kind of note a text looks like."""
    if _NOTEBOOK.match(text) and '"cells"' in text:
        return "notebook"
    return "latex" if _LATEX.search(text) else "markdown"


def known_kind(name: str) -> Kind:
    """Return the kind of this name; raises ValueError where there is none."""
    for kind in KINDS_OF_NOTES:
        if kind == name:
            return kind
    raise ValueError(f"no kind of note is called {name!r}; there are {', '.join(KINDS_OF_NOTES)}")
