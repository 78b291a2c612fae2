"""Writing a report to a file: whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from errata.report.cannot_run import CannotRun


class CannotWrite(CannotRun):
    """A file that the report cannot be written to; the message says which and why."""


def check_target(target: Path, notes: Iterable[Path]) -> None:
    """Raise CannotWrite where the target is a folder, lies in none, or is one of the notes themselves."""
    if target.is_dir():
        raise CannotWrite(f"{target}: is a folder, and a file is needed")
    if not target.parent.is_dir():
        raise CannotWrite(f"{target}: no folder {target.parent}")
    if target.exists() and any(note.exists() and note.samefile(target) for note in notes):
        raise CannotWrite(f"{target}: is one of the notes to check; the report must go elsewhere")


def write_whole(content: str | bytes, target: Path) -> None:
    """Write a file, text as UTF-8, so that a reader finds either what was there before or all that is new.

    A link is followed. What is no ordinary file (a device, a pipe) is written to directly.
    Raises CannotWrite.
    """
    target = target.resolve()
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise CannotWrite(f"{target}: {error.strerror or error}") from error


def append(text: str, target: Path) -> None:
    """Add to the end of a file; raises CannotWrite."""
    try:
        with target.open("ab") as stream:
            stream.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise CannotWrite(f"{target}: {error.strerror or error}") from error


def _replace(target: Path, content: bytes) -> None:
    # By hand, for `tempfile` takes as long to load as all else that writes a report again.
    temporary = target.parent / f".{target.name[:100]}.{os.urandom(8).hex()}"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those of any new file."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
