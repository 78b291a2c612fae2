"""What stands wrong in the notes that a derivation comes from, beside what is right; written with its own names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from errata.derivations.front_matter import LibraryError

_FORM = re.compile(r"(?P<source>[^$]+?): \$(?P<written>[^$]+)\$, right: \$(?P<right>[^$]+)\$")


@dataclass(frozen=True, slots=True)
class AsWritten:
    """A wrong step of the notes. source: `seed file: lines`; written and right: one relation each, as LaTeX."""

    source: str
    written: str
    right: str


def read_as_written(item: str, path: str) -> AsWritten:
    """Read an item of the front matter: `FILE: LINES: $WRITTEN$, right: $RIGHT$`. Raises LibraryError."""
    found = _FORM.fullmatch(item)
    if found is None:
        raise LibraryError(f"{path}:1: cannot read `{item}`: expected `FILE: LINES: $WRITTEN$, right: $RIGHT$`")
    return AsWritten(found["source"], found["written"], found["right"])
