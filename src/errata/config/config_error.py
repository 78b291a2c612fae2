"""What is wrong with settings."""

from __future__ import annotations

from errata.report.cannot_run import CannotRun


class ConfigError(CannotRun):
    """Settings that cannot be followed; the message names file and key."""
