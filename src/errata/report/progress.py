"""A progress bar on standard error, on runs that take long enough to want one."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator

Progress = Callable[[int, int, str], None]
"""Told how many documents are done, of how many, and the path of the one that comes next."""

PATIENCE_SECONDS = 1.0


def silent(done: int, total: int, path: str) -> None:
    """Show nothing."""


@contextlib.contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give a callback that shows a bar once the run has taken a second, on a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield silent
        return
    with contextlib.ExitStack() as shown:
        yield _bar(shown)


def _bar(shown: contextlib.ExitStack) -> Progress:
    started = time.monotonic()
    show: list[Progress] = []

    def tell(done: int, total: int, path: str) -> None:
        if not show and time.monotonic() - started >= PATIENCE_SECONDS:
            show.append(_rich_bar(shown, total))
        if show:
            show[0](done, total, path)

    return tell


def _rich_bar(shown: contextlib.ExitStack, total: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from errata.report.safe_text import clip, safe

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    bar = shown.enter_context(Bar(*columns, console=Console(stderr=True), transient=True))
    task = bar.add_task("", total=total)

    def tell(done: int, total: int, path: str) -> None:
        bar.update(task, completed=done, total=total, description=clip(safe(path), 50))

    return tell
