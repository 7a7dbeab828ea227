"""The journal: questions kept for some days, with hashes in place of ids."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from bot.localisation.catalogue import mark
from bot.privacy import pseudonyms, tables
from index.arrays import Vectors
from index.errors import QuothError
from index.records import Answer, Quote

_UNDER_WAY = 3600.0
"""Seconds that a question may take until all is noted of it: far more than any does."""

_DAY = 86_400.0

T = TypeVar("T")

_log = logging.getLogger(__name__)


class JournalError(QuothError):
    """The journal or the votes cannot be changed just now."""

    def __init__(self) -> None:
        super().__init__(mark("What is kept could not be removed just now: please try again later."))


@dataclass(frozen=True, slots=True)
class By:
    """Who asked, who wrote the question, and where, as Discord ids; `alone`: for their own eyes.

    `read_in` is the channel whose readers read it: that which a public thread is in, and otherwise `channel`. `since`
    is when they asked, by the monotonic clock.
    """

    person: int
    author: int
    channel: int | None
    server: int | None
    read_in: int | None
    alone: bool = False
    since: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vector of a question, shape (dimension,), and the fingerprint of the model that made it."""

    model: str
    vector: Vectors


class Forgotten(NamedTuple):
    """How much of a person's was removed."""

    questions: int
    votes: int
    waiting: int = 0
    """Questions whose answer the person wanted to be told."""


class Removes(Protocol):
    """Something else that keeps data about people: the votes."""

    def forget(self, person: int) -> int:
        """Remove a person's data; return how many votes that was."""
        ...

    def prune(self, oldest: float, latest: float) -> None:
        """Remove everything that is not from between two times (seconds since 1970)."""
        ...


class Journal:
    """Keeps questions in an SQLite file, always from a thread of its own and never on the event loop."""

    def __init__(self, folder: Path, days: int, votes: Removes, card_days: int = 0) -> None:
        """Keep questions and `votes` in `folder` for `days` (0: not at all); files are opened when first needed.

        `card_days` is how long it is kept which message shows which quotes.
        """
        self._folder = folder
        self._path = folder / "journal.sqlite"
        self._days = days
        self._card_days = min(card_days, days)
        self._votes = votes
        self._database: sqlite3.Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._failure_logged = False
        self._forgotten: dict[int, float] = {}
        """Who had everything removed, and when, by the monotonic clock: for as long as an answer may be under way."""

    def count_unasked(self, server: int | None) -> None:
        """Count that nothing was found for what nobody put to the bot in a server."""
        day = int(time.time() // _DAY)

        def work(database: sqlite3.Connection) -> None:
            one_more = "INSERT INTO unasked_counts VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1"
            database.execute(one_more, (day, self.pseudonym(server) if server is not None else b""))

        self.soon(work)

    def note_unasked(self, by: By, key: bytes, question: str, encoded: Encoded | None) -> None:
        """Note the words of what nobody put to the bot, and for which nothing was found."""
        now = time.time()

        def work(database: sqlite3.Connection) -> None:
            hashed = [self.pseudonym(number) if number is not None else None for number in (by.server, by.read_in)]
            row = (now, self.pseudonym(by.author), question, key, *hashed)
            columns = "INSERT INTO unasked (time, author, question, key, server, channel)"
            database.execute(f"{columns} VALUES (?, ?, ?, ?, ?, ?)", row)
            if encoded is not None:
                add_vectors(database, encoded.model, [(key, encoded.vector)])

        self.soon(work)

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._days > 0

    @property
    def path(self) -> Path:
        """The file, which need not exist."""
        return self._path

    def note(
        self, by: By, key: bytes, answer: Answer, quotes: tuple[Quote, ...], encoded: Encoded | None = None
    ) -> None:
        """Write a question to the journal soon; if the disk refuses, only that row is lost."""
        if self._days:
            with contextlib.suppress(RuntimeError):  # already closed: the bot is stopping
                self._thread.submit(self._note, time.time(), by, key, answer, quotes, encoded)

    def soon(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Run `work` on the open file soon, where anything is kept; if the disk refuses, that is logged once."""
        if self._days:
            with contextlib.suppress(RuntimeError):
                self._thread.submit(self._try, work)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` on the open file, and return its result; raises `JournalError` where that fails.

        Call it only where anything is kept: it creates the file.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._work, work)

    def pseudonym(self, number: int) -> bytes:
        """Return the keyed hash of an id; raises `OSError`."""
        return pseudonyms.hashed(number, pseudonyms.read_or_make(self._folder))

    def pseudonyms(self, numbers: Iterable[int]) -> frozenset[bytes]:
        """Return the keyed hashes of ids; raises `OSError`."""
        secret = pseudonyms.read_or_make(self._folder)
        return frozenset(pseudonyms.hashed(number, secret) for number in numbers)

    async def written(self) -> None:
        """Wait until what was noted so far is written."""
        await asyncio.get_running_loop().run_in_executor(self._thread, lambda: None)

    async def forget(self, person: int) -> Forgotten:
        """Remove a person's questions and votes, with no trace left in the files; return how many there were.

        Raises `JournalError` if that fails.
        """
        now = time.monotonic()
        self._forgotten = {who: when for who, when in self._forgotten.items() if when > now - _UNDER_WAY}
        self._forgotten[person] = now
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._forget, person)

    def is_forgotten(self, by: By) -> bool:
        """Tell whether whoever asked, or wrote it, has had everything removed since: then nothing is to be noted."""
        return any(self._forgotten.get(who, by.since) > by.since for who in (by.person, by.author))

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

    def _note(  # noqa: PLR0913, PLR0917 -- a row and its vector
        self, at: float, by: By, key: bytes, answer: Answer, quotes: tuple[Quote, ...], encoded: Encoded | None
    ) -> None:
        try:
            secret = pseudonyms.read_or_make(self._folder)
            person, author, channel, server = (
                pseudonyms.hashed(real_id, secret) if real_id is not None else None
                for real_id in (by.person, by.author, None if by.alone else by.read_in, by.server)
            )
            shown = json.dumps([(quote.source, quote.start, quote.end) for quote in quotes], ensure_ascii=False)
            shown_answer = (answer.question, shown, answer.confidence, int(answer.answered))
            with self._opened() as database:
                row = (at, person, author, channel, server, key, *shown_answer)
                database.execute("INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
                if encoded is not None:
                    add_vectors(database, encoded.model, [(key, encoded.vector)])
            self._failure_logged = False
        except (OSError, sqlite3.Error, UnicodeEncodeError) as error:
            self._tell_once(error)

    def _forget(self, person: int) -> Forgotten:
        try:
            votes = self._votes.forget(person)
            if not self._path.exists():
                return Forgotten(0, votes)
            who = pseudonyms.hashed(person, pseudonyms.read_or_make(self._folder))
            with self._opened() as database:
                removed = tables.forget(database, who)
                _leave_no_trace(database)
        except (OSError, sqlite3.Error, QuothError) as error:
            _log.warning("questions could not be removed", extra={"reason": str(error)})
            raise JournalError from error
        return Forgotten(removed["questions"] + removed["unasked"], votes, removed["waiting"])

    def _prune(self) -> None:
        """Remove rows that are too old, or that a clock more than a day ahead has written."""
        now = time.time()
        oldest = now - _DAY * self._days
        with contextlib.suppress(QuothError):  # it has been logged
            self._votes.prune(oldest, now + _DAY)
        if not self._path.exists():
            return
        try:
            with self._opened() as database:
                if tables.prune(database, oldest, now, now - _DAY * self._card_days):
                    _leave_no_trace(database)
        except (OSError, sqlite3.Error) as error:
            self._tell_once(error)

    def _try(self, work: Callable[[sqlite3.Connection], object]) -> None:
        try:
            with self._opened() as database:
                work(database)
        except (OSError, sqlite3.Error, UnicodeEncodeError) as error:
            self._tell_once(error)

    def _work(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            with self._opened() as database:
                return work(database)
        except (OSError, sqlite3.Error) as error:
            self._tell_once(error)
            raise JournalError from error

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
        if not self._failure_logged:
            self._failure_logged = True
            _log.warning("the journal could not be written", extra={"file": str(self._path), "reason": str(error)})


def add_vectors(database: sqlite3.Connection, model: str, vectors: Iterable[tuple[bytes, Vectors]]) -> None:
    """Keep the vectors of questions that are kept, by their keys; those of another model are replaced."""
    rows = ((key, model, np.asarray(vector, np.float16).tobytes(), key, key) for key, vector in vectors)
    known = "EXISTS (SELECT 1 FROM questions WHERE key = ?) OR EXISTS (SELECT 1 FROM unasked WHERE key = ?)"
    database.executemany(f"INSERT OR REPLACE INTO vectors SELECT ?, ?, ? WHERE {known}", rows)


def keep_vectors(path: Path, model: str, vectors: Iterable[tuple[bytes, Vectors]]) -> None:
    """Keep the vectors of questions in a journal that the bot may have open, where it can be written."""
    try:
        with contextlib.closing(_open(path)) as database:
            add_vectors(database, model, vectors)
    except (OSError, sqlite3.Error) as error:
        _log.info("vectors of questions could not be kept", extra={"file": str(path), "reason": str(error)})


def _open(path: Path) -> sqlite3.Connection:
    pseudonyms.make_private(path)
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA journal_mode = WAL")
        tables.prepare(database)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _leave_no_trace(database: sqlite3.Connection) -> None:
    """Remove deleted rows from the write-ahead log as well."""
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
