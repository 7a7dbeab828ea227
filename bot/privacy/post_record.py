"""The bot's own record of posts in forums: those that were solved, and those in which the helpers were asked.

It holds ids, vectors of what was asked, and hashes of who wrote the posts; no text.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.localisation.catalogue import mark
from bot.privacy import pseudonyms
from bot.privacy.journal import JournalError
from bot.sqlite_file import SqliteFile
from index.arrays import Vectors
from index.errors import QuothError

FILE_NAME = "posts.sqlite"

ALIKE = 0.7
"""Cosine of two questions from which on a solved post is offered.

A cautious choice and not a measured one: a link that does not help costs the author a click, so rather none is
offered.
"""

_DAY = 86_400.0
_KEPT = 365 * _DAY
"""Seconds that a post is remembered."""

_TABLES = """
PRAGMA secure_delete = ON;
DROP TABLE IF EXISTS posts; -- of earlier versions: they do not say whose the posts are
DROP TABLE IF EXISTS helped;
CREATE TABLE IF NOT EXISTS solved (
    thread INTEGER PRIMARY KEY,
    forum INTEGER NOT NULL,
    model TEXT NOT NULL,      -- which model's vector it is: those of others cannot be compared
    vector BLOB NOT NULL,     -- float16
    author BLOB NOT NULL,     -- who wrote the post: keyed hash of the id
    time REAL NOT NULL        -- seconds since 1970
) STRICT;
CREATE INDEX IF NOT EXISTS solved_forum ON solved (forum, model);
CREATE TABLE IF NOT EXISTS help_calls (
    thread INTEGER PRIMARY KEY, -- posts in which the helpers were asked
    author BLOB NOT NULL,
    time REAL NOT NULL
) STRICT;
"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a forum: the ids of its thread, of the forum, and of its author."""

    thread: int
    forum: int
    author: int


class UnnotedError(QuothError):
    """A call for the helpers cannot be noted just now."""

    def __init__(self) -> None:
        super().__init__(mark("The helpers could not be asked just now: please try again later."))


class PostRecord:
    """Posts in an SQLite file that the first one creates. Thread-safe; what cannot be written is logged and left."""

    def __init__(self, folder: Path, *, keeps: bool) -> None:
        """Keep it in `folder`, or, unless anything is to be kept, in memory: then an earlier file is removed."""
        self._folder = folder
        self._path = folder / FILE_NAME
        self._file = SqliteFile(self._path if keeps else None, _TABLES)
        self._keeps = keeps
        if not keeps:
            with _logged():
                self._path.unlink(missing_ok=True)

    def solve(self, post: Post, model: str, vector: Vectors) -> None:
        """Remember a post that was solved, and the vector of what it asks."""
        packed, now = vector.astype(np.float16).tobytes(), time.time()
        with self._database() as database:
            row = (post.thread, post.forum, model, packed, self._hashed(post.author), now)
            database.execute("INSERT OR REPLACE INTO solved VALUES (?, ?, ?, ?, ?, ?)", row)

    def is_solved(self, thread: int) -> bool:
        """Tell whether a post is remembered as solved."""
        return bool(self._read("SELECT 1 FROM solved WHERE thread = ?", thread))

    def alike(self, thread: int, forum: int, model: str, vector: Vectors, most: int) -> list[int]:
        """Return the solved posts of a forum whose questions are like one in `thread`, the likest first."""
        query = "SELECT thread, vector FROM solved WHERE forum = ? AND model = ? AND thread != ?"
        rows = self._read(query, forum, model, thread)
        size = vector.shape[0]
        known = [(number, np.frombuffer(packed, np.float16)) for number, packed in rows]
        scored = [
            (float(other.astype(np.float32) @ vector), number) for number, other in known if other.shape[0] == size
        ]
        return [number for likeness, number in sorted(scored, reverse=True) if likeness >= ALIKE][:most]

    def forget_solved(self, thread: int) -> None:
        """Forget that a post was solved: it is no longer."""
        if self._is_used:
            with self._database() as database:
                database.execute("DELETE FROM solved WHERE thread = ?", (thread,))

    def has_help(self, thread: int) -> bool:
        """Tell whether the helpers were asked in a post."""
        return bool(self._read("SELECT 1 FROM help_calls WHERE thread = ?", thread))

    def take_help(self, post: Post) -> bool:
        """Note that the helpers are asked in a post; return False where they were asked before.

        Raises `UnnotedError` where that cannot be noted: then they are not to be asked, lest they be asked twice.
        """
        try:
            with self._file.use() as database:
                row = (post.thread, self._hashed(post.author), time.time())
                return database.execute("INSERT OR IGNORE INTO help_calls VALUES (?, ?, ?)", row).rowcount == 1
        except (sqlite3.Error, OSError) as error:
            _log.warning("a call for the helpers cannot be noted", extra={"reason": str(error)})
            raise UnnotedError from error

    def give_back_help(self, thread: int) -> None:
        """Take that back, where the helpers could not be asked."""
        with self._database() as database:
            database.execute("DELETE FROM help_calls WHERE thread = ?", (thread,))

    def forget(self, thread: int) -> None:
        """Forget a post that was deleted."""
        if self._is_used:
            self.forget_solved(thread)
            self.give_back_help(thread)

    def forget_author(self, person: int) -> int:
        """Forget a person's posts; return how many were remembered as solved. Raises `JournalError` if that fails."""
        if not self._is_used:
            return 0
        try:
            with self._file.use() as database:
                author = self._hashed(person)
                database.execute("DELETE FROM help_calls WHERE author = ?", (author,))
                return database.execute("DELETE FROM solved WHERE author = ?", (author,)).rowcount
        except (sqlite3.Error, OSError) as error:
            _log.warning("posts could not be forgotten", extra={"reason": str(error)})
            raise JournalError from error

    async def prune_daily(self) -> None:
        """Remove what is older than a year, or written by a clock more than a day ahead, now and then once a day."""
        while True:
            now = time.time()
            await asyncio.to_thread(self.prune, now - _KEPT, now + _DAY)
            await asyncio.sleep(_DAY)

    def prune(self, oldest: float, latest: float) -> None:
        """Remove what is not from between two times (seconds since 1970)."""
        if self._is_used:
            with self._database() as database:
                for table in ("solved", "help_calls"):
                    wrong = f"DELETE FROM {table} WHERE time < ? OR time > ?"  # noqa: S608 -- our own words
                    database.execute(wrong, (oldest, latest))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return rows; none where there is no file, which nobody's reading makes."""
        rows: list[tuple[Any, ...]] = []
        if self._is_used:
            with self._database() as database:
                rows = database.execute(query, values).fetchall()
        return rows

    @property
    def _is_used(self) -> bool:
        return not self._keeps or self._path.exists()

    def _hashed(self, person: int) -> bytes:
        return pseudonyms.hashed(person, pseudonyms.read_or_make(self._folder))

    @contextlib.contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """Yield the open database; what fails in it ends nothing: a post is answered without its record."""
        with _logged(), self._file.use() as database:
            yield database


@contextlib.contextmanager
def _logged() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        _log.warning("the record of posts cannot be used", extra={"reason": str(error)})
