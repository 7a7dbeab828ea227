"""The settings of servers in SQLite, with every change to them: who made it, when, and what was there before."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.localisation.catalogue import mark
from bot.sqlite_file import SqliteFile
from index.errors import QuothError

FILE_NAME = "servers.sqlite"

Values = tuple[str, ...]
"""What is picked in a select: ids, or the values of options."""

_TABLES = """
CREATE TABLE IF NOT EXISTS settings (
    server INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,     -- JSON: a list of what was picked
    PRIMARY KEY (server, name)
) STRICT;
CREATE TABLE IF NOT EXISTS changes (
    id INTEGER PRIMARY KEY,
    server INTEGER NOT NULL,
    name TEXT NOT NULL,
    before TEXT,             -- JSON, as above; NULL: the default
    after TEXT,
    person INTEGER,          -- NULL: they have had it forgotten
    time REAL NOT NULL       -- seconds since 1970
) STRICT;
CREATE TABLE IF NOT EXISTS greeted (
    server INTEGER PRIMARY KEY -- where the bot has said hello
) STRICT;
CREATE INDEX IF NOT EXISTS changes_server ON changes (server);
"""


_AGAIN = 30.0
"""Seconds after which a file is tried again that could not be read: one that is locked makes everybody wait."""

_UNREAD = mark("The settings cannot be read just now: please try again later.")

_GREETS = 1
"""The version of the file from which on hello is said in every home server that is not among those greeted."""


class Name(StrEnum):
    """What can be set for a server."""

    CHANNELS = "channels"
    THREADS = "threads"
    STRICTNESS = "strictness"
    UNASKED_STRICTNESS = "unasked_strictness"
    QUOTES = "quotes"
    HELPER_ROLE = "helper_role"
    SOLVED_TAGS = "solved_tags"
    LANGUAGES = "languages"
    DIGEST_CHANNEL = "digest_channel"
    FORUM_SILENCE = "forum_silence"


@dataclass(frozen=True, slots=True)
class Change:
    """A change to a setting; `before` and `after` are None where it has its default."""

    id: int
    server: int
    name: Name
    before: Values | None
    after: Values | None
    person: int | None
    time: float


class PreferenceError(QuothError):
    """A setting cannot be changed as somebody wants."""


class Preferences:
    """The stored settings of all servers, in an SQLite file that the first change creates. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        """Keep them in `folder`."""
        self._file = SqliteFile(folder / FILE_NAME, _TABLES, _failure)
        self._known: dict[int, Mapping[Name, Values]] = {}
        self._not_before = 0.0

    def of(self, server: int) -> Mapping[Name, Values]:
        """Return what is set for a server, nothing while that cannot be read: then the environment's defaults hold."""
        try:
            return self.read(server)
        except PreferenceError:  # logged
            return {}

    def read(self, server: int) -> Mapping[Name, Values]:
        """Return what is set for a server: kept in memory, so that no answer waits for the disk.

        Raises `PreferenceError` where it could not be read, now or lately.
        """
        settings = self._known.get(server)
        if settings is None:
            if time.monotonic() < self._not_before:
                raise PreferenceError(_UNREAD)
            settings = self._known[server] = self._read(server)
        return settings

    def change(self, server: int, name: Name, values: Values | None, person: int) -> None:
        """Set a value, or the default (None), and note who did; raises `PreferenceError` where that cannot be kept."""
        with self._writing(server) as database:
            _change(database, server, name, None if values is None else json.dumps(values), person)

    def undo(self, server: int, change: int, person: int) -> None:
        """Take a change back, which is a change itself.

        Raises `PreferenceError` where it is not the last of its setting: somebody has set it anew meanwhile.
        """
        with self._writing(server) as database:
            row = database.execute(
                "SELECT name, before FROM changes WHERE id = ? AND server = ?", (change, server)
            ).fetchone()
            if row is None or change != _last_change(database, server, row[0]):
                raise PreferenceError(mark("That setting has been changed again meanwhile: it stays as it is now."))
            _change(database, server, Name(row[0]), row[1], person)

    def changes(self, server: int, most: int) -> list[Change]:
        """Return the latest changes of a server, latest first."""
        if not self._file.path.exists():
            return []
        with self._file.use() as database:
            rows = database.execute("SELECT * FROM changes WHERE server = ? ORDER BY id DESC LIMIT ?", (server, most))
            return [_as_change(row) for row in rows if row[2] in set(Name)]

    def last_changes(self, server: int) -> list[Change]:
        """Return the latest change of each setting of a server, which are those that can be undone; latest first."""
        if not self._file.path.exists():
            return []
        with self._file.use() as database:
            rows = database.execute(
                "SELECT * FROM changes WHERE id IN (SELECT max(id) FROM changes WHERE server = ? GROUP BY name) "
                "ORDER BY id DESC",
                (server,),
            )
            return [_as_change(row) for row in rows if row[2] in set(Name)]

    def greet(self, server: int) -> bool:
        """Note that hello is said in a server; return False where it was before, or where that cannot be noted."""
        try:
            with self._file.use() as database:
                return database.execute("INSERT OR IGNORE INTO greeted VALUES (?)", (server,)).rowcount == 1
        except PreferenceError:  # logged
            return False

    def take_back_greeting(self, server: int) -> None:
        """Note that hello could not be said in a server; raises `PreferenceError` where that cannot be kept."""
        with self._file.use() as database:
            database.execute("DELETE FROM greeted WHERE server = ?", (server,))

    @property
    def notes_greetings(self) -> bool:
        """Whether it is noted where hello is said: not before `begin_greetings`; raises `PreferenceError`."""
        if not self._file.path.exists():
            return False
        with self._file.use() as database:
            return int(database.execute("PRAGMA user_version").fetchone()[0]) >= _GREETS

    def begin_greetings(self, servers: Iterable[int]) -> None:
        """Note where hello is said from now on, and that it is not to be said in some servers.

        Raises `PreferenceError` where that cannot be kept.
        """
        with self._file.transaction() as database:
            database.executemany("INSERT OR IGNORE INTO greeted VALUES (?)", [(server,) for server in servers])
            database.execute(f"PRAGMA user_version = {_GREETS}")

    def forget(self, person: int) -> int:
        """Take a person's id out of the changes that they made; return how many these were."""
        if not self._file.path.exists():
            return 0
        with self._file.use() as database:
            return database.execute("UPDATE changes SET person = NULL WHERE person = ?", (person,)).rowcount

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read(self, server: int) -> Mapping[Name, Values]:
        if not self._file.path.exists():
            return {}
        try:
            with self._file.use() as database:
                rows = database.execute("SELECT name, value FROM settings WHERE server = ?", (server,)).fetchall()
        except PreferenceError as error:
            self._not_before = time.monotonic() + _AGAIN
            raise PreferenceError(_UNREAD) from error
        return {Name(name): tuple(json.loads(value)) for name, value in rows if name in set(Name)}

    @contextlib.contextmanager
    def _writing(self, server: int) -> Iterator[sqlite3.Connection]:
        """Yield the database in a transaction of its own; what is known of the server is read anew after it."""
        with self._file.transaction() as database:
            yield database
        self._known.pop(server, None)
        self._not_before = 0.0


def _change(database: sqlite3.Connection, server: int, name: Name, after: str | None, person: int) -> None:
    before = _value(database, server, name)
    if before == after:
        return
    if after is None:
        database.execute("DELETE FROM settings WHERE server = ? AND name = ?", (server, name))
    else:
        database.execute("INSERT OR REPLACE INTO settings VALUES (?, ?, ?)", (server, name, after))
    database.execute(
        "INSERT INTO changes (server, name, before, after, person, time) VALUES (?, ?, ?, ?, ?, ?)",
        (server, name, before, after, person, time.time()),
    )


def _value(database: sqlite3.Connection, server: int, name: str) -> str | None:
    row = database.execute("SELECT value FROM settings WHERE server = ? AND name = ?", (server, name)).fetchone()
    return None if row is None else str(row[0])


def _last_change(database: sqlite3.Connection, server: int, name: str) -> int | None:
    (number,) = database.execute("SELECT max(id) FROM changes WHERE server = ? AND name = ?", (server, name)).fetchone()
    return None if number is None else int(number)


def _as_change(row: tuple[int, int, str, str | None, str | None, int | None, float]) -> Change:
    number, server, name, before, after, person, when = row
    return Change(number, server, Name(name), _values(before), _values(after), person, when)


def _values(value: str | None) -> Values | None:
    return None if value is None else tuple(json.loads(value))


def _failure() -> PreferenceError:
    return PreferenceError(mark("The settings could not be kept just now: please try again later."))
