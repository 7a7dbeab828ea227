"""Which message shows which quotes, in the journal's file: ids and places, and no text."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import dataclass

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote on a card: where it stood, and the reference by which it is known again."""

    source: str
    start: int
    end: int
    reference: str


@dataclass(frozen=True, slots=True)
class Card:
    """A message with quotes, from a `generation` of the index; `parent` is the channel that its thread is in."""

    message: int
    channel: int
    server: int | None
    parent: int | None
    generation: str
    quotes: tuple[ShownQuote, ...]


def add(database: sqlite3.Connection, card: Card, person: bytes, author: bytes) -> None:
    """Note a card of somebody's question, in place of what the message showed before."""
    ids = (card.message, card.channel, card.server, card.parent)
    row = (*ids, person, author, time.time(), card.generation, _written(card.quotes))
    database.execute("INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def of_other_generations(database: sqlite3.Connection, generation: str, after: int, since: float) -> list[Card]:
    """Return some cards since a time that were not compared with `generation` yet, with ids above `after`."""
    rows = database.execute(
        "SELECT message, channel, server, parent, generation, quotes FROM shown "
        "WHERE generation <> ? AND message > ? AND time >= ? ORDER BY message LIMIT ?",
        (generation, after, since, _AT_ONCE),
    )
    return [
        Card(message, channel, server, parent, before, _read(quotes))
        for message, channel, server, parent, before, quotes in rows
    ]


def is_known(database: sqlite3.Connection, card: Card) -> bool:
    """Tell whether a card is still remembered: whoever it answers may have been forgotten since it was read."""
    return database.execute("SELECT 1 FROM shown WHERE message = ?", (card.message,)).fetchone() is not None


def compared(database: sqlite3.Connection, card: Card, generation: str, quotes: tuple[ShownQuote, ...]) -> None:
    """Note that a card shows `quotes` now, and that they are as `generation` has them."""
    change = "UPDATE shown SET generation = ?, quotes = ? WHERE message = ?"
    database.execute(change, (generation, _written(quotes), card.message))


def forget(database: sqlite3.Connection, card: Card) -> None:
    """Forget a card that is gone, or that cannot be edited any more."""
    database.execute("DELETE FROM shown WHERE message = ?", (card.message,))


def _written(quotes: tuple[ShownQuote, ...]) -> str:
    return json.dumps([[quote.source, quote.start, quote.end, quote.reference] for quote in quotes], ensure_ascii=False)


def _read(written: str) -> tuple[ShownQuote, ...]:
    return tuple(ShownQuote(*fields) for fields in json.loads(written))
