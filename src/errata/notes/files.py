"""Files as text, and the notes of a folder."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from errata.notes.kinds import DocumentError, Kind

LARGEST_FILE = 20 * 1024 * 1024
KINDS: dict[str, Kind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".tex": "latex",
    ".ipynb": "notebook",
}


def read_file(path: Path, shown: str | None = None) -> str:
    """Return the text of a UTF-8 file, line ends as they stand and without a byte order mark.

    Raises `DocumentError` where it is not a file, cannot be read, is larger than `LARGEST_FILE` bytes or is
    not UTF-8 (then with line and column of the first such byte). `shown` is the path to name in the error.
    """
    name = str(path) if shown is None else shown
    try:
        if not path.is_file():
            raise DocumentError("no such file" if not path.exists() else "not a file", name)
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}", name) from error
    except ValueError as error:
        raise DocumentError(f"not a path: {error}", name) from error
    if len(data) > LARGEST_FILE:
        raise DocumentError(f"larger than {LARGEST_FILE // 1024**2} MB", name)
    return decode(data, name)


def decode(data: bytes, path: str) -> str:
    """Return UTF-8 bytes as text without byte order mark; raises `DocumentError` at the first wrong byte."""
    data = data.removeprefix(BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        message = f"not UTF-8: byte 0x{data[error.start]:02x}; save the file as UTF-8"
        raise DocumentError(message, path, line, column) from error


Excluded = Callable[[Path], bool]
"""Whether a file or folder is left out of a search."""


def nothing_excluded(path: Path) -> bool:
    """Leave nothing out."""
    return False


def find_notes(paths: Iterable[Path], excluded: Excluded = nothing_excluded) -> list[Path]:
    """Return the notes among these paths, folders searched for them, in a stable order, each only once.

    A file that is named is taken whatever its ending. In a folder those with an ending of `KINDS` are taken,
    by name; hidden folders, links and what is excluded are not followed.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for note in _notes_below(path, excluded) if path.is_dir() else (path,):
            found.setdefault(note)
    return list(found)


def links_left(paths: Iterable[Path], excluded: Excluded = nothing_excluded) -> list[Path]:
    """Return the links to notes and folders that a search of these folders comes upon and does not follow."""
    found: list[Path] = []
    for folder in (path for path in paths if path.is_dir()):
        for current, folders, names in os.walk(folder, followlinks=False):
            folders[:] = sorted(n for n in folders if not n.startswith(".") and not excluded(Path(current, n)))
            below = [*folders, *(n for n in sorted(names) if Path(n).suffix.lower() in KINDS and not n.startswith("."))]
            found += [p for n in below if (p := Path(current, n)).is_symlink() and not excluded(p)]
    return found


def _notes_below(folder: Path, excluded: Excluded) -> Iterator[Path]:
    for current, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(n for n in folders if not n.startswith(".") and not excluded(Path(current, n)))
        for name in sorted(names):
            path = Path(current, name)
            fits = path.suffix.lower() in KINDS and not name.startswith(".") and not path.is_symlink()
            if fits and not excluded(path):
                yield path
