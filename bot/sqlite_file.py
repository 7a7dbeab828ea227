"""An SQLite file that is made when it is first used, and opened again after a failure."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

_MEMORY = ":memory:"
"""SQLite's name for no file."""

_log = logging.getLogger(__name__)


class SqliteFile:
    """A private file with some tables. Thread-safe: one thread uses it at a time."""

    def __init__(
        self, path: Path | None, tables: str, error: Callable[[], Exception] | None = None, *, only_reads: bool = False
    ) -> None:
        """`tables` are the statements that make what is not there yet; `error` makes what is raised for a failure.

        Without a `path`, they are in memory until it is closed, or fails.
        Without `error`, what failed is raised as it is: `sqlite3.Error` and `OSError`. With `only_reads`, nothing is
        made or changed, as another process owns the file.
        """
        self._path = path
        self._tables = tables
        self._error = error
        self._only_reads = only_reads
        self._lock = threading.Lock()
        self._open: sqlite3.Connection | None = None
        self._logged = ""
        """Why it last failed: the same reason is logged once, until the file can be used again."""

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path or Path(_MEMORY)

    @contextlib.contextmanager
    def use(self) -> Iterator[sqlite3.Connection]:
        """Yield the open database, in which each statement stands by itself."""
        with self._lock:
            try:
                self._open = self._open or self._opened()
                yield self._open
            except (sqlite3.Error, OSError) as error:
                self._close()
                if self._error is None:
                    raise
                self._log_once(str(error))
                raise self._error() from error
            self._logged = ""

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield the open database, in which all statements hold or none: of two who change something, one waits."""
        with self.use() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._close()

    def _log_once(self, reason: str) -> None:
        if reason != self._logged:
            _log.warning("a file cannot be used", extra={"file": str(self.path), "reason": reason})
        self._logged = reason

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _opened(self) -> sqlite3.Connection:
        if self._only_reads:
            name = f"{self.path.resolve().as_uri()}?mode=ro"
            return sqlite3.connect(name, uri=True, isolation_level=None, check_same_thread=False)
        database = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        try:
            if self._path is not None:
                self._path.chmod(0o600)
            database.executescript(self._tables)
        except (sqlite3.Error, OSError):
            database.close()
            raise
        return database
