"""Which messages are to be kept as answers once their authors agree, and whose those are that are kept."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.localisation.catalogue import mark
from bot.privacy import pseudonyms
from bot.sqlite_file import SqliteFile
from bot.teaching.store import CorrectionError

FILE_NAME = "consents.sqlite"

WAITS_DAYS = 7
"""Days after which an author who has said nothing has not agreed."""

_TABLES = """
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS consents (
    message INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    server INTEGER NOT NULL,
    author BLOB NOT NULL,   -- keyed hash
    question TEXT NOT NULL,
    by TEXT NOT NULL,       -- the author's role
    until TEXT,             -- ISO; NULL: until it is removed
    time REAL NOT NULL,     -- when it was asked, in seconds since 1970
    source TEXT             -- NULL; the first form of this file had the kept answers here, too
) STRICT;
CREATE TABLE IF NOT EXISTS folders (
    message INTEGER PRIMARY KEY, -- of a wish
    folder TEXT NOT NULL         -- where the answer is to be put
) STRICT;
CREATE TABLE IF NOT EXISTS told (
    message INTEGER PRIMARY KEY -- of a wish whose card tells by its buttons what it asks: earlier ones did not
) STRICT;
CREATE TABLE IF NOT EXISTS kept (
    source TEXT PRIMARY KEY, -- of the answer
    message INTEGER NOT NULL,
    author BLOB NOT NULL     -- keyed hash
) STRICT;
CREATE TABLE IF NOT EXISTS leaving (
    source TEXT PRIMARY KEY  -- of an answer that is to be removed for good, until it is
) STRICT;
CREATE TABLE IF NOT EXISTS unread (
    message INTEGER PRIMARY KEY, -- one that is kept, and that the bot may not read any more
    since REAL NOT NULL          -- in seconds since 1970
) STRICT;
INSERT OR IGNORE INTO kept SELECT source, message, author FROM consents WHERE source IS NOT NULL;
DELETE FROM consents WHERE source IS NOT NULL;
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """A message (Discord ids) that is to be kept as the answer to a question; `by` is its author's role.

    `folder` is where it is put, below the folder of all answers; "" is there.
    """

    message: int
    channel: int
    server: int
    question: str
    by: str
    until: date | None
    folder: str = ""


class Consents:
    """Wishes and their authors, who are kept as hashes; no word of a message is. Thread-safe.

    Raises `CorrectionError` where the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        """Keep them in `folder`."""
        self._folder = folder
        self._file = SqliteFile(folder / FILE_NAME, _TABLES, _failure)
        self.outdated: set[int] = set()
        """Messages whose new words could not be kept: they are compared again."""

        self.changing = threading.RLock()
        """Held while an answer is kept or removed for good: neither undoes the other."""

    def ask(self, wish: Wish, author: int) -> None:
        """Note that an author is asked, in place of an earlier wish for the same message that still waits."""
        until = wish.until.isoformat() if wish.until else None
        row = (wish.message, wish.channel, wish.server, self._hash(author), wish.question, wish.by, until, time.time())
        with self._file.use() as database:
            _forget_late(database)
            database.execute("INSERT OR REPLACE INTO consents VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", row)
            database.execute("INSERT OR REPLACE INTO folders VALUES (?, ?)", (wish.message, wish.folder))
            database.execute("INSERT OR IGNORE INTO told VALUES (?)", (wish.message,))

    def own(self, message: int, author: int, source: str) -> None:
        """Note whose words an answer is about to keep, beside other answers that keep the same message."""
        with self._file.use() as database:
            database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (source, message, self._hash(author)))

    def keep(self, wish: Wish, author: int, source: str) -> None:
        """Note whose words an answer keeps: its wish is fulfilled."""
        self.own(wish.message, author, source)
        with self._file.transaction() as database:
            database.execute("DELETE FROM unread WHERE message = ?", (wish.message,))
            database.execute("DELETE FROM consents WHERE message = ? AND question = ?", (wish.message, wish.question))
            database.execute("DELETE FROM leaving WHERE source = ?", (source,))

    def waiting(self) -> list[Wish]:
        """Return the wishes that wait for their authors, oldest first."""
        if not self._file.path.exists():
            return []
        with self._file.use() as database:
            _forget_late(database)
            rows = database.execute(
                "SELECT message, channel, server, question, by, until, coalesce(folder, '') "
                "FROM consents LEFT JOIN folders USING (message) ORDER BY time"
            ).fetchall()
        return [
            Wish(message, channel, server, question, by, date.fromisoformat(until) if until else None, folder)
            for message, channel, server, question, by, until, folder in rows
        ]

    def waits_for(self, message: int, author: int) -> Wish | None:
        """Return the wish for a message, where it waits for this author."""
        wish = next((wish for wish in self.waiting() if wish.message == message), None)
        if wish is None:
            return None
        with self._file.use() as database:
            row = database.execute("SELECT author FROM consents WHERE message = ?", (message,)).fetchone()
        return wish if row is not None and row[0] == self._hash(author) else None

    def is_told(self, message: int) -> bool:
        """Tell whether the card that asks for a message tells by its buttons what it asks; others are earlier."""
        with self._file.use() as database:
            return database.execute("SELECT 1 FROM told WHERE message = ?", (message,)).fetchone() is not None

    def drop(self, message: int) -> None:
        """Forget the wish that waits for a message: its author does not agree, or cannot be asked."""
        self._delete("DELETE FROM consents WHERE message = ?", message)

    def forget_message(self, message: int) -> None:
        """Forget a message that is gone, once no answer keeps it any more."""
        self.drop(message)
        self._delete("DELETE FROM kept WHERE message = ?", message)
        self.note_read(message)

    def unread_since(self, message: int, now: float) -> float:
        """Note that a message that is kept cannot be read `now`, and return since when (seconds since 1970)."""
        with self._file.transaction() as database:
            database.execute("INSERT OR IGNORE INTO unread VALUES (?, ?)", (message, now))
            [since] = database.execute("SELECT since FROM unread WHERE message = ?", (message,)).fetchone()
        return float(since)

    def note_read(self, message: int) -> None:
        """Note that a message can be read."""
        self._delete("DELETE FROM unread WHERE message = ?", message)

    def leave(self, sources: Iterable[str]) -> None:
        """Note answers that are to be removed for good, so that it is tried again where that fails."""
        with self._file.transaction() as database:
            database.executemany("INSERT OR IGNORE INTO leaving VALUES (?)", [(source,) for source in sources])

    def leaving(self) -> list[str]:
        """Return the answers that are still to be removed."""
        if not self._file.path.exists():
            return []
        with self._file.use() as database:
            return [source for (source,) in database.execute("SELECT source FROM leaving ORDER BY source")]

    def forget_answer(self, source: str) -> None:
        """Forget whose words an answer kept that is gone for good."""
        self._delete("DELETE FROM kept WHERE source = ?", source)
        self._delete("DELETE FROM leaving WHERE source = ?", source)

    def forget(self, author: int) -> list[str]:
        """Forget the wishes that wait for a person, and return the sources of the answers that keep their words.

        These are noted as `leaving` until `forget_answer`.
        """
        if not self._file.path.exists():
            return []
        with self._file.use() as database:
            person = self._hash(author)
            database.execute("DELETE FROM consents WHERE author = ?", (person,))
            database.execute("INSERT OR IGNORE INTO leaving SELECT source FROM kept WHERE author = ?", (person,))
            rows = database.execute("SELECT source FROM kept WHERE author = ? ORDER BY source", (person,)).fetchall()
        return [source for (source,) in rows]

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _delete(self, statement: str, key: int | str) -> None:
        if self._file.path.exists():
            with self._file.use() as database:
                database.execute(statement, (key,))

    def _hash(self, author: int) -> bytes:
        return pseudonyms.hashed(author, pseudonyms.read_or_make(self._folder))


def _forget_late(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM consents WHERE time < ?", (time.time() - WAITS_DAYS * 86_400.0,))
    database.execute("DELETE FROM folders WHERE message NOT IN (SELECT message FROM consents)")
    database.execute("DELETE FROM told WHERE message NOT IN (SELECT message FROM consents)")


def _failure() -> CorrectionError:
    return CorrectionError(mark("That could not be kept just now: please try again later."))
