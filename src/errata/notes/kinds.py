"""The kinds of notes, and the error of one that cannot be read."""

from __future__ import annotations

from typing import Literal

Kind = Literal["markdown", "latex", "notebook"]


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
