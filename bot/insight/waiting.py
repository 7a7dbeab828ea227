"""Who wants to be told once the documents have an answer, in the journal's file."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from index.answer.asked import Asked
from index.records import Turn

_AT_ONCE = 200

Place = tuple[int, int, bytes]
"""The channel and the message of a spot, and the key of a question that people wait for there."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody asked, and is told: by a reply to `message`, or where that is 0 in private.

    All are ids of Discord's; `parent` is the channel that a thread is in. For those who are told in private, `channel`
    is the private one, and `server` and `parent` are where they asked, which need not be in a server.
    """

    channel: int
    message: int
    server: int | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """A question that people wait for in one spot; `number` grows in the order in which they began to.

    `since` is when they did, in seconds since 1970. `person` is the first of them (a keyed hash), and `language` their
    language; None where it was noted by an earlier version. `last` is the last message that stood there before theirs
    was sent, while that is on its way; None where it is not known.
    """

    number: int
    spot: Spot
    key: bytes
    since: float
    asked: Asked
    language: str | None = None
    person: bytes = b""
    last: int | None = None

    @property
    def place(self) -> Place:
        """What tells it from others."""
        return self.spot.channel, self.spot.message, self.key


@dataclass(frozen=True, slots=True)
class Waiter:
    """Who waits: the id, the language that they speak, and what makes keyed hashes of ids."""

    person: int
    language: str
    hashed: Callable[[int], bytes]


def add(database: sqlite3.Connection, spot: Spot, waiter: Waiter, key: bytes, asked: Asked) -> bool:
    """Note that somebody waits; return False where that had been noted before. Raises `OSError`."""
    person, written = waiter.hashed(waiter.person), _written(asked, waiter)
    row = (spot.channel, spot.message, person, key, time.time(), spot.server, spot.parent, written)
    return database.execute("INSERT OR IGNORE INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)", row).rowcount > 0


def pending(database: sqlite3.Connection, after: int, *, claimed: bool = False) -> list[Wait]:
    """Return some that are waited for, from number `after` on; with `claimed` those whose message was on its way."""
    rows = database.execute(
        "SELECT min(rowid) AS number, channel, message, server, parent, key, time, asked, person, told FROM waiting "
        "WHERE (told <> 0) = ? GROUP BY channel, message, key HAVING number > ? ORDER BY number LIMIT ?",
        (int(claimed), after, _AT_ONCE),
    )
    return [
        Wait(number, Spot(channel, message, server, parent), key, since, *_read(asked), person, last=_last(told))
        for number, channel, message, server, parent, key, since, asked, person, told in rows
    ]


def claim(database: sqlite3.Connection, wait: Wait, last: int | None) -> bool:
    """Note that the message is on its way, after the `last` one there.

    Return False where nobody waits any more, or somebody else tells them.
    """
    change = f"UPDATE waiting SET told = ? WHERE told = 0 AND {_OF}"  # noqa: S608 -- our own words
    return database.execute(change, (last or _UNKNOWN, *wait.place)).rowcount > 0


def release(database: sqlite3.Connection, wait: Wait) -> None:
    """Note that the message has not arrived: it is sent again."""
    database.execute(f"UPDATE waiting SET told = 0 WHERE {_OF}", wait.place)  # noqa: S608


def done(database: sqlite3.Connection, wait: Wait) -> bool:
    """Forget those whose message was on its way: they have been told, or cannot be; return False where nobody is left.

    They may have had themselves forgotten meanwhile.
    """
    removed = database.execute(f"DELETE FROM waiting WHERE told <> 0 AND {_OF}", wait.place).rowcount  # noqa: S608
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return removed > 0


_UNKNOWN = 1
"""Stands for a message that is on its way after one that is not known: no message has this id."""


def _last(told: int) -> int | None:
    return told if told > _UNKNOWN else None


_OF = "channel = ? AND message = ? AND key = ?"


def _written(asked: Asked, waiter: Waiter) -> str:
    """Return what is kept of a question: with each turn before it a hash of whose it is, so that they can forget it."""
    turns = [
        [turn.role, turn.text, waiter.hashed(turn.author).hex() if turn.author is not None else None]
        for turn in asked.history
    ]
    return json.dumps([asked.text, turns, sorted(asked.scope) if asked.scope is not None else None, waiter.language])


def _read(written: str) -> tuple[Asked, str | None]:
    """Return a question and the language of whoever waits, which earlier versions did not write."""
    text, turns, scope, *language = json.loads(written)
    asked = Asked(
        text, tuple(Turn(role, said) for role, said, *_ in turns), None if scope is None else frozenset(scope)
    )
    return asked, language[0] if language else None
