"""How long the program takes to start: whole processes, the shortest of several runs."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from shutil import which

ONE_CLAIM = "For $x > 0$:\n\n$$\\log x^2 = 2 \\log x$$\n"


class NotInstalled(Exception):
    """The `errata` command does not stand beside this Python."""


def startup_seconds(runs: int) -> dict[str, float]:
    """Return the seconds of each command, the bare interpreter first.

    Raises NotInstalled, and CalledProcessError where a command fails.
    """
    errata = which("errata", path=sysconfig.get_path("scripts"))
    if errata is None:
        raise NotInstalled("the errata command is not installed beside this Python (pip install -e .)")
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder, "note.md")
        note.write_text(ONE_CLAIM, encoding="utf-8")
        return {
            "python -c pass": _shortest([sys.executable, "-c", "pass"], runs),
            "errata --version": _shortest([errata, "--version"], runs),
            "errata check, one claim": _shortest([errata, "check", str(note)], runs),
        }


def _shortest(command: Sequence[str], runs: int) -> float:
    return min(_seconds(command) for _ in range(runs))


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
