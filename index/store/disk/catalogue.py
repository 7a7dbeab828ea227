"""The documents and passages of a generation, in an SQLite file that is opened for reading."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays import Rows
from index.errors import DamagedError
from index.records import Passage, Sentence
from index.store import base
from index.store.checksum import checksum
from index.store.numbering import StableNumbers
from index.store.values import KINDS, Int32s, Source, StoredDocument, StoredPassage, anchors_in, paths_in

_CACHED_CHARACTERS = 8_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive documents: as many as `documents`, from the id `first`.

    Their `passages` start at `row`, and the vectors of their `sentences` at `sentence`.
    """

    first: int
    documents: int
    row: int
    passages: int
    sentence: int
    sentences: int


class Catalogue(base.Catalogue):
    """Reads the documents and passages of one generation. Thread-safe."""

    path: Path

    def __init__(self, path: Path) -> None:
        """Open the file at `path`; raises `DamagedError` if it is not a catalogue."""
        self.path = path
        self._lock = threading.RLock()
        self._documents: OrderedDict[int, StoredDocument] = OrderedDict()
        self._cached = 0
        try:
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
            self.sources = tuple(self._read_sources())
        except (sqlite3.DatabaseError, TypeError, ValueError) as error:
            raise DamagedError(f"{path} cannot be read: run `quoth index build`.") from error
        self._ids = {source.source: source.id for source in self.sources}
        self._spans = self._read_spans()
        numbers = self._select("SELECT number FROM documents ORDER BY id")
        self.numbering = StableNumbers(np.array(numbers, np.int64).reshape(-1), self._spans[:-1, 0])

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def counts(self, documents: Collection[int] | None = None) -> tuple[int, int]:
        """Return the number of passages and of sentences, of some `documents` (ids) or of all."""
        each = np.diff(self._spans, axis=0)
        inside = each if documents is None else each[np.fromiter(documents, np.int64)]
        passages, sentences = (int(count) for count in inside.sum(axis=0))
        return passages, sentences

    def file_checksums(self) -> dict[str, str]:
        """Return the SHA-256 (hex) of each document's file, by source."""
        return {str(source): str(sha256) for source, sha256 in self._select(_SELECT_SHA256)}

    def id_of(self, source: str) -> int:
        """Return the id of the document `source`; raises `KeyError` if there is none."""
        return self._ids[source]

    def span(self, ids: range) -> Span:
        """Return the span of the documents with these ids."""
        row, sentence = (int(first) for first in self._spans[ids.start])
        end, sentence_end = (int(first) for first in self._spans[ids.stop])
        return Span(ids.start, len(ids), row, end - row, sentence, sentence_end - sentence)

    def document(self, name: str) -> StoredDocument:
        """Return the document whose source is `name`; raises `KeyError` where there is none."""
        return self.document_by_id(self._ids[name])

    def document_by_id(self, number: int) -> StoredDocument:
        """Return a document; raises `DamagedError` where it is not what was stored."""
        with self._lock:
            if number in self._documents:
                self._documents.move_to_end(number)
                return self._documents[number]
            document = self._read_document(number)
            self._keep(document)
            return document

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """Return the passages at `rows`, in that order; raises `DamagedError` where one is missing."""
        marks = ",".join("?" * len(rows))
        by_row = {
            passage.row: passage
            for passage in self._read_passages(f"WHERE row IN ({marks})", *(int(row) for row in rows))
        }
        if len(by_row) < len(set(rows)):
            raise DamagedError(f"{self.path} lacks passages that the index names: run `quoth index build`.")
        return [by_row[row] for row in rows]

    def passages_of(self, document: int) -> list[StoredPassage]:
        """Return the passages of a document, in order."""
        return self._read_passages("WHERE document = ? ORDER BY row", document)

    @cached_property
    def owners(self) -> Int32s:
        """The id of the document of each passage, by row."""
        return np.repeat(np.arange(len(self.sources), dtype=np.int32), np.diff(self._spans[:, 0]))

    def rows_of(self, documents: Sequence[int]) -> Rows:
        """Return the rows of the passages of some documents, in order."""
        chosen = np.zeros(len(self.sources), bool)
        chosen[np.array(documents, np.int64)] = True
        return np.flatnonzero(chosen[self.owners]).astype(np.int64)

    def same_as(self, key: bytes) -> tuple[int, int] | None:
        """Return the rows of the vectors (passage, first sentence) of a passage with this key, or None."""
        rows = self._select("SELECT row, first_sentence FROM passages WHERE key = ? LIMIT 1", key)
        return (rows[0][0], rows[0][1]) if rows else None

    def _read_sources(self) -> Iterator[Source]:
        rows = self._db.execute(
            "SELECT id, source, title, url, sections, language, date, version FROM documents ORDER BY id"
        )
        for expected, (number, source, title, url, sections, language, *edition) in enumerate(rows):
            are_texts = all(isinstance(value or "", str) for value in (url, *edition))
            are_texts = are_texts and all(isinstance(value, str) for value in (source, title, language))
            if number != expected or not are_texts:
                raise ValueError(f"document {number} is not one")
            yield Source(number, source, title, url, paths_in(sections), language, *edition)

    def _read_spans(self) -> Rows:
        """Return the first rows (passage, sentence) of each document, then the total of both."""
        firsts = self._select("SELECT first_row, first_sentence FROM documents ORDER BY id")
        last = self._select(
            "SELECT row + 1, first_sentence + length(sentences) / 12 FROM passages ORDER BY row DESC LIMIT 1"
        )
        try:
            spans = np.array([*firsts, *(last or [(0, 0)])], np.int64)
        except (OverflowError, TypeError, ValueError) as error:
            raise DamagedError(f"{self.path} cannot be read: run `quoth index build`.") from error
        if (np.diff(spans, axis=0) < 0).any() or spans[0].any():
            raise DamagedError(f"{self.path} cannot be read: run `quoth index build`.")
        return spans

    def _read_document(self, number: int) -> StoredDocument:
        rows = self._select(f"{_SELECT_DOCUMENTS} WHERE id = ?", number)
        try:
            *fields, promised = rows[0]
            if checksum(*fields) != promised or fields[0] != self.sources[number].source:
                source = self.sources[number].source
                raise DamagedError(f"{self.path} does not hold {source} as it was read: run `quoth index build`.")
            source, title, url, _, language, date, version, sections, text, places, blocks = fields
            return StoredDocument(
                number,
                source,
                title,
                url,
                text,
                paths_in(sections),
                _table(places, 3),
                _table(blocks, 6),
                language,
                anchors_in(sections),
                date,
                version,
            )
        except (AttributeError, IndexError, TypeError, ValueError) as error:
            raise DamagedError(f"{self.path} cannot be read: run `quoth index build`.") from error

    def _read_passages(self, where: str, *values: int) -> list[StoredPassage]:
        rows = self._select(f"{_SELECT_PASSAGES} {where}", *values)
        try:
            return [self._passage(row) for row in rows]
        except (IndexError, TypeError, ValueError) as error:
            raise DamagedError(f"{self.path} cannot be read: run `quoth index build`.") from error

    def _select(self, statement: str, *values: int | bytes) -> list[Any]:
        with self._lock:
            try:
                return self._db.execute(statement, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise DamagedError(f"{self.path} cannot be read: run `quoth index build`.") from error

    def _passage(self, values: _PassageRow) -> StoredPassage:
        row, document, start, end, section, page, first, last, blob, first_sentence, key = values
        source = self.sources[document]
        sentences = tuple(Sentence(at, to, KINDS[kind]) for at, to, kind in _table(blob, 3).tolist())
        passage = Passage(source.source, start, end, source.sections[section], page, (first, last), sentences)
        return StoredPassage(row, document, first_sentence, key, passage)

    def _keep(self, document: StoredDocument) -> None:
        self._documents[document.id] = document
        self._cached += len(document.text)
        while self._cached > _CACHED_CHARACTERS and len(self._documents) > 1:
            _, dropped = self._documents.popitem(last=False)
            self._cached -= len(dropped.text)


_PassageRow = tuple[int, int, int, int, int, int | None, int, int, bytes, int, bytes]

_SELECT_DOCUMENTS = (
    "SELECT source, title, url, sha256, language, date, version, sections, text, places, blocks, checksum "
    "FROM documents"
)

_SELECT_SHA256 = "SELECT source, sha256 FROM documents ORDER BY id"

_SELECT_PASSAGES = (
    "SELECT row, document, start, end, section, page, first_line, last_line, sentences, first_sentence, key "
    "FROM passages"
)


def _table(blob: bytes, columns: int) -> Int32s:
    return np.frombuffer(blob, np.int32).reshape(-1, columns)
