"""Corrections in SQLite, with those that no longer hold: the history."""

from __future__ import annotations

import time
from collections.abc import Collection
from functools import partial
from pathlib import Path

import numpy as np

from bot.cards.reference import decode, encode
from bot.localisation.catalogue import mark
from bot.sqlite_file import SqliteFile
from bot.teaching.records import Correction, Draft, End, Kind
from index.arrays import Vectors
from index.errors import QuothError

FILE_NAME = "corrections.sqlite"

_KEPT = 365 * 86_400.0
"""Seconds that a correction which no longer holds stays in the history."""

_TABLES = """
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS corrections (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,      -- lead, block or note
    question TEXT NOT NULL,
    source TEXT NOT NULL,
    reference TEXT NOT NULL, -- where the text stands, and hashes of it; not the text
    note TEXT NOT NULL,
    person INTEGER,          -- NULL: they have had it forgotten
    made REAL NOT NULL,      -- seconds since 1970
    ended REAL,              -- NULL: it holds
    end TEXT,
    model TEXT NOT NULL,     -- which model's vector it is: those of others cannot be compared
    vector BLOB NOT NULL     -- of the question, float16
) STRICT;
"""
_COLUMNS = "number, kind, question, source, reference, note, person, made, ended, end"
Row = tuple[int, str, str, str, str, str, int | None, float, float | None, str | None]


class CorrectionError(QuothError):
    """A correction cannot be made or taken back."""


class CorrectionStore:
    """The corrections in an SQLite file that the first one creates. Thread-safe; raises `CorrectionError`."""

    def __init__(self, folder: Path, *, only_reads: bool = False) -> None:
        """Keep them in `folder`; with `only_reads`, nothing there is made or changed."""
        path = folder / FILE_NAME
        failure = partial(_unread, path) if only_reads else _failure
        self._file = SqliteFile(path, _TABLES, failure, only_reads=only_reads)

    @property
    def path(self) -> Path:
        """The file, which may not be there yet."""
        return self._file.path

    def add(self, draft: Draft, person: int) -> int:
        """Keep a correction that a person has made, and return its number; one that holds already is kept once."""
        with self._file.use() as database:
            database.execute("DELETE FROM corrections WHERE ended < ?", (time.time() - _KEPT,))
            about = (draft.kind, draft.question, draft.source, encode(draft.reference), draft.note)
            same = "kind = ? AND question = ? AND source = ? AND reference = ? AND note = ? AND ended IS NULL"
            there = database.execute(f"SELECT number FROM corrections WHERE {same}", about).fetchone()  # noqa: S608
            if there is not None:
                return int(there[0])
            row = (*about, person, time.time(), "", b"")
            added = database.execute(
                "INSERT INTO corrections (kind, question, source, reference, note, person, made, model, vector) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            return added.lastrowid or 0

    def end(self, numbers: Collection[int], end: End) -> int:
        """Note that corrections no longer hold, and return of how many that is news."""
        with self._file.use() as database:
            done = [
                database.execute(
                    "UPDATE corrections SET ended = ?, end = ? WHERE number = ? AND ended IS NULL",
                    (time.time(), end, number),
                ).rowcount
                for number in numbers
            ]
        return sum(done)

    def all(self) -> list[Correction]:
        """Return all corrections, those that hold and the history, latest first."""
        if not self._file.path.exists():
            return []
        with self._file.use() as database:
            rows = database.execute(f"SELECT {_COLUMNS} FROM corrections ORDER BY number DESC").fetchall()  # noqa: S608
        return [correction for row in rows if (correction := _as_correction(row)) is not None]

    def vectors(self, model: str) -> dict[int, Vectors]:
        """Return the vectors of questions that this model has made, by the numbers of their corrections."""
        if not self._file.path.exists():
            return {}
        with self._file.use() as database:
            rows = database.execute("SELECT number, vector FROM corrections WHERE model = ?", (model,)).fetchall()
        return {number: np.frombuffer(packed, np.float16).astype(np.float32) for number, packed in rows}

    def set_vector(self, number: int, model: str, vector: Vectors) -> None:
        """Keep the vector of a correction's question."""
        with self._file.use() as database:
            packed = vector.astype(np.float16).tobytes()
            database.execute("UPDATE corrections SET model = ?, vector = ? WHERE number = ?", (model, packed, number))

    def forget(self, person: int) -> int:
        """Take a person's id out of the corrections that they made; return how many these were."""
        if not self._file.path.exists():
            return 0
        with self._file.use() as database:
            return database.execute("UPDATE corrections SET person = NULL WHERE person = ?", (person,)).rowcount

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _as_correction(row: Row) -> Correction | None:
    number, kind, question, source, reference, note, person, made, ended, end = row
    known = decode(reference)
    if known is None or kind not in set(Kind):
        return None
    why = End(end) if end in set(End) else None
    return Correction(number, Kind(kind), question, source, known, note, person, made, ended, why)


def _failure() -> CorrectionError:
    return CorrectionError(mark("The correction could not be kept just now: please try again later."))


def _unread(path: Path) -> CorrectionError:
    return CorrectionError(f"{path} cannot be read: put one in its place that was saved before, or move it away.")
