"""An SQLite file that is made when it is first used, and opened again after a failure."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path


class SqliteFile:
    """A private file with some tables. Thread-safe: one thread uses it at a time."""

    def __init__(self, path: Path, tables: str) -> None:
        """`tables` are the statements that make what is not there yet."""
        self.path = path
        self._tables = tables
        self._lock = threading.Lock()
        self._open: sqlite3.Connection | None = None

    @contextlib.contextmanager
    def use(self) -> Iterator[sqlite3.Connection]:
        """Yield the open database, in which each statement stands by itself; raises `sqlite3.Error` and `OSError`."""
        with self._lock:
            try:
                self._open = self._open or self._opened()
                yield self._open
            except (sqlite3.Error, OSError):
                self._close()
                raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        try:
            self.path.chmod(0o600)
            database.executescript(self._tables)
        except (sqlite3.Error, OSError):
            database.close()
            raise
        return database
