"""Lines of output as styled pieces: what every text renderer returns and the terminal prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Style = Literal["", "place", "error", "warning", "note", "right", "faint", "strong"]

Piece = tuple[str, Style]
Line = tuple[Piece, ...]

EMPTY: Line = ()


def plain(lines: Iterable[Line]) -> str:
    """Return lines as plain text, each ended by a newline."""
    return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)
