"""Rows of what was read of channels: what changes them also marks the documents that are to be written again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from bot.channels.records import Content, Line, Thread

OF_CHANNEL = "place GLOB '*[^0-9]*'"
"""Which messages stand in the channel itself: the document of a thread is called by its id."""


def condition_of(channel: int, thread: int | None) -> tuple[str, tuple[int | str, ...]]:
    """Return the condition for the messages of a channel without its threads, or of one of those, and its values."""
    if thread is None:
        return f"channel = ? AND {OF_CHANNEL}", (channel,)
    return "channel = ? AND place = ?", (channel, str(thread))


def add(database: sqlite3.Connection, lines: Iterable[Line]) -> None:
    """Add messages, but for those of people who do not want to be read; one that is there is replaced."""
    for line in lines:
        row = (line.message, line.channel, line.place, line.author, line.by, line.text)
        added = database.execute(
            "INSERT OR REPLACE INTO messages SELECT ?, ?, ?, ?, ?, ? WHERE ? NOT IN (SELECT author FROM forgotten) "
            "AND EXISTS (SELECT 1 FROM channels WHERE channel = ?)",
            (*row, line.author, line.channel),
        )
        if added.rowcount:
            mark_changed(database, line.channel, line.place)


def is_read(database: sqlite3.Connection, channel: int) -> bool:
    """Tell whether a channel is read."""
    return database.execute("SELECT 1 FROM channels WHERE channel = ?", (channel,)).fetchone() is not None


def keep_thread(database: sqlite3.Connection, thread: Thread) -> None:
    """Keep a thread, and have its document written where that has another title."""
    kept = "SELECT 1 FROM messages WHERE channel = ? AND place = ?"
    is_quoted = database.execute(kept, (thread.channel, str(thread.thread))).fetchone() is not None
    title = thread.title if is_quoted and not _is_forgotten(database, thread.owner) else ""
    row = (thread.thread, thread.channel, title, thread.checkpoint)
    before = database.execute("SELECT * FROM threads WHERE thread = ?", (thread.thread,)).fetchone()
    if before != row:
        database.execute("INSERT OR REPLACE INTO threads VALUES (?, ?, ?, ?)", row)
    if before is not None and before[2] != title:
        mark_changed(database, thread.channel, str(thread.thread), erases=not title)
    if is_quoted:
        owner = "INSERT INTO owners VALUES (?, ?) ON CONFLICT DO UPDATE SET author = excluded.author"
        database.execute(f"{owner} WHERE author <> excluded.author", (thread.thread, thread.owner))


def _is_forgotten(database: sqlite3.Connection, author: bytes) -> bool:
    return database.execute("SELECT 1 FROM forgotten WHERE author = ?", (author,)).fetchone() is not None


def kept_of_page(database: sqlite3.Connection, channel: int, checkpoint: int) -> set[int]:
    """Return the messages that are kept of the history after a channel's checkpoint, up to a new one.

    They are looked for among those of that channel and time: SQLite would look at all that the channel holds.
    """
    kept = (
        "SELECT message FROM messages INDEXED BY messages_channel JOIN channels USING (channel) "  # noqa: S608 -- a constant from above
        f"WHERE channel = ? AND {OF_CHANNEL} AND message > checkpoint AND message <= ?"
    )
    return {message for (message,) in database.execute(kept, (channel, checkpoint))}


def kept_of_thread(database: sqlite3.Connection, thread: Thread, after: int) -> set[int]:
    """Return the messages that are kept of the history of a thread after a message, up to the new checkpoint."""
    kept = "SELECT message FROM messages WHERE channel = ? AND place = ? AND message > ? AND message <= ?"
    values = (thread.channel, str(thread.thread), after, thread.checkpoint)
    return {message for (message,) in database.execute(kept, values)}


def restart(database: sqlite3.Connection, channel: int) -> None:
    """Have a channel and its threads read from their beginning again."""
    database.execute("UPDATE threads SET checkpoint = 0 WHERE channel = ?", (channel,))
    database.execute("UPDATE channels SET checkpoint = 0, complete = 0 WHERE channel = ?", (channel,))


def remove(database: sqlite3.Connection, message: int) -> None:
    """Remove a message."""
    mark_changed_where(database, "message = ?", message, erases=True)
    database.execute("DELETE FROM messages WHERE message = ?", (message,))


def edit(database: sqlite3.Connection, message: int, text: str) -> None:
    """Give a message that is kept new words; without any it is removed."""
    if text.strip():
        mark_changed_where(database, "message = ?", message)
        database.execute("UPDATE messages SET text = ? WHERE message = ?", (text, message))
    else:
        remove(database, message)


def content_of(database: sqlite3.Connection, channel: int, place: str) -> Content:
    """Return what a document is made of."""
    title = None
    if place.isdecimal():
        named = database.execute("SELECT title FROM threads WHERE channel = ? AND thread = ?", (channel, int(place)))
        title = next((str(name) for (name,) in named), "")
    kept = "SELECT * FROM messages WHERE channel = ? AND place = ? ORDER BY message"
    return Content(title, tuple(Line(*row) for row in database.execute(kept, (channel, place))))


def mark_changed(database: sqlite3.Connection, channel: int, place: str, *, erases: bool = False) -> None:
    """Have a document written again; one that `erases` is to hold less than before."""
    for table in _tables(erases):
        database.execute(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", (channel, place))  # noqa: S608


def mark_changed_where(database: sqlite3.Connection, which: str, value: object, *, erases: bool = False) -> None:
    """Have the documents written again that hold messages for which a condition with one value holds."""
    for table in _tables(erases):
        database.execute(
            f"INSERT OR IGNORE INTO {table} SELECT DISTINCT channel, place FROM messages WHERE {which}",  # noqa: S608
            (value,),
        )


def _tables(erases: bool) -> tuple[str, ...]:  # noqa: FBT001 -- as its callers are told
    return ("changed", "erased") if erases else ("changed",)
