"""Which notes a run is about, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from errata.notes.files import KINDS, Excluded, find_notes, nothing_excluded
from errata.report.cannot_run import CannotRun


class NothingToRead(CannotRun):
    """A path that does not lead to notes; the message says which and why."""


class Course(NamedTuple):
    """What holds for all notes of a run: sentences that each begins with, and what a search leaves out."""

    preamble: tuple[str, ...] = ()
    excluded: Excluded = nothing_excluded


def notes_to_read(paths: Sequence[Path], excluded: Excluded = nothing_excluded) -> tuple[Path, ...]:
    """Return the notes that the paths lead to, each once.

    Raises NothingToRead where a path does not exist, is neither file nor folder, or holds no notes.
    """
    for path in paths:
        if not path.exists():
            raise NothingToRead(f"{path}: no such file or folder")
        if path.is_dir() and not find_notes([path], excluded):
            raise NothingToRead(f"{path}: no notes in this folder (it was searched for {', '.join(KINDS)})")
        if not path.is_dir() and not path.is_file():
            raise NothingToRead(f"{path}: neither a file nor a folder")
    return tuple(find_notes(paths, excluded))
