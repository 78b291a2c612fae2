"""Which errata and which witnesses answer: what they say holds for these versions alone."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import errata
from errata.verify.cache.store import Store

_WITNESSES = re.compile(r"(?:numpy|scipy|sympy|mpmath|python_flint)-[^-]*\.dist-info", re.IGNORECASE)


def versions(store: Store) -> str:
    """Return a text that changes with the code of errata, the witnesses and Python.

    The code counts by what it says, not by when it was installed, so that a new machine may use an old file.
    What it says is only read anew where its files look different.
    """
    look = _look()
    code = store.get(f"code {look}")
    if not isinstance(code, str):
        code = _code()
        store.put(f"code {look}", code)
    return " ".join((errata.__version__, code, sys.version.split()[0], *_witnesses()))


def _files() -> Iterator[os.DirEntry[str]]:
    folders = [str(Path(errata.__file__).parent)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.endswith(".py"):
                    yield entry


def _look() -> str:
    seen = sorted((entry.path, (stat := entry.stat()).st_size, stat.st_mtime_ns) for entry in _files())
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def _code() -> str:
    root = Path(errata.__file__).parent
    said = hashlib.sha256()
    for path in sorted(Path(entry.path) for entry in _files()):
        said.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        said.update(path.read_bytes())
    return said.hexdigest()


def _witnesses() -> list[str]:
    """Return the installed witnesses with their versions, as the names of their folders tell them."""
    found: dict[str, None] = {}
    for folder in sys.path:
        if folder and os.path.isdir(folder):
            found.update(dict.fromkeys(sorted(name for name in os.listdir(folder) if _WITNESSES.fullmatch(name))))
    return list(found)
