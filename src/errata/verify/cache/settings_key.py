"""The settings that what is kept depends on."""

from __future__ import annotations

from errata.verify.settings import Settings


def settings_key(settings: Settings) -> str:
    """Return the settings that a verdict may depend on. Limits are not among them: what ran into one is not kept."""
    return f"{settings.seed} {settings.every_witness:d} {settings.reasons:d} {settings.diagnose:d}"
