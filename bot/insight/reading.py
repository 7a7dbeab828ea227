"""Reads the journal and the votes: only ever reads, and never more of it into memory than is asked for."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.errors import QuothError

DAY = 86_400.0

_AT_ONCE = 500
"""Keys in one query: SQLite takes 32,766 parameters, earlier versions 999."""


class JournalUnreadError(QuothError):
    """The journal cannot be read."""


class Reading:
    """The journal in one folder, from one moment to another (seconds since 1970).

    With a `server` (a keyed hash) what was asked there and in private messages is read, and nothing of other servers:
    as somebody sees it who reads these `channels` (keyed hashes) of it. `questions` is the table of what was asked, and
    `questions_by_key` the same for a look-up by keys.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        since: float,
        until: float,
        server: bytes | None = None,
        channels: frozenset[bytes] = frozenset(),
    ) -> None:
        """Read from an open `database`, to which the votes may be attached."""
        self.since, self.until, self.server, self.channels = since, until, server, channels
        self.database = database
        names = database.execute("SELECT name FROM sqlite_master UNION SELECT name FROM votes.sqlite_master")
        self._names = {name for (name,) in names}
        by_key = "questions INDEXED BY questions_by_key" if self.has("questions_by_key") else "questions"
        self.questions, self.questions_by_key = self._of_server("questions"), self._of_server(by_key)

    def _of_server(self, table: str) -> str:
        """Return a table with the rows of the server alone."""
        if self.server is None:
            return table
        return f"(SELECT rowid, * FROM {table} WHERE server = x'{self.server.hex()}' OR server IS NULL)"  # noqa: S608

    def has(self, name: str) -> bool:
        """Tell whether there is a table or an index of that name: journals of earlier versions have fewer."""
        return name in self._names

    def rows(self, query: str, *more: object) -> list[Any]:
        """Return what a query selects whose first two parameters are the time that is read."""
        return self.database.execute(query, (self.since, self.until, *more)).fetchall()


def among(keys: Sequence[bytes]) -> Iterator[tuple[str, Sequence[bytes]]]:
    """Yield conditions of SQL that a `key` is one of some, each with these: as many at once as SQLite takes."""
    for at in range(0, len(keys), _AT_ONCE):
        some = keys[at : at + _AT_ONCE]
        yield f"key IN ({', '.join('?' * len(some))})", some


@contextlib.contextmanager
def opened(
    folder: Path,
    since: float,
    until: float,
    server: bytes | None = None,
    channels: frozenset[bytes] = frozenset(),
) -> Iterator[Reading]:
    """Open the journal in a data folder for reading; one that is not there is empty. The rest is as for `Reading`.

    Raises `JournalUnreadError` where it cannot be read.
    """
    try:
        with contextlib.closing(_connected(folder)) as database:
            yield Reading(database, since, until, server, channels)
    except (sqlite3.Error, json.JSONDecodeError) as error:
        raise JournalUnreadError(f"{_unread(folder)} cannot be read ({error}).") from error


def _unread(folder: Path) -> Path:
    """Return which file it is that cannot be read: the votes where these are damaged, and else the journal."""
    votes = folder / "votes.sqlite"
    try:
        with contextlib.closing(sqlite3.connect(_address(votes), uri=True)) as database:
            is_sound = database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.Error:
        is_sound = False
    return folder / "journal.sqlite" if is_sound else votes


def _connected(folder: Path) -> sqlite3.Connection:
    journal, votes = (_address(folder / name) for name in ("journal.sqlite", "votes.sqlite"))
    database = sqlite3.connect(journal, uri=True, check_same_thread=False)
    try:
        database.execute("PRAGMA query_only = ON")
        database.execute("ATTACH ? AS votes", (votes,))
        database.execute("SELECT 1 FROM sqlite_master").fetchall()
    except sqlite3.Error:
        database.close()
        raise
    return database


def _address(path: Path) -> str:
    """Return the address of a file for SQLite, to read only: memory where it is not there.

    A write-ahead log needs a file beside it, which a folder that may not be written to may lack.
    """
    if not path.exists():
        return ":memory:"
    beside = path.with_name(f"{path.name}-shm").exists()
    mode = "ro" if beside or os.access(path.parent, os.W_OK) else "ro&immutable=1"
    return f"{path.resolve().as_uri()}?mode={mode}"
