"""The files that hold settings: `errata.toml`, or `[tool.errata]` of `pyproject.toml`, the nearest upward."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from errata.config.config import Config
from errata.config.config_error import ConfigError

LARGEST = 1024 * 1024


def load_config(start: Path, named: Path | None = None) -> Config:
    """Return the settings that hold for a run in a folder: those of the file that is named, or of the nearest.

    `errata.toml` comes before the `pyproject.toml` beside it, setting by setting. Raises ConfigError.
    """
    if named is not None:
        return _merged(named.resolve().parent, [(named, _table(named))])
    for folder in (start.resolve(), *start.resolve().parents):
        found = [
            (path, table)
            for path in (folder / "pyproject.toml", folder / "errata.toml")
            if path.is_file() and (table := _table(path)) is not None
        ]
        if found:
            return _merged(folder, found)
    return Config(start.resolve())


def _table(path: Path) -> dict[str, Any] | None:
    """Return the settings in a file; None for a `pyproject.toml` that has none."""
    import tomllib

    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise ConfigError(f"{path}: too large for settings")
    try:
        whole = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}") from error
    if path.name != "pyproject.toml":
        return whole
    tools = whole.get("tool")
    table = tools.get("errata") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: `tool.errata` is a table")
    return table


def _merged(root: Path, found: Sequence[tuple[Path, dict[str, Any] | None]]) -> Config:
    from errata.config.schema import parse

    config = Config(root)
    for path, table in found:
        config = parse(config, table or {}, path)
    return config
