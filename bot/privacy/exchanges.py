"""Which message answers which, in the journal's file: their ids, and who asked as a hash."""

from __future__ import annotations

import sqlite3
import time


def add(database: sqlite3.Connection, question: int, channel: int, answer: int, person: bytes) -> None:
    """Note the answer to a message, and its channel, in place of what was noted before."""
    row = (question, channel, answer, person, time.time())
    database.execute("INSERT OR REPLACE INTO exchanges VALUES (?, ?, ?, ?, ?)", row)


def answer_to(database: sqlite3.Connection, question: int) -> tuple[int, int] | None:
    """Return the channel and the message of the answer to a message, None where none is known."""
    row = database.execute("SELECT channel, answer FROM exchanges WHERE question = ?", (question,)).fetchone()
    return None if row is None else (int(row[0]), int(row[1]))


def forget(database: sqlite3.Connection, question: int) -> None:
    """Forget the answer to a message: one of them is gone."""
    database.execute("DELETE FROM exchanges WHERE question = ?", (question,))
