"""`errata check --watch`: check again whenever a note changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

Stamps = dict[Path, tuple[int, int]]

BETWEEN_SECONDS = 0.3
"""How often the notes are looked at."""


def watch(
    check: Callable[[], int],
    watched: Callable[[], Iterable[Path]],
    tell: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Check, and check again when a file changes, comes or goes, until an interrupt; return the last status.

    watched: the files to look at, asked for anew every time.
    """
    status = 0
    try:
        while True:
            before = stamps(watched())
            status = check()
            tell("watching for changes; Ctrl-C ends it")
            while stamps(watched()) == before:
                sleep(BETWEEN_SECONDS)
    except KeyboardInterrupt:
        return status


def stamps(paths: Iterable[Path]) -> Stamps:
    """Return when each of the files that are there was written, and how long it is."""
    found: Stamps = {}
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue
        found[path] = (stat.st_mtime_ns, stat.st_size)
    return found
