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
    """What a run says, whether it failed, and whether it was ended early.

    text: for standard output. file: for the file of --output. summary: for the summary of a job on GitHub.
    """

    text: str
    failed: bool
    file: str | None = None
    summary: str | None = None
    interrupted: bool = False


def summary_file(options: argparse.Namespace) -> Path | None:
    """Return the file that the summary of a job goes to, None where none is wanted."""
    named = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(named) if named and options.format == "github" else None


def key_of(options: argparse.Namespace, config: Config, notes: tuple[Path, ...], store: Store) -> str:
    """Return the key of a run."""
    from errata.cli.course import baseline_of
    from errata.verify.cache.versions import versions

    baseline = baseline_of(config)
    parts = (
        versions(store),
        repr(config),
        str(baseline and file_digest(baseline)),
        *(str(getattr(options, name)) for name in _LOOKS),
        str(options.output is not None),
        str(summary_file(options) is not None),
        str(columns_of(sys.stdout)),
        str(wants_colour(options.color, sys.stdout)),
        *(f"{path} {file_digest(path)}" for path in notes),
    )
    whole = "\0".join(parts).encode("utf-8", "backslashreplace")
    return "run " + hashlib.sha256(whole).hexdigest()


def recall(store: Store, key: str) -> Said | None:
    """Return what a run of this key said, unless a file that a note includes has changed."""
    match store.get(key):
        case {
            "text": str(text),
            "failed": bool(failed),
            "file": str() | None as file,
            "summary": str() | None as summary,
            "includes": includes,
        } if all_as_they_were(includes):
            return Said(text, failed, file, summary)
    return None


def keep(store: Store, key: str, said: Said, includes: Mapping[str, str]) -> None:
    """Keep what a run said. Only where all of its documents were checked in time is it one to keep."""
    values = {"text": said.text, "failed": said.failed, "file": said.file, "summary": said.summary}
    store.put(key, {**values, "includes": dict(includes)})
