"""Where a user's caches are kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FILE = "verdicts.sqlite"


def cache_file(folder: Path | None = None) -> Path:
    """Return the file for what was found, in a folder that is named or in that of the user."""
    return (folder or _user_folder() / "errata") / FILE


def _user_folder() -> Path:
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    if os.path.isabs(named):
        return Path(named)
    home = Path(os.path.expanduser("~"))
    return home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"
