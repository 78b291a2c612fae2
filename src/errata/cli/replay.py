"""A run over notes that are all as they were says again what it said.

Neither the reader nor the report is loaded for that, nor `dataclasses` with all that it needs: what such a run makes
are named tuples. The key holds all that the output depends on: the notes by what they say, the settings, the baseline,
the versions, and how the output is to look.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from errata.report.terminal import columns_of, wants_colour
from errata.verify.cache.file_digest import all_as_they_were, file_digest

if TYPE_CHECKING:
    from errata.config.config import Config
    from errata.verify.cache.store import Store

_LOOKS = ("format", "verbose", "ledger", "seed")


class Said(NamedTuple):
    """What a run wrote to standard output, whether it failed, and whether it was ended early."""

    text: str
    failed: bool
    interrupted: bool = False


def key_of(options: argparse.Namespace, config: Config, notes: tuple[Path, ...], store: Store) -> str | None:
    """Return the key of a run; None for one that does more than write to standard output."""
    from errata.cli.course import baseline_of
    from errata.verify.cache.versions import versions

    if options.output is not None or (options.format == "github" and os.environ.get("GITHUB_STEP_SUMMARY")):
        return None
    baseline = baseline_of(config)
    parts = (
        versions(store),
        repr(config),
        str(baseline and file_digest(baseline)),
        *(str(getattr(options, name)) for name in _LOOKS),
        str(columns_of(sys.stdout)),
        str(wants_colour(options.color, sys.stdout)),
        *(f"{path} {file_digest(path)}" for path in notes),
    )
    whole = "\0".join(parts).encode("utf-8", "backslashreplace")
    return "run " + hashlib.sha256(whole).hexdigest()


def recall(store: Store, key: str) -> Said | None:
    """Return what a run of this key said, unless a file that a note includes has changed."""
    match store.get(key):
        case {"text": str(text), "failed": bool(failed), "includes": includes} if all_as_they_were(includes):
            return Said(text, failed)
    return None


def keep(store: Store, key: str | None, said: Said, includes: Mapping[str, str]) -> None:
    """Keep what a run said. Only where all of its documents were checked in time is it one to keep."""
    if key is not None:
        store.put(key, {"text": said.text, "failed": said.failed, "includes": dict(includes)})
