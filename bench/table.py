"""Figures as aligned plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summary import Contest, Overall


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose first column is flush left and whose other columns are flush right."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = [_line(row, widths) for row in (head, *rows)]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(row, widths, strict=True)
    return "  ".join([f"{first[0]:<{first[1]}}", *(f"{cell:>{width}}" for cell, width in others)]).rstrip()


def overall_table(rows: Sequence[Overall]) -> str:
    """Return errata's figures on all claims, one line a source."""
    head = ("source", "claims", "unread", "decided", "proved", "with SymPy", "median", "p95")
    return aligned(
        head,
        [
            (
                row.source,
                str(row.claims),
                str(row.unread),
                share(row.decided, row.claims),
                share(row.proved, row.claims),
                share(row.proved_with_sympy, row.claims),
                duration(row.times.median),
                duration(row.times.p95),
            )
            for row in rows
        ],
    )


def contest_table(rows: Sequence[Contest]) -> str:
    """Return errata and SymPy side by side, one line a source and contestant."""
    head = ("source", "by", "claims", "decided", "against", "median", "p95", "x errata", "encoded too")
    return aligned(
        head,
        [
            (
                row.source,
                row.who,
                str(row.claims),
                share(row.decided, row.claims),
                str(row.against),
                duration(row.times.median),
                duration(row.times.p95),
                "-" if row.slowness is None else f"{row.slowness:.2f}",
                duration(row.with_encoding.median),
            )
            for row in rows
        ],
    )


def startup_table(seconds: Mapping[str, float]) -> str:
    """Return the start-up times, one line a command."""
    return aligned(("start-up", "shortest"), [(name, duration(taken)) for name, taken in seconds.items()])


def share(part: int, whole: int) -> str:
    """Return a part in per cent, "-" of nothing."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def duration(seconds: float | None) -> str:
    """Return a time in milliseconds or, from 10 seconds, in seconds."""
    if seconds is None:
        return "-"
    if seconds >= 10:
        return f"{seconds:.1f} s"
    milliseconds = 1000 * seconds
    return f"{milliseconds:.0f} ms" if milliseconds >= 100 else f"{milliseconds:.1f} ms"
