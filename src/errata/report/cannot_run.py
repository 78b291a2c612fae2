"""The one error that ends a command: it cannot do what it was told, and the message says why."""

from __future__ import annotations


class CannotRun(Exception):
    """A command cannot run: a path, a file or a setting is not as it must be."""
