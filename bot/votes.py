"""Thumbs up and down: one vote a person on an answer, changeable; who voted is kept as a hash."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from index.errors import QuothError

_TABLES = """
CREATE TABLE IF NOT EXISTS salt (value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS votes (
    answer INTEGER NOT NULL, -- the message that the answer stands in
    person BLOB NOT NULL,    -- salted hash of the person's id
    up INTEGER NOT NULL,
    question BLOB NOT NULL,  -- hash of the question
    quote TEXT,              -- the reference to the lead quote
    time REAL NOT NULL,
    PRIMARY KEY (answer, person)
) STRICT;
"""

_log = logging.getLogger(__name__)


class VoteError(QuothError):
    """A vote cannot be written down: the disk is full, or may not be written to."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Your vote could not be written down just now, and is not counted: please try again later.")


class Votes:
    """The votes, in an SQLite file of their own. Safe to be used from several threads; a vote waits for the disk."""

    def __init__(self, path: Path) -> None:
        """Name the file, which is opened, and made where there is none, when somebody votes."""
        self._path = path
        self._lock = threading.Lock()
        self._open: sqlite3.Connection | None = None

    def record(self, answer: int, person: int, *, up: bool, question: bytes, quote: str | None) -> bool:
        """Record a vote; return whether the person had voted on this answer before.

        Raises `VoteError` where it cannot be written; the votes before are as they were.
        """
        with self._database() as database:
            voter = _hashed(person, database)
            before = database.execute("SELECT 1 FROM votes WHERE answer = ? AND person = ?", (answer, voter)).fetchone()
            database.execute(
                "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?, ?)",
                (answer, voter, int(up), question, quote, time.time()),
            )
        return before is not None

    def of(self, answer: int) -> tuple[int, int]:
        """Return how many votes up and down an answer has."""
        with self._database() as database:
            up, down = database.execute(
                "SELECT coalesce(sum(up), 0), coalesce(sum(1 - up), 0) FROM votes WHERE answer = ?", (answer,)
            ).fetchone()
        return int(up), int(down)

    def close(self) -> None:
        """Close the file."""
        if self._open is not None:
            self._open.close()
            self._open = None

    @contextlib.contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """Give the open file; after a failure it is opened anew: one opened read-only stays so for good."""
        with self._lock:
            try:
                self._open = self._open or _opened(self._path)
                yield self._open
            except sqlite3.Error as error:
                self.close()
                _log.warning("a vote could not be written", extra={"file": str(self._path), "reason": str(error)})
                raise VoteError from error


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        database.executescript(_TABLES)
        database.execute("INSERT INTO salt SELECT ? WHERE NOT EXISTS (SELECT 1 FROM salt)", (secrets.token_bytes(16),))
    except sqlite3.Error:
        database.close()
        raise
    return database


def _hashed(person: int, database: sqlite3.Connection) -> bytes:
    salt: bytes = database.execute("SELECT value FROM salt").fetchone()[0]
    return hashlib.blake2b(str(person).encode(), key=salt, digest_size=16).digest()
