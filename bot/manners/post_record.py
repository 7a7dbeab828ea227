"""The bot's own record of posts in forums: their ids, the vectors of their questions, and whether they were solved.

No text and no person is in it.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bot.sqlite_file import SqliteFile
from index.arrays import Vectors

FILE_NAME = "posts.sqlite"

ALIKE = 0.7
"""Cosine of two questions from which on a solved post is offered.

A cautious choice and not a measured one: a link that does not help costs the author a click, so rather none is
offered.
"""

_KEPT = 365 * 86_400.0
"""Seconds that a post is remembered."""

_TABLES = """
CREATE TABLE IF NOT EXISTS posts (
    thread INTEGER PRIMARY KEY,
    forum INTEGER NOT NULL,
    model TEXT NOT NULL,      -- which model's vector it is: those of others cannot be compared
    vector BLOB NOT NULL,     -- float16
    solved INTEGER NOT NULL DEFAULT 0,
    time REAL NOT NULL        -- seconds since 1970
) STRICT;
CREATE INDEX IF NOT EXISTS posts_forum ON posts (forum, model, solved);
CREATE TABLE IF NOT EXISTS helped (
    thread INTEGER PRIMARY KEY -- posts in which the helpers were asked
) STRICT;
"""

_log = logging.getLogger(__name__)


class PostRecord:
    """Posts in an SQLite file that the first one creates. Thread-safe; what cannot be written is logged and left."""

    def __init__(self, folder: Path) -> None:
        """Keep it in `folder`."""
        self._file = SqliteFile(folder / FILE_NAME, _TABLES)

    def add(self, thread: int, forum: int, model: str, vector: Vectors) -> None:
        """Remember a post, or what it asks now."""
        packed, now = vector.astype(np.float16).tobytes(), time.time()
        with self._database() as database:
            database.execute("DELETE FROM posts WHERE time < ?", (now - _KEPT,))
            database.execute(
                "INSERT INTO posts (thread, forum, model, vector, time) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (thread) DO UPDATE SET model = excluded.model, vector = excluded.vector",
                (thread, forum, model, packed, now),
            )

    def alike(self, thread: int, forum: int, model: str, vector: Vectors, most: int) -> list[int]:
        """Return the solved posts of a forum whose questions are like one in `thread`, the likest first."""
        rows: list[tuple[int, bytes]] = []
        with self._database() as database:
            rows = database.execute(
                "SELECT thread, vector FROM posts WHERE forum = ? AND model = ? AND solved AND thread != ?",
                (forum, model, thread),
            ).fetchall()
        size = vector.shape[0]
        known = [(number, np.frombuffer(packed, np.float16)) for number, packed in rows]
        scored = [
            (float(other.astype(np.float32) @ vector), number) for number, other in known if other.shape[0] == size
        ]
        return [number for likeness, number in sorted(scored, reverse=True) if likeness >= ALIKE][:most]

    def solve(self, thread: int, *, solved: bool = True) -> None:
        """Note that a post was solved, or is not any more."""
        with self._database() as database:
            database.execute("UPDATE posts SET solved = ? WHERE thread = ?", (int(solved), thread))

    def forget(self, thread: int) -> None:
        """Forget a post that was deleted."""
        if self._file.path.exists():
            with self._database() as database:
                database.execute("DELETE FROM posts WHERE thread = ?", (thread,))

    def take_help(self, thread: int) -> bool:
        """Note that the helpers are asked in a post; return False where they were asked before."""
        taken = 0  # where that cannot be written down, nobody is pinged twice
        with self._database() as database:
            taken = database.execute("INSERT OR IGNORE INTO helped VALUES (?)", (thread,)).rowcount
        return taken == 1

    def give_back_help(self, thread: int) -> None:
        """Take that back, where the helpers could not be asked."""
        with self._database() as database:
            database.execute("DELETE FROM helped WHERE thread = ?", (thread,))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @contextlib.contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """Yield the open database; what fails in it ends nothing: a post is answered without its record."""
        try:
            with self._file.use() as database:
                yield database
        except (sqlite3.Error, OSError) as error:
            _log.warning("the record of posts cannot be used", extra={"reason": str(error)})
