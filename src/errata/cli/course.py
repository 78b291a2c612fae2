"""What holds for a run: the settings of the course, and what the command line says instead."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from errata.report.cannot_run import CannotRun

if TYPE_CHECKING:
    from errata.config.config import Config
    from errata.report.selection import Course
    from errata.verify.cache.store import Store
    from errata.verify.settings import Settings

BASELINE = "errata-baseline.json"


def config_of(options: argparse.Namespace) -> Config:
    """Return the settings of the course with those of the command line in their place. Raises CannotRun."""
    from errata.config.files import load_config

    config = load_config(Path.cwd(), options.config)
    if getattr(options, "timeout", None) is not None:
        config = config._replace(timeout=options.timeout)
    if getattr(options, "strict", False):
        config = config._replace(strict=True)
    if getattr(options, "baseline", None) is not None:
        config = config._replace(baseline=options.baseline)
    return config


def notes_of(options: argparse.Namespace, config: Config) -> tuple[Path, ...]:
    """Return the paths to work on: those that are named, else those of the settings. Raises CannotRun."""
    paths = tuple(options.paths) or tuple(map(_from_here, config.paths))
    if not paths:
        raise CannotRun("no PATH is given, and no `paths` in the settings")
    return paths


def _from_here(path: Path) -> Path:
    """Return a path as it is written from the folder we are in, where it lies below that."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def course_of(config: Config) -> Course:
    """Return what holds for all notes of a run."""
    from errata.config.config import preamble
    from errata.config.exclusion import exclusion
    from errata.report.selection import Course

    return Course(preamble(config), exclusion(config.root, config.exclude))


def settings_of(options: argparse.Namespace, config: Config) -> Settings:
    """Return how the steps of a run are judged."""
    from errata.verify.settings import Settings

    return Settings(
        seed=options.seed,
        timeout=config.timeout,
        jobs=options.jobs,
        strict=config.strict,
        reasons=_shows_reasons(options),
    )


def _shows_reasons(options: argparse.Namespace) -> bool:
    """Whether the report names the rules of proofs: as plain text it does so only where all steps are listed."""
    return getattr(options, "format", "text") != "text" or bool(getattr(options, "verbose", False))


def baseline_of(config: Config) -> Path | None:
    """Return the baseline that holds: the one that is set, or the one of the usual name beside the settings."""
    usual = config.root / BASELINE
    return config.baseline or (usual if usual.is_file() else None)


@contextmanager
def store_of(options: argparse.Namespace) -> Iterator[Store | None]:
    """Give the store of what was found before; None where none is wanted."""
    if options.no_cache:
        yield None
        return
    from errata.verify.cache.place import cache_file
    from errata.verify.cache.store import Store

    with Store(cache_file(options.cache_dir)) as store:
        yield store
