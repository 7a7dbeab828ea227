"""How long the first card of `/insight` takes for a journal of a million questions, and how much memory.

    .venv/bin/python bench/insight_rows.py [ROWS]

The vectors are drawn at random, and kept as the bot keeps them: what is measured is reading, counting, grouping and
laying out the card, not the model.
"""

from __future__ import annotations

import hashlib
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from bot.answering.insights import _GROUPS, _RARER
from bot.cards.insight_card import insight_card, on_page
from bot.insight.counting import counted
from bot.insight.overview import Vectorizer, overview
from bot.insight.reading import DAY, opened
from bot.insight.records import Kind
from bot.privacy import tables
from bot.privacy.journal import add_vectors
from index.arrays import Vectors, unit

PEOPLE = 50_000
COMMON = 20_000


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Yield questions, of which seven in ten are asked in words that others use, too."""
    chance, now = random.Random(1), time.time()  # noqa: S311 -- the same each time
    for number in range(count):
        common = int(COMMON * chance.random() ** 3)
        thing = common if chance.random() < 0.7 else COMMON + number  # noqa: PLR2004 -- seven in ten
        text = f"how do i do thing number {thing} with the other thing in place {thing % 97}?"
        person = int(PEOPLE * chance.random() ** 2).to_bytes(16, "big")
        key = hashlib.blake2b(text.encode(), digest_size=8).digest()
        exchange = (text, '[["rules.md",0,40]]', chance.random(), int(thing % 3 > 0))
        yield (now - 30 * DAY * chance.random(), person, person, b"channel", b"server", key, *exchange)


def drawn(texts: Sequence[str]) -> Vectors:
    return unit(np.random.default_rng(1).normal(size=(len(texts), 384)).astype(np.float32))


def kept(database: sqlite3.Connection) -> Iterator[tuple[bytes, Vectors]]:
    """Yield a vector for each wording: like the others that ask after a thing."""
    things = drawn([""] * 97)
    for number, (key,) in enumerate(database.execute("SELECT DISTINCT key FROM questions").fetchall()):
        yield key, things[number % 97]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        with closing(sqlite3.connect(Path(folder) / "journal.sqlite", isolation_level=None)) as database:
            database.executescript(tables.TABLES)
            database.execute("BEGIN")
            database.executemany("INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows(count))
            add_vectors(database, "model", kept(database))
            database.execute("COMMIT")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(3):
            began, spent = time.perf_counter(), time.process_time()
            with opened(Path(folder), time.time() - 30 * DAY, time.time(), b"server") as reading:
                summary = overview(reading, Vectorizer("model", drawn), groups=_GROUPS, rarer=_RARER)
                summary = counted(summary, reading, {Kind.VAIN: on_page(summary, Kind.VAIN, 0)})
            insight_card(summary, Kind.VAIN, 30)
            took, spent = time.perf_counter() - began, time.process_time() - spent
            above = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            grouped = f"{summary.totals.asked - summary.unread:,} in groups"
            cost = f"{took:.2f} s ({spent:.2f} s of CPU), {above:.0f} MB above rest"
            print(f"{summary.totals.asked:,} questions, {grouped}: {cost}")


if __name__ == "__main__":
    main()
