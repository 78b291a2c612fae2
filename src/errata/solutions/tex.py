"""LaTeX into PDF, with the TeX of the system: in a scratch folder, without a shell, for a bounded time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from time import monotonic

ENGINE = "pdflatex"
JOB = "solution"
SECONDS = 120.0
PASSES = 4
"""A table of contents needs a run to be written, one to be set, and one for the pages that it takes itself."""
INSTALL = "apt-get install texlive-latex-recommended (Debian, Ubuntu), or the basic scheme of TeX Live or MiKTeX"

_WARNING = re.compile(
    r"^(?:LaTeX (?:\w+ )?Warning|Package \w+ Warning|Overfull|Underfull|Missing character).*", re.MULTILINE
)
_ERROR = re.compile(r"^! (?P<what>.*)\n(?:.*\n)*?l\.(?P<line>\d+)", re.MULTILINE)


class NoPdf(Exception):
    """No PDF came of it; the message says why."""


def find_engine() -> str:
    """Return the path of the TeX of the system. Raises NoPdf, with what installs it."""
    engine = shutil.which(ENGINE)
    if engine is None:
        raise NoPdf(f"there is no {ENGINE} here; install it with {INSTALL}")
    return engine


def compile_latex(source: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF of a LaTeX document and the warnings of its compilation. Raises NoPdf."""
    engine = find_engine()
    with tempfile.TemporaryDirectory(prefix="errata-") as folder:
        place = Path(folder)
        (place / f"{JOB}.tex").write_text(source, encoding="utf-8")
        deadline = monotonic() + SECONDS
        for _ in range(PASSES):
            before = _contents(place)
            log = _run(engine, place, source, deadline - monotonic())
            if _contents(place) == before:
                break
        return (place / f"{JOB}.pdf").read_bytes(), tuple(found[0] for found in _WARNING.finditer(log))


def _contents(place: Path) -> list[bytes]:
    """Return what one run writes for the next: the table of contents and the outline."""
    return [path.read_bytes() for ending in ("toc", "out") if (path := place / f"{JOB}.{ending}").is_file()]


def _run(engine: str, place: Path, source: str, seconds: float) -> str:
    """Compile once and return what TeX says. Raises NoPdf."""
    command = [engine, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", f"{JOB}.tex"]
    environment = {**os.environ, "openin_any": "p", "openout_any": "p", "max_print_line": "1000"}
    try:
        run = subprocess.run(
            command, cwd=place, env=environment, capture_output=True, timeout=max(seconds, 0), stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise NoPdf(f"{ENGINE} did not end within {SECONDS:g} seconds") from error
    log = run.stdout.decode("utf-8", "replace")
    if run.returncode != 0 or not (place / f"{JOB}.pdf").is_file():
        raise NoPdf(_what_went_wrong(log, source))
    return log


def _what_went_wrong(log: str, source: str) -> str:
    """Return what TeX says, with the line at fault."""
    found = _ERROR.search(log)
    if found is None:
        return f"{ENGINE} failed: {log.strip()[-300:]}"
    lines = source.splitlines()
    number = int(found["line"])
    at_fault = lines[number - 1] if 0 < number <= len(lines) else ""
    return f"{ENGINE}: {found['what']} at {at_fault.strip()[:300]}"
