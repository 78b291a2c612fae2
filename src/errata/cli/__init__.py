"""The door: the `errata` command. One small file a command, named like it."""

from errata.cli.entry import main

__all__ = ["main"]
