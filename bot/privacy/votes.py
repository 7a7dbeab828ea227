"""Thumbs up and down: one changeable vote per person and answer, with the voter as a hash."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bot.privacy import pseudonyms
from index.errors import QuothError

_TABLES = """
CREATE TABLE IF NOT EXISTS votes (
    answer INTEGER NOT NULL, -- the message that the answer stands in
    person BLOB NOT NULL,    -- keyed hash of the person's id
    up INTEGER NOT NULL,
    question BLOB NOT NULL,  -- hash of the question
    quote TEXT,              -- the reference to the lead quote
    time REAL NOT NULL,
    PRIMARY KEY (answer, person)
) STRICT;
"""

_log = logging.getLogger(__name__)


class VoteError(QuothError):
    """A vote cannot be stored: the disk is full or read-only."""

    def __init__(self) -> None:
        super().__init__("Your vote could not be written down just now, and is not counted: please try again later.")


class Votes:
    """The votes, in an SQLite file of their own. Thread-safe; a vote waits for the disk."""

    def __init__(self, path: Path) -> None:
        """Use the file `path`, which is opened, or created, with the first vote."""
        self._path = path
        self._lock = threading.Lock()
        self._open: sqlite3.Connection | None = None

    def record(self, answer: int, person: int, *, up: bool, question: bytes, quote: str | None) -> bool:
        """Record a vote; return whether the person had voted otherwise on this answer before.

        Raises `VoteError` if it cannot be stored; earlier votes stay as they were.
        """
        with self._database() as database:
            voter = self._hashed(person)
            before = database.execute(
                "SELECT up FROM votes WHERE answer = ? AND person = ?", (answer, voter)
            ).fetchone()
            database.execute(
                "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?, ?)",
                (answer, voter, int(up), question, quote, time.time()),
            )
        return before is not None and bool(before[0]) is not up

    def of(self, answer: int) -> tuple[int, int]:
        """Return the number of votes up and down on an answer."""
        with self._database() as database:
            up, down = database.execute(
                "SELECT coalesce(sum(up), 0), coalesce(sum(1 - up), 0) FROM votes WHERE answer = ?", (answer,)
            ).fetchone()
        return int(up), int(down)

    def forget(self, person: int) -> int:
        """Remove a person's votes; return how many there were. Raises `VoteError` if that fails."""
        if not self._path.exists():
            return 0
        with self._database() as database:
            return database.execute("DELETE FROM votes WHERE person = ?", (self._hashed(person),)).rowcount

    def prune(self, oldest: float, latest: float) -> None:
        """Remove votes that are not from between two times (seconds since 1970); raises `VoteError`."""
        if self._path.exists():
            with self._database() as database:
                database.execute("DELETE FROM votes WHERE time < ? OR time > ?", (oldest, latest))

    def close(self) -> None:
        """Close the file."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _hashed(self, person: int) -> bytes:
        return pseudonyms.hashed(person, pseudonyms.read_or_make(self._path.parent))

    @contextlib.contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """Yield the open database; after a failure it is opened again, because one opened read-only stays read-only."""
        with self._lock:
            try:
                self._open = self._open or _opened(self._path)
                yield self._open
            except (sqlite3.Error, OSError) as error:
                self.close()
                _log.warning("a vote could not be written", extra={"file": str(self._path), "reason": str(error)})
                raise VoteError from error


def _opened(path: Path) -> sqlite3.Connection:
    pseudonyms.make_private(path)
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA secure_delete = ON")
        database.executescript(_TABLES)
        _take_out_salt(database, path.parent)
    except (sqlite3.Error, OSError):
        database.close()
        raise
    return database


def _take_out_salt(database: sqlite3.Connection, folder: Path) -> None:
    """Move the secret of earlier versions from the votes' file to its own, so that old votes keep their owners."""
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'salt'").fetchone():
        row = database.execute("SELECT value FROM salt").fetchone()
        pseudonyms.read_or_make(folder, row[0] if row else None)
        database.execute("DROP TABLE salt")
