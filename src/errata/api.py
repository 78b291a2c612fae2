"""errata as a library: `errata.check(notes)` is what `errata check` does, and returns the report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errata.report.report import Report


def check(
    source: str | Path,
    *,
    kind: str | None = None,
    seed: int = 0,
    timeout: float = 10.0,
    jobs: int = 1,
    cache: Path | None = None,
) -> Report:
    r"""Judge every step of notes and return the report.

    source: the path of a note or of a folder of notes, or the text of a note. A `Path` is a path; a `str` is one
    where a file or folder of that name exists, and else the text itself. kind: "markdown", "latex" or
    "notebook", of a text; else it is seen from the text. cache: a folder in which verdicts are kept.

    >>> report = errata.check(r"$$(x + 1)^2 = x^2 + 1$$")
    >>> [step.judgement.verdict for step in report.claims()]
    ['wrong']

    Raises `errata.report.cannot_run.CannotRun` for a path without notes, `errata.notes.document.DocumentError`
    for a text that is no note of its kind, ValueError for settings that are none.
    """
    from contextlib import ExitStack

    from errata.notes.kinds import kind_of_text, known_kind
    from errata.report.build import build_report, build_report_of
    from errata.verify.cache.place import cache_file
    from errata.verify.cache.store import Store
    from errata.verify.settings import Settings

    if seed < 0 or timeout <= 0 or jobs < 1:
        raise ValueError("a seed is at least 0, a timeout above 0, and a count of jobs at least 1")
    settings = Settings(seed=seed, timeout=timeout, jobs=jobs)
    with ExitStack() as resources:
        store = resources.enter_context(Store(cache_file(cache))) if cache is not None else None
        if isinstance(source, Path) or _is_there(source):
            return build_report([Path(source)], settings, store=store)
        from errata.notes.document import read_text

        written = known_kind(kind) if kind is not None else kind_of_text(source)
        return build_report_of(read_text(source, "-", written), settings, store=store)


def _is_there(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False  # too long for a path, or with a zero byte in it
