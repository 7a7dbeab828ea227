"""What was read of channels, in SQLite: pages of history are kept with the checkpoint up to which they reach."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from array import array
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.channels import rows
from bot.channels.markdown import place_of
from bot.channels.reading import Reading
from bot.channels.records import READS_OF, Content, Kind, Line, Reads, Thread, Watched
from bot.channels.tables import TABLES
from bot.localisation.catalogue import mark
from bot.sqlite_file import SqliteFile
from index.errors import QuothError

FILE_NAME = "channels.sqlite"


class ChannelError(QuothError):
    """A channel cannot be read, or what was read cannot be kept."""


class ChannelStore:
    """The channels that are read, in an SQLite file that the first one creates. Thread-safe; raises `ChannelError`."""

    def __init__(self, folder: Path, *, only_reads: bool = False) -> None:
        """Keep them in `folder`; with `only_reads`, nothing there is made or changed."""
        self._file = SqliteFile(folder / FILE_NAME, TABLES, _failure, only_reads=only_reads)
        self._readings: list[Reading] = []

    @contextlib.contextmanager
    def reading(self) -> Iterator[Reading]:
        """Yield what hears of changes between fetching messages and adding them: neither undoes the other."""
        reading = Reading()
        self._readings.append(reading)
        try:
            yield reading
        finally:
            self._readings.remove(reading)

    def watch(self, watched: Watched) -> None:
        """Begin to read a channel: what of it, where that was picked before it was dropped and still can be."""
        with self._file.transaction() as database:
            picked = database.execute("SELECT reads FROM reads WHERE channel = ?", (watched.channel,)).fetchone()
            if picked is not None and picked[0] not in READS_OF[watched.kind]:
                database.execute("DELETE FROM reads WHERE channel = ?", (watched.channel,))
            database.execute(
                "INSERT OR IGNORE INTO channels (channel, server, kind, name) VALUES (?, ?, ?, ?)",
                (watched.channel, watched.server, watched.kind, watched.name),
            )
            version = watched.version or time.time_ns()
            database.execute("INSERT OR IGNORE INTO versions VALUES (?, ?)", (watched.channel, version))

    def rename(self, channel: int, name: str) -> None:
        """Call a channel otherwise from now on: what is written from here on is of that name."""
        with self._file.transaction() as database:
            database.execute("UPDATE channels SET name = ? WHERE channel = ?", (name, channel))

    def all(self) -> list[Watched]:
        """Return the channels that are read."""
        if not self._file.path.exists():
            return []
        with self._file.use() as database:
            rows = database.execute("SELECT channel, server, kind, name, checkpoint, complete FROM channels").fetchall()
            reads, versions = (_pairs(database, table) for table in ("reads", "versions"))
        return [
            Watched(
                channel,
                server,
                Kind(kind),
                name,
                checkpoint,
                bool(complete),
                Reads(reads.get(channel, Reads.DAYS)),
                versions.get(channel),
            )
            for channel, server, kind, name, checkpoint, complete in rows
        ]

    def noticed(self) -> set[int]:
        """Return the channels in which it was said that their threads are read."""
        if not self._file.path.exists():
            return set()
        with self._file.use() as database:
            return {channel for (channel,) in database.execute("SELECT channel FROM notices")}

    def note_notice(self, channel: int) -> None:
        """Note that it was said in a channel that its threads are read."""
        with self._file.transaction() as database:
            database.execute("INSERT OR IGNORE INTO notices VALUES (?)", (channel,))

    def drop(self, channel: int) -> None:
        """Forget a channel and all that was read of it, but not what was picked: put back, no more of it is quoted."""
        with self._file.transaction() as database:
            database.execute(
                "DELETE FROM owners WHERE thread IN (SELECT thread FROM threads WHERE channel = ?)", (channel,)
            )
            for table in ("channels", "versions", "threads", "messages", "changed", "erased", "failures"):
                database.execute(f"DELETE FROM {table} WHERE channel = ?", (channel,))  # noqa: S608 -- a name from above

    def add_page(self, channel: int, lines: Iterable[Line], checkpoint: int, reading: Reading) -> None:
        """Keep a page of a channel's history, and how far it reaches, in one transaction.

        What is kept of that part of the history and is not among the lines any more is removed.
        """
        with self._file.transaction() as database:
            current = list(reading.current(lines))  # what is edited from here on waits for this transaction
            for message in rows.kept_of_page(database, channel, checkpoint) - {line.message for line in current}:
                rows.remove(database, message)
            rows.add(database, current)
            database.execute("UPDATE channels SET checkpoint = ? WHERE channel = ?", (checkpoint, channel))

    def add_thread(self, thread: Thread, lines: Iterable[Line], reading: Reading, *, after: int) -> None:
        """Keep a page of a thread's history, and how far it reaches, in one transaction, while its channel is read.

        The page begins behind the message `after`. What is kept of that part of the history and is not among the lines
        any more is removed. Its title and who opened it are kept while something in it is quoted.
        """
        with self._file.transaction() as database:
            current = list(reading.current(lines))
            if reading.may_add_to(thread.thread) and rows.is_read(database, thread.channel):
                for message in rows.kept_of_thread(database, thread, after) - {line.message for line in current}:
                    rows.remove(database, message)
                rows.add(database, current)
                rows.keep_thread(database, thread)

    def add(self, line: Line, reading: Reading) -> None:
        """Keep a message that was just written, unless its thread was dropped meanwhile."""
        with self._file.transaction() as database:
            if not line.place.isdecimal():
                rows.add(database, reading.current([line]))
            elif reading.may_add_to(int(line.place)) and rows.is_read(database, line.channel):
                rows.add(database, reading.current([line]))
                new = "INSERT OR IGNORE INTO threads VALUES (?, ?, '', 0)"  # it is still to be read from its beginning
                database.execute(new, (int(line.place), line.channel))

    def complete(self, channel: int) -> None:
        """Note that a channel was read up to the present."""
        with self._file.transaction() as database:
            database.execute("UPDATE channels SET complete = 1 WHERE channel = ? AND complete = 0", (channel,))
            database.execute("DELETE FROM failures WHERE channel = ?", (channel,))

    def fail(self, channel: int, reason: str) -> None:
        """Note why a channel could not be read: until it is read up to the present."""
        with self._file.transaction() as database:
            failed = "INSERT OR REPLACE INTO failures SELECT channel, ? FROM channels WHERE channel = ?"
            database.execute(failed, (reason, channel))

    def failure(self, channel: int) -> str | None:
        """Return why a channel could not be read last, None where it could."""
        with self._file.use() as database:
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'failures'").fetchone():
                return None  # an earlier version has made the file, and this one only reads it
            row = database.execute("SELECT reason FROM failures WHERE channel = ?", (channel,)).fetchone()
        return str(row[0]) if row is not None else None

    def rewrite(self, channel: int) -> None:
        """Have all documents of a channel written again."""
        with self._file.transaction() as database:
            rows.mark_changed_where(database, "channel = ?", channel)

    def restart(self, channel: int) -> None:
        """Have a channel read from its beginning again; what was read of it before stays until it is found gone."""
        with self._file.transaction() as database:
            rows.restart(database, channel)

    def read_as(self, channel: int, reads: Reads) -> None:
        """Note what is to be read of a channel, and have its messages be in the documents that this makes.

        Where other messages are to be read than before, it is read from its beginning again.
        """
        with self._file.transaction() as database:
            row = database.execute("SELECT reads FROM reads WHERE channel = ?", (channel,)).fetchone()
            before = Reads(row[0]) if row is not None else Reads.DAYS
            database.execute("INSERT OR REPLACE INTO reads VALUES (?, ?)", (channel, reads))
            moves = before is not reads and Reads.MESSAGES in {before, reads}
            which = f"channel = ? AND {rows.OF_CHANNEL}"
            rows.mark_changed_where(
                database, which, channel, erases=moves
            )  # a message is erased later where it is by then
            kept = database.execute(f"SELECT message FROM messages WHERE {which}", (channel,)).fetchall()  # noqa: S608
            places = [(place_of(reads, message), message) for (message,) in kept]
            database.executemany("UPDATE messages SET place = ? WHERE message = ?", places)
            rows.mark_changed_where(database, which, channel)
            if Reads.PINS in {before, reads}:
                rows.restart(database, channel)

    def threads(self, channel: int, thread: int | None = None) -> dict[int, tuple[str | None, int]]:
        """Return title and checkpoint of the threads of a channel that are kept, or of one of those, by their ids.

        The title is None where nothing is quoted.

        One of which it is not known who opened it has an empty title: it is still to be read.
        """
        quoted = (
            "EXISTS (SELECT 1 FROM messages WHERE messages.channel = threads.channel AND place = CAST(thread AS TEXT))"
        )
        title = f"iif({quoted}, iif(author IS NULL, '', title), NULL)"
        named = f"SELECT thread, {title}, checkpoint FROM threads LEFT JOIN owners USING (thread)"  # noqa: S608
        with self._file.use() as database:
            which, values = ("", (channel,)) if thread is None else (" AND thread = ?", (channel, thread))
            rows = database.execute(f"{named} WHERE channel = ?{which}", values)
            return {number: (title, checkpoint) for number, title, checkpoint in rows}

    def is_kept(self, thread: int) -> bool:
        """Tell whether a thread is kept."""
        with self._file.use() as database:
            return database.execute("SELECT 1 FROM threads WHERE thread = ?", (thread,)).fetchone() is not None

    def is_owned(self, thread: int) -> bool:
        """Tell whether it is known who opened a thread, as of each in which something is quoted once it was read."""
        with self._file.use() as database:
            return database.execute("SELECT 1 FROM owners WHERE thread = ?", (thread,)).fetchone() is not None

    def drop_thread(self, thread: int) -> None:
        """Forget a thread."""
        for reading in list(self._readings):
            reading.dropped(thread)
        with self._file.transaction() as database:
            row = database.execute("SELECT channel FROM threads WHERE thread = ?", (thread,)).fetchone()
            if row is not None:
                rows.mark_changed(database, row[0], str(thread), erases=True)
                for table in ("threads", "owners"):
                    database.execute(f"DELETE FROM {table} WHERE thread = ?", (thread,))  # noqa: S608
                database.execute("DELETE FROM messages WHERE channel = ? AND place = ?", (row[0], str(thread)))

    def edit(self, message: int, text: str) -> None:
        """Keep the new words of a message that is kept, or is being read; without any it is removed."""
        for reading in list(self._readings):
            reading.edited(message, text)
        with self._file.transaction() as database:
            rows.edit(database, message, text)

    def correct(self, message: int, text: str, reading: Reading) -> None:
        """Keep the words that a reading has found a message to have, unless it was changed since."""
        with self._file.transaction() as database:
            if not reading.has_changed(message):
                rows.edit(database, message, text)

    def forget(self, author: bytes) -> int:
        """Remove all that a person wrote, and read them no more, whatever is read later.

        Return how many messages went, and titles of threads that they opened.
        """
        with self._file.transaction() as database:
            database.execute("INSERT OR IGNORE INTO forgotten VALUES (?)", (author,))
            rows.mark_changed_where(database, "author = ?", author, erases=True)
            named = "SELECT channel, thread FROM threads JOIN owners USING (thread) WHERE author = ? AND title <> ''"
            opened = database.execute(named, (author,)).fetchall()
            for channel, thread in opened:
                rows.mark_changed(database, channel, str(thread), erases=True)
                database.execute("UPDATE threads SET title = '' WHERE thread = ?", (thread,))
            return len(opened) + database.execute("DELETE FROM messages WHERE author = ?", (author,)).rowcount

    def changed(self, most: int) -> list[tuple[int, str]]:
        """Return some documents, by channel and place, that are still to be written."""
        if not self._file.path.exists():
            return []
        with self._file.use() as database:
            return database.execute("SELECT channel, place FROM changed LIMIT ?", (most,)).fetchall()

    def content(self, channel: int, place: str) -> Content:
        """Return what a document is made of now."""
        with self._file.transaction() as database:
            return rows.content_of(database, channel, place)

    def erases(self, channel: int, place: str) -> bool:
        """Tell whether a document that is still to be written holds less than before."""
        with self._file.use() as database:
            found = database.execute(
                "SELECT 1 FROM erased WHERE channel = ? AND place = ?", (channel, place)
            ).fetchone()
        return found is not None

    def is_erasing(self) -> bool:
        """Tell whether some document is still to be written that is to hold less than before."""
        if not self._file.path.exists():
            return False
        with self._file.use() as database:
            return database.execute("SELECT 1 FROM erased").fetchone() is not None

    def written(self, channel: int, place: str, content: Content) -> None:
        """Note that a document was written with `content`; where it has changed since, it is still to be written."""
        with self._file.transaction() as database:
            if rows.content_of(database, channel, place) == content:
                for table in ("changed", "erased"):
                    database.execute(f"DELETE FROM {table} WHERE channel = ? AND place = ?", (channel, place))  # noqa: S608

    def counts(self, channel: int) -> tuple[int, int]:
        """Return how many documents and messages are kept of a channel."""
        with self._file.use() as database:
            counted = "SELECT count(DISTINCT place), count(*) FROM messages WHERE channel = ?"
            row = database.execute(counted, (channel,)).fetchone()
        return int(row[0]), int(row[1])

    def latest(self, channel: int) -> int:
        """Return the latest message that is kept of a channel, 0 where there is none."""
        with self._file.use() as database:
            row = database.execute("SELECT max(message) FROM messages WHERE channel = ?", (channel,)).fetchone()
        return int(row[0] or 0)

    def messages(self, channel: int, thread: int | None = None) -> array[int]:
        """Return the messages that are kept of a channel without its threads, or of one of those, oldest first.

        There may be half a million.
        """
        which, values = rows.condition_of(channel, thread)
        kept = f"SELECT message FROM messages WHERE {which} ORDER BY message"  # noqa: S608 -- one of two
        with self._file.use() as database:
            return array("q", (message for (message,) in database.execute(kept, values)))

    def texts(self, channel: int, thread: int | None = None, among: Collection[int] | None = None) -> dict[int, str]:
        """Return the words of those messages by their ids: of all of them, or of those `among` some hundreds."""
        which, values = rows.condition_of(channel, thread)
        kept = f"SELECT message, text FROM messages WHERE {which}"  # noqa: S608 -- one of two
        if among is not None:
            kept, values = f"{kept} AND message IN ({', '.join('?' * len(among))})", (*values, *among)
        with self._file.use() as database:
            return dict(database.execute(kept, values).fetchall())

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _pairs(database: sqlite3.Connection, table: str) -> dict[int, Any]:
    """Return what a table says of each channel; nothing where an earlier version has made the file without it."""
    known = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return dict(database.execute(f"SELECT * FROM {table}").fetchall()) if known else {}  # noqa: S608 -- a name from above


def _failure() -> ChannelError:
    return ChannelError(mark("What is kept of channels cannot be used just now: please try again later."))
