"""Thumbs up and down: one vote a person on an answer, changeable; who voted is kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
import time
from pathlib import Path

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


class Votes:
    """The votes, in an SQLite file of their own. Safe to be used from several threads; a vote waits for the disk."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`, and make it where there is none."""
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript(_TABLES)
        self._db.execute("INSERT INTO salt SELECT ? WHERE NOT EXISTS (SELECT 1 FROM salt)", (secrets.token_bytes(16),))
        self._lock = threading.Lock()
        self._salt: bytes = self._db.execute("SELECT value FROM salt").fetchone()[0]

    def record(self, answer: int, person: int, *, up: bool, question: bytes, quote: str | None) -> bool:
        """Record a vote; return whether the person had voted on this answer before."""
        voter = hashlib.blake2b(str(person).encode(), key=self._salt, digest_size=16).digest()
        with self._lock:
            before = self._db.execute("SELECT 1 FROM votes WHERE answer = ? AND person = ?", (answer, voter)).fetchone()
            self._db.execute(
                "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?, ?)",
                (answer, voter, int(up), question, quote, time.time()),
            )
        return before is not None

    def of(self, answer: int) -> tuple[int, int]:
        """Return how many votes up and down an answer has."""
        up, down = self._db.execute(
            "SELECT coalesce(sum(up), 0), coalesce(sum(1 - up), 0) FROM votes WHERE answer = ?", (answer,)
        ).fetchone()
        return int(up), int(down)

    def close(self) -> None:
        """Close the file."""
        self._db.close()
