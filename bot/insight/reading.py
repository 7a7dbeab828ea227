"""Reads the journal and the votes: only ever reads, and never more of it into memory than is asked for."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.insight.records import Day, Totals, Wording
from index.arrays import Vectors
from index.errors import QuothError

DAY = 86_400.0

MOST_WORDINGS = 1500
"""Wordings that groups are made of: those asked most, and what was asked in vain counts three times."""

_MOST_DISLIKED = 500
_AT_ONCE = 500
"""Keys in one query: SQLite takes 32,766 parameters, earlier versions 999."""


class JournalUnreadError(QuothError):
    """The journal cannot be read."""


@dataclass(frozen=True, slots=True)
class Voted:
    """A question that people voted on, and the lead quote of its answer: source, start and end, or None."""

    key: bytes
    text: str
    liked: int
    disliked: int
    people: int
    lead: tuple[str, int, int] | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person voted on the answer to a question: `answered`, or a refusal.

    `quote` is the reference to the quote that was shown first, None where there was none. `key` is the question's: that
    of its words alone, unless it was asked after another one, or of some documents only.
    """

    key: bytes
    text: str
    answered: bool
    up: bool
    quote: str | None


class Reading:
    """The journal in one folder, from one moment to another (seconds since 1970).

    With a `server` (a keyed hash) what was asked there and in private messages is read, and nothing of other servers.
    """

    def __init__(self, database: sqlite3.Connection, since: float, until: float, server: bytes | None = None) -> None:
        """Read from an open `database`, to which the votes may be attached."""
        self.since, self.until = since, until
        self._server = server
        self._database = database
        names = database.execute("SELECT name FROM sqlite_master UNION SELECT name FROM votes.sqlite_master")
        self._names = {name for (name,) in names}
        by_key = "questions INDEXED BY questions_by_key" if self._has("questions_by_key") else "questions"
        self._asked, self._by_key = self._of_server("questions"), self._of_server(by_key)

    def _of_server(self, table: str) -> str:
        """Return a table with the rows of the server alone."""
        if self._server is None:
            return table
        return f"(SELECT rowid, * FROM {table} WHERE server = x'{self._server.hex()}' OR server IS NULL)"  # noqa: S608

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not self._has("questions") or not self._rows(
            f"SELECT 1 FROM {self._asked} WHERE time BETWEEN ? AND ? LIMIT 1"  # noqa: S608
        )

    def days(self) -> tuple[Day, ...]:
        """Return how much was asked on each day on which something was."""
        if not self._has("questions"):
            return ()
        query = f"SELECT count(*), coalesce(sum(answered), 0) FROM {self._asked} WHERE time BETWEEN ? AND ?"  # noqa: S608
        days = []
        for day in range(int(self.since // DAY), int(self.until // DAY) + 1):
            begin, end = max(day * DAY, self.since), min((day + 1) * DAY - 1e-6, self.until)
            asked, answered = self._database.execute(query, (begin, end)).fetchone()
            days += [Day(day, asked, answered)] if asked else []
        return tuple(days)

    def totals(self, days: Sequence[Day]) -> Totals:
        """Return how much was asked, liked and disliked."""
        liked, disliked = self._votes()
        asked, answered = sum(day.asked for day in days), sum(day.answered for day in days)
        return Totals(asked, answered, liked, disliked, self._unasked())

    def wordings(self, model: str, rarer: int | None = 0) -> tuple[list[Wording], list[Wording]]:
        """Return the questions that matter most, with their vectors of this `model` (a fingerprint).

        After them come those `rarer` ones (so many at most, None: all) that have a vector: without their words.
        """
        if not self._has("questions"):
            return [], []
        counted = self._rows(
            f"SELECT key, count(*) AS n, sum(1 - answered) AS vain, max(time) AS latest FROM {self._by_key} "  # noqa: S608
            "WHERE time BETWEEN ? AND ? GROUP BY key ORDER BY n + 2 * vain DESC, latest DESC LIMIT ?",
            -1 if rarer is None else MOST_WORDINGS + rarer,
        )
        first, rest = ({key: (asked, vain) for key, asked, vain, _ in some} for some in _parted(counted))
        voted = self._voted()
        known = self._first_wordings(first, voted, model)
        listed = {wording.key for wording in known}
        return known, self._rarer_wordings({key: rest[key] for key in rest if key not in listed}, voted, model)

    def _first_wordings(
        self, counts: dict[bytes, tuple[int, int]], voted: dict[bytes, tuple[int, int]], model: str
    ) -> list[Wording]:
        disliked = sorted((key for key, (_, down) in voted.items() if down), key=lambda key: -voted[key][1])
        counts |= self._counts([key for key in disliked[:_MOST_DISLIKED] if key not in counts])
        keys = list(counts)
        texts, vectors, closed = self._texts(keys), self._vectors(keys, model), self._still_open(keys)
        return [
            Wording(
                key, texts[key], asked, vain, closed.get(key, vain), *voted.get(key, (0, 0)), vector=vectors.get(key)
            )
            for key, (asked, vain) in counts.items()
            if key in texts
        ]

    def _rarer_wordings(
        self, counts: dict[bytes, tuple[int, int]], voted: dict[bytes, tuple[int, int]], model: str
    ) -> list[Wording]:
        keys = list(counts)
        vectors, closed = self._vectors(keys, model), self._still_open(keys)
        return [
            Wording(key, "", *counts[key], closed.get(key, counts[key][1]), *voted.get(key, (0, 0)), vector=vector)
            for key, vector in vectors.items()
        ]

    def openly(self, keys: Sequence[bytes], people: int) -> set[bytes]:
        """Return the questions whose words may be shown: asked where others read, or by so many people."""
        if self._server is None:
            return set(keys)
        return {key for key in keys if self._is_asked_where_others_read(key) or self.is_asked_by([key], people)}

    def _is_asked_where_others_read(self, key: bytes) -> bool:
        query = (
            f"SELECT 1 FROM {self._by_key} WHERE key = ? AND time BETWEEN ? AND ? "  # noqa: S608
            "AND server IS NOT NULL AND channel IS NOT NULL LIMIT 1"
        )
        return self._database.execute(query, (key, self.since, self.until)).fetchone() is not None

    def is_asked_by(self, keys: Sequence[bytes], people: int) -> bool:
        """Tell whether at least so many people asked these questions, and as many wrote them."""
        return all(self._has_people(column, keys, people) for column in ("person", "author"))

    def _has_people(self, column: str, keys: Sequence[bytes], people: int) -> bool:
        seen: set[bytes] = set()
        for some in _some(keys):
            query = (
                f"SELECT DISTINCT {column} FROM {self._by_key} WHERE {_among(some)} AND time BETWEEN ? AND ? LIMIT ?"  # noqa: S608
            )
            seen |= {person for (person,) in self._database.execute(query, (*some, self.since, self.until, people))}
            if len(seen) >= people:
                return True
        return False

    def servers(self, keys: Sequence[bytes]) -> dict[bytes, frozenset[bytes | None]]:
        """Return in which servers (keyed hashes; None: private messages) questions were asked in vain."""
        servers: dict[bytes, set[bytes | None]] = {key: set() for key in keys}
        for some in _some(keys):
            query = (
                f"SELECT DISTINCT key, server FROM questions WHERE {_among(some)} AND NOT answered "  # noqa: S608
                "AND time BETWEEN ? AND ?"
            )
            for key, server in self._database.execute(query, (*some, self.since, self.until)):
                servers[key].add(server)
        return {key: frozenset(some) for key, some in servers.items()}

    def tried(self, keys: Sequence[bytes]) -> dict[bytes, float]:
        """Return when questions were last asked again after a build, in seconds since 1970, as far as they were."""
        tried: dict[bytes, float] = {}
        for some in _some(keys) if self._has("tried") else ():
            tried |= dict(self._database.execute(f"SELECT key, time FROM tried WHERE {_among(some)}", some))  # noqa: S608
        return tried

    def people(self, keys: Sequence[bytes]) -> int:
        """Return how many people asked or wrote these questions, whichever are fewer."""
        askers: set[bytes] = set()
        others: set[tuple[bytes, bytes]] = set()
        for some in _some(keys):
            of_these = f"FROM {self._by_key} WHERE {_among(some)} AND time BETWEEN ? AND ?"
            values = (*some, self.since, self.until)
            own = self._database.execute(f"SELECT person {of_these} AND person = author", values)
            askers.update(person for (person,) in own)
            others.update(self._database.execute(f"SELECT person, author {of_these} AND person <> author", values))
        return min(len(askers.union(pair[at] for pair in others)) for at in (0, 1))

    def parts(self, keys: Sequence[bytes], count: int) -> tuple[int, ...]:
        """Return how often these questions were asked in each of `count` equal parts of the time, oldest first."""
        counts, width = [0] * count, max(self.until - self.since, 1.0) / count
        for some in _some(keys):
            query = (
                f"SELECT CAST((time - ?) / ? AS INTEGER) AS part, count(*) FROM {self._by_key} "  # noqa: S608
                f"WHERE {_among(some)} AND time BETWEEN ? AND ? GROUP BY part"
            )
            for part, number in self._database.execute(query, (self.since, width, *some, self.since, self.until)):
                counts[min(max(part, 0), count - 1)] += number
        return tuple(counts)

    def shown(self, keys: Sequence[bytes]) -> tuple[str, int] | None:
        """Return the source and start of the quote that was shown first most often for these questions."""
        leads: Counter[tuple[str, int]] = Counter()
        for some in _some(keys[:_AT_ONCE]):
            rows = self._database.execute(
                f"SELECT json_extract(quotes, '$[0][0]'), json_extract(quotes, '$[0][1]') FROM questions "  # noqa: S608
                f"WHERE rowid IN (SELECT rowid FROM {self._asked} WHERE {_among(some)} LIMIT 1000) AND quotes <> '[]'",
                some,
            )
            leads.update((source, start) for source, start in rows if source is not None)
        return leads.most_common(1)[0][0] if leads else None

    def voted_for(self) -> Iterator[Voted]:
        """Yield the questions that were voted on, with the quote that was shown first when they were asked last."""
        query = "SELECT question, quotes, answered FROM questions WHERE key = ? ORDER BY time DESC LIMIT 1"
        if not self._has("questions"):
            return
        for key, (liked, disliked) in sorted(self._voted().items()):
            row = self._database.execute(query, (key,)).fetchone()
            if row is not None:
                quotes = json.loads(row[1]) if row[2] else []
                lead = (str(quotes[0][0]), int(quotes[0][1]), int(quotes[0][2])) if quotes else None
                yield Voted(key, row[0], liked, disliked, self.people([key]), lead)

    def votes(self, most: int) -> list[tuple[bytes, bytes, int, str, float]]:
        """Return the latest votes on quotes: question, person, whether it is up, reference to the quote, time."""
        if not self._has("votes"):
            return []
        query = (
            "SELECT question, person, up, quote, time FROM votes.votes WHERE quote IS NOT NULL "
            "AND time BETWEEN ? AND ? ORDER BY time DESC LIMIT ?"
        )
        return self._rows(query, most)

    def vectors_of(self, keys: Sequence[bytes], model: str | None = None) -> dict[bytes, Vectors]:
        """Return the vectors of questions as far as they are known, of a model or else of that which most are of."""
        if model is not None:
            return self._vectors(keys, model)
        models: Counter[str] = Counter()
        if self._has("vectors"):
            for some in _some(keys):
                query = f"SELECT model FROM vectors WHERE {_among(some)}"  # noqa: S608
                models.update(model for (model,) in self._database.execute(query, some))
        return self._vectors(keys, models.most_common(1)[0][0]) if models else {}

    def ballots(self) -> Iterator[Ballot]:
        """Yield what each person voted last on a question whose words are kept.

        A vote on a refusal that showed nothing is left out where a build has answered the question since.
        """
        if not self._has("votes") or not self._has("questions"):
            return
        before = "SELECT question, answered FROM questions WHERE key = ? AND time <= ? ORDER BY time DESC LIMIT 1"
        closed = "SELECT 1 FROM closed WHERE key = ? AND time > ?"
        for key, up, quote, time in self._rows(
            "SELECT question, up, quote, max(time) FROM votes.votes "
            "WHERE time BETWEEN ? AND ? GROUP BY question, person"
        ):
            row = self._database.execute(before, (key, time)).fetchone()
            is_closed = quote is None and self._has("closed") and self._database.execute(closed, (key, time)).fetchone()
            if row is not None and not is_closed:
                yield Ballot(key, row[0], bool(row[1]), bool(up), quote)

    def unasked(self) -> list[tuple[str, bytes, bytes]]:
        """Return the words of questions that nobody put to the bot, the key of each and who wrote it, latest first."""
        if not self._has("unasked"):
            return []
        keyed = "coalesce(key, CAST(question AS BLOB))" if self._counts_by_server else "CAST(question AS BLOB)"
        query = (
            f"SELECT question, {keyed}, author FROM {self._unasked_rows} WHERE time BETWEEN ? AND ? "  # noqa: S608
            "ORDER BY time DESC LIMIT ?"
        )
        return self._rows(query, MOST_WORDINGS)

    @property
    def _counts_by_server(self) -> bool:
        """Whether the journal says in which server something was said that nobody put to the bot."""
        return self._has("unasked_counts")

    @property
    def _unasked_rows(self) -> str:
        """What nobody put to the bot, in the server alone: older versions do not say where that was."""
        if self._server is None:
            return "unasked"
        which = f"server = x'{self._server.hex()}'" if self._counts_by_server else "0"
        return f"(SELECT * FROM unasked WHERE {which})"  # noqa: S608

    def _votes(self) -> tuple[int, int]:
        if not self._has("votes"):
            return 0, 0
        of_server = ""
        if self._server is not None and self._has("questions"):
            of_server = f"AND EXISTS (SELECT 1 FROM {self._by_key} WHERE key = votes.question)"  # noqa: S608
        query = (
            "SELECT coalesce(sum(up), 0), coalesce(sum(1 - up), 0) FROM votes.votes AS votes "  # noqa: S608
            f"WHERE time BETWEEN ? AND ? {of_server}"
        )
        liked, disliked = self._rows(query)[0]
        return int(liked), int(disliked)

    def _voted(self) -> dict[bytes, tuple[int, int]]:
        """Return how many people liked and disliked each question; one who did both counts for the later."""
        if not self._has("votes"):
            return {}
        rows = self._rows(
            "SELECT question, sum(up), sum(1 - up) FROM (SELECT question, person, up, max(time) FROM votes.votes "
            "WHERE time BETWEEN ? AND ? GROUP BY question, person) GROUP BY question"
        )
        return {key: (up, down) for key, up, down in rows}

    def _unasked(self) -> int:
        words = counts = 0
        if self._has("unasked"):
            words = self._rows(f"SELECT count(*) FROM {self._unasked_rows} WHERE time BETWEEN ? AND ?")[0][0]  # noqa: S608
        if self._counts_by_server:
            of_server = f"AND server = x'{self._server.hex()}'" if self._server is not None else ""
            counts = self._database.execute(
                f"SELECT coalesce(sum(count), 0) FROM unasked_counts WHERE day BETWEEN ? AND ? {of_server}",  # noqa: S608
                (math.ceil(self.since / DAY), int(self.until // DAY)),  # of a day that began before, some is too old
            ).fetchone()[0]
        return int(words + counts)

    def _counts(self, keys: Sequence[bytes]) -> dict[bytes, tuple[int, int]]:
        counts: dict[bytes, tuple[int, int]] = {}
        for some in _some(keys):
            query = (
                f"SELECT key, count(*), sum(1 - answered) FROM {self._by_key} WHERE {_among(some)} "  # noqa: S608
                "AND time BETWEEN ? AND ? GROUP BY key"
            )
            rows = self._database.execute(query, (*some, self.since, self.until))
            counts |= {key: (asked, vain) for key, asked, vain in rows}
        return counts

    def _texts(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        query = f"SELECT question FROM {self._asked} WHERE key = ? LIMIT 1"  # noqa: S608
        rows = ((key, self._database.execute(query, (key,)).fetchone()) for key in keys)
        return {key: row[0] for key, row in rows if row is not None}

    def _vectors(self, keys: Sequence[bytes], model: str) -> dict[bytes, Vectors]:
        if not self._has("vectors"):
            return {}
        vectors = {}
        for some in _some(keys):
            query = f"SELECT key, vector FROM vectors WHERE {_among(some)} AND model = ?"  # noqa: S608
            for key, vector in self._database.execute(query, (*some, model)):
                vectors[key] = np.frombuffer(vector, np.float16).astype(np.float32)
        return vectors

    def _still_open(self, keys: Sequence[bytes]) -> dict[bytes, int]:
        """Return how often questions that a build has answered were asked in vain after that, in the time read."""
        if not self._has("closed"):
            return {}
        counts = {}
        for some in _some(keys):
            rows = self._database.execute(f"SELECT key, time FROM closed WHERE {_among(some)}", some)  # noqa: S608
            for key, time in rows.fetchall():
                query = f"SELECT count(*) FROM {self._asked} WHERE key = ? AND time > ? AND time <= ? AND NOT answered"  # noqa: S608
                counts[key] = self._database.execute(query, (key, max(time, self.since), self.until)).fetchone()[0]
        return counts

    def _rows(self, query: str, *more: object) -> list[Any]:
        return self._database.execute(query, (self.since, self.until, *more)).fetchall()

    def _has(self, name: str) -> bool:
        return name in self._names


@contextlib.contextmanager
def opened(folder: Path, since: float, until: float, server: bytes | None = None) -> Iterator[Reading]:
    """Open the journal in a data folder for reading; one that is not there is empty. `server` is as for `Reading`.

    Raises `JournalUnreadError` where it cannot be read.
    """
    try:
        with contextlib.closing(_connected(folder)) as database:
            yield Reading(database, since, until, server)
    except (sqlite3.Error, json.JSONDecodeError) as error:
        raise JournalUnreadError(f"{folder / 'journal.sqlite'} cannot be read ({error}).") from error


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


def _among(keys: Sequence[bytes]) -> str:
    return f"key IN ({', '.join('?' * len(keys))})"


def _parted(rows: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return the rows of the wordings that groups are made of, and the others."""
    return rows[:MOST_WORDINGS], rows[MOST_WORDINGS:]


def _some(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
