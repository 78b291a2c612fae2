"""From options to the settings of a run."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errata.verify.settings import Settings


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings that the options of a judging command give."""
    from errata.verify.settings import Settings

    return Settings(
        seed=options.seed,
        timeout=options.timeout,
        jobs=options.jobs,
        strict=getattr(options, "strict", False),
        reasons=_shows_reasons(options),
    )


def _shows_reasons(options: argparse.Namespace) -> bool:
    """Whether the report names the rules of proofs: as plain text it does so only where all steps are listed."""
    return getattr(options, "format", None) != "text" or bool(options.verbose)
