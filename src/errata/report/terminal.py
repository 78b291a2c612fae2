"""Printing styled lines, with colours where they are wanted and can be shown."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from typing import Literal, TextIO

from errata.report.line import Line, Style, plain

Colour = Literal["auto", "always", "never"]

_RICH_STYLES: dict[Style, str] = {
    "": "",
    "place": "bold",
    "error": "bold red",
    "warning": "yellow",
    "note": "cyan",
    "right": "green",
    "faint": "dim",
    "strong": "bold",
}


def wants_colour(colour: Colour, stream: TextIO) -> bool:
    """Return whether to colour; "auto" means on a terminal, unless NO_COLOR is set or TERM is dumb."""
    if colour != "auto":
        return colour == "always"
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()


def columns_of(stream: TextIO, otherwise: int = 120) -> int:
    """Return the width of the terminal behind the stream, or `otherwise` where there is none."""
    if os.environ.get("COLUMNS", "").isdecimal():
        return max(40, int(os.environ["COLUMNS"]))
    try:
        return max(40, os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return otherwise


def write(lines: Iterable[Line], stream: TextIO, *, colour: bool) -> None:
    """Write lines to a stream. What the stream's encoding does not have is written as an escape."""
    if not colour:
        stream.write(_encodable(plain(lines), stream))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, force_terminal=True, color_system="standard", highlight=False, markup=False)
    for line in lines:
        text = Text()
        for piece, style in line:
            text.append(_encodable(piece, stream), _RICH_STYLES[style])
        console.print(text, soft_wrap=True)


def drawn(lines: Iterable[Line], *, colour: bool) -> str:
    """Return lines as the text that shows them."""
    stream = io.StringIO()
    write(lines, stream, colour=colour)
    return stream.getvalue()


def write_text(text: str, stream: TextIO) -> None:
    """Write text to a stream. What the stream's encoding does not have is written as an escape."""
    stream.write(_encodable(text, stream))


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
