"""Patterns of notes that a search of folders leaves out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path


def exclusion(root: Path, patterns: Sequence[str]) -> Callable[[Path], bool]:
    """Return whether a path is left out: itself or a folder it lies in fits a pattern, counted from the root.

    A pattern without a slash fits a name at any depth (`drafts`, `*.tex`).
    """
    cleaned = [pattern.strip().removeprefix("./").rstrip("/") for pattern in patterns]

    def excluded(path: Path) -> bool:
        resolved = path.resolve()
        if not cleaned or not resolved.is_relative_to(root):
            return False
        parts = resolved.relative_to(root).parts
        heads = ["/".join(parts[: end + 1]) for end in range(len(parts))]
        return any(
            fnmatchcase(head, pattern) if "/" in pattern else fnmatchcase(head.rpartition("/")[2], pattern)
            for pattern in cleaned
            for head in heads
        )

    return excluded
