"""Files by what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path


def file_digest(path: Path) -> str | None:
    """Return the digest of a file, None where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def text_digest(text: str) -> str:
    """Return the digest of a file that says this and nothing else (one with a byte order mark has another)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def all_as_they_were(digests: object) -> bool:
    """Return whether files, by path, still have these digests; what is no such mapping has changed."""
    return isinstance(digests, Mapping) and all(file_digest(Path(path)) == known for path, known in digests.items())
