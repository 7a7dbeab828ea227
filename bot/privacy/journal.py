"""The journal: questions kept for some days, with hashes in place of ids."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.localisation.catalogue import mark
from bot.privacy import pseudonyms
from index.errors import QuothError
from index.records import Answer, Quote

_DAY = 86_400.0

_TABLES = """
CREATE TABLE IF NOT EXISTS questions (
    time REAL NOT NULL,      -- seconds since 1970
    person BLOB NOT NULL,    -- who asked: keyed hash of the id, as the others are
    author BLOB NOT NULL,    -- who wrote the question: for "Answer this" that may be somebody else
    channel BLOB,
    server BLOB,             -- none in private messages
    key BLOB NOT NULL,       -- what votes know the question by
    question TEXT NOT NULL,
    quotes TEXT NOT NULL,    -- JSON: [source, start, end] of each quote that was shown
    confidence REAL NOT NULL,
    answered INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS questions_time ON questions (time);
CREATE INDEX IF NOT EXISTS questions_person ON questions (person);
CREATE INDEX IF NOT EXISTS questions_author ON questions (author);
"""

_log = logging.getLogger(__name__)


class JournalError(QuothError):
    """The journal or the votes cannot be changed just now."""

    def __init__(self) -> None:
        super().__init__(mark("What is kept could not be removed just now: please try again later."))


@dataclass(frozen=True, slots=True)
class By:
    """Who asked, who wrote the question, and where, as Discord ids."""

    person: int
    author: int
    channel: int | None
    server: int | None


class Removes(Protocol):
    """Something else that keeps data about people: the votes."""

    def forget(self, person: int) -> int:
        """Remove a person's data; return how many votes that was."""
        ...

    def prune(self, before: float) -> None:
        """Remove everything older than a time."""
        ...


class Journal:
    """Keeps questions in an SQLite file, always from a thread of its own and never on the event loop."""

    def __init__(self, folder: Path, days: int, votes: Removes) -> None:
        """Keep questions and `votes` in `folder` for `days` (0: not at all); files are opened when first needed."""
        self._folder = folder
        self._path = folder / "journal.sqlite"
        self._days = days
        self._votes = votes
        self._database: sqlite3.Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._told = False

    def note(self, by: By, key: bytes, answer: Answer, quotes: tuple[Quote, ...]) -> None:
        """Write a question to the journal soon; if the disk refuses, only that row is lost."""
        if self._days:
            with contextlib.suppress(RuntimeError):  # already closed: the bot is stopping
                self._thread.submit(self._note, time.time(), by, key, answer, quotes)

    async def written(self) -> None:
        """Wait until what was noted so far is written."""
        await asyncio.get_running_loop().run_in_executor(self._thread, lambda: None)

    async def forget(self, person: int) -> tuple[int, int]:
        """Remove a person's questions and votes, with no trace left in the files; return how many there were.

        Raises `JournalError` if that fails.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._forget, person)

    async def prune_daily(self) -> None:
        """Remove what is too old, now and then once a day, until cancelled."""
        while True:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._prune)
            await asyncio.sleep(_DAY)

    def close(self) -> None:
        """Write what is pending, and close the file."""
        with contextlib.suppress(RuntimeError):  # already closed
            self._thread.submit(self._close)
        self._thread.shutdown(wait=True)

    def _note(self, at: float, by: By, key: bytes, answer: Answer, quotes: tuple[Quote, ...]) -> None:
        try:
            secret = pseudonyms.read_or_make(self._folder)
            person, author, channel, server = (
                pseudonyms.hashed(one, secret) if one is not None else None
                for one in (by.person, by.author, by.channel, by.server)
            )
            shown = json.dumps([(one.source, one.start, one.end) for one in quotes], ensure_ascii=False)
            told = (answer.question, shown, answer.confidence, int(answer.answered))
            with self._opened() as database:
                row = (at, person, author, channel, server, key, *told)
                database.execute("INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            self._told = False
        except (OSError, sqlite3.Error, UnicodeEncodeError) as error:
            self._tell_once(error)

    def _forget(self, person: int) -> tuple[int, int]:
        try:
            votes = self._votes.forget(person)
            if not self._path.exists():
                return 0, votes
            who = pseudonyms.hashed(person, pseudonyms.read_or_make(self._folder))
            with self._opened() as database:
                gone = database.execute("DELETE FROM questions WHERE person = ? OR author = ?", (who, who)).rowcount
                _leave_no_trace(database)
        except (OSError, sqlite3.Error, QuothError) as error:
            _log.warning("questions could not be removed", extra={"reason": str(error)})
            raise JournalError from error
        return gone, votes

    def _prune(self) -> None:
        """Remove rows that are too old, or that a clock more than a day ahead has written."""
        now = time.time()
        oldest = now - _DAY * self._days
        with contextlib.suppress(QuothError):  # it has been logged
            self._votes.prune(oldest)
        if not self._path.exists():
            return
        try:
            with self._opened() as database:
                gone = database.execute("DELETE FROM questions WHERE time < ? OR time > ?", (oldest, now + _DAY))
                if gone.rowcount:
                    _leave_no_trace(database)
        except (OSError, sqlite3.Error) as error:
            self._tell_once(error)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Yield the open database; after a failure it is opened again."""
        try:
            self._database = self._database or _open(self._path)
            yield self._database
        except BaseException:
            self._close()
            raise

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _tell_once(self, error: Exception) -> None:
        if not self._told:
            self._told = True
            _log.warning("the journal could not be written", extra={"file": str(self._path), "reason": str(error)})


def _open(path: Path) -> sqlite3.Connection:
    pseudonyms.make_private(path)
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(_TABLES)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _leave_no_trace(database: sqlite3.Connection) -> None:
    """Remove deleted rows from the write-ahead log as well."""
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
