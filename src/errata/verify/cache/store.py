"""One SQLite file of JSON values by key, which several processes may use at once and any may find damaged.

Nothing here raises: a value that cannot be read is one that is not there, and one that cannot be written is
lost. A file that is damaged or not ours is set aside under another name, and a new one is begun.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

Value = TypeVar("Value")

APPLICATION = 0x45525241
"""Written into the file's head: "ERRA"."""
SCHEMA = 1
LARGEST = 256 * 1024 * 1024
"""A file that has grown beyond this is begun anew."""
PATIENCE_SECONDS = 5.0
"""How long one waits for another process that is writing."""


class Store:
    """Values by key in a file; a context manager that writes what is waiting and closes the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._waiting: dict[str, str] = {}
        self._connection = self._opened()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, key: str) -> Any:
        """Return the value of a key, None where there is none."""
        text = self._waiting.get(key)
        if text is None:
            text = self._safely(lambda database: _selected(database, key))
        if not isinstance(text, str):
            return None
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return None

    def put(self, key: str, value: Any) -> None:
        """Keep a value; `flush` writes it."""
        with contextlib.suppress(ValueError, TypeError, RecursionError):
            self._waiting[key] = json.dumps(value, separators=(",", ":"))

    def flush(self) -> None:
        """Write what is waiting; where another process is in the way, it goes on waiting."""
        rows = list(self._waiting.items())
        written = self._safely(lambda database: _written(database, rows)) if rows else None
        if written:
            self._waiting = {}

    def close(self) -> None:
        """Write what is waiting and close the file."""
        self.flush()
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    # The file ----------------------------------------------------------------------------------------

    def _safely(self, act: Callable[[sqlite3.Connection], Value]) -> Value | None:
        if self._connection is None:
            return None
        try:
            return act(self._connection)
        except sqlite3.OperationalError:
            return None  # busy, full or read-only: true of this moment, not of the file
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = self._anew()
            return None

    def _opened(self) -> sqlite3.Connection | None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and self.path.stat().st_size > LARGEST:
                self._set_aside()
            return _connect(self.path)
        except (sqlite3.OperationalError, OSError):
            return None
        except (sqlite3.Error, _Foreign):
            return self._anew()

    def _anew(self) -> sqlite3.Connection | None:
        try:
            self._set_aside()
            return _connect(self.path)
        except (sqlite3.Error, OSError, _Foreign):
            return None

    def _set_aside(self) -> None:
        os.replace(self.path, self.path.with_name(self.path.name + ".set-aside"))


class _Foreign(Exception):
    """A database, but not one of ours."""


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)
    try:
        # A file that a failing machine leaves half written is found damaged, and begun anew.
        database.execute("PRAGMA synchronous = OFF")
        if _head(database) != (APPLICATION, SCHEMA):
            _begin_anew(database)
    except BaseException:
        database.close()
        raise
    return database


def _head(database: sqlite3.Connection) -> tuple[int, int]:
    application = database.execute("PRAGMA application_id").fetchone()[0]
    return application, database.execute("PRAGMA user_version").fetchone()[0]


def _begin_anew(database: sqlite3.Connection) -> None:
    """Make an empty file ours, at once or not at all: others may be about to do the same."""
    database.execute("BEGIN IMMEDIATE")
    try:
        head = _head(database)
        if head != (APPLICATION, SCHEMA):
            if head != (0, 0) or database.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise _Foreign
            database.execute("CREATE TABLE entry (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
            database.execute(f"PRAGMA application_id = {APPLICATION}")
            database.execute(f"PRAGMA user_version = {SCHEMA}")
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _selected(database: sqlite3.Connection, key: str) -> Any:
    row = database.execute("SELECT value FROM entry WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def _written(database: sqlite3.Connection, rows: list[tuple[str, str]]) -> bool:
    database.execute("BEGIN IMMEDIATE")
    try:
        database.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?)", rows)
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")
    return True
