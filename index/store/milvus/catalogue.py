"""The documents and passages of a generation in Milvus."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from index.arrays import Rows as RowNumbers
from index.arrays import Vectors
from index.errors import DamagedError
from index.records import Passage, Sentence
from index.store import base
from index.store.checksum import checksum
from index.store.milvus.pieces import bytes_of
from index.store.milvus.rows import Recent, batches
from index.store.milvus.table import Table
from index.store.milvus.texts import Listed, Texts
from index.store.numbering import StableNumbers
from index.store.values import KINDS, Int32s, Source, StoredDocument, StoredPassage, anchors_in, paths_in

_CACHED_CHARACTERS = 8_000_000
_CACHED_PASSAGES = 6_000
"""Passages to cache, more than those whose words are cached; the vectors of their sentences take 25 MB."""

_BUILD = "run `quoth index build`"


class Catalogue(base.Catalogue):
    """Reads the documents and passages of one generation. Thread-safe."""

    def __init__(self, table: Table, texts: Texts, listed: Sequence[Any]) -> None:
        """Parse `listed` as the list of sources; raises `DamagedError` if it is malformed."""
        self.path = f"{table.name} in Milvus"
        self._table = table
        self._texts = texts
        self._lock = threading.RLock()
        self._documents: OrderedDict[int, StoredDocument] = OrderedDict()
        self._cached = 0
        self._vectors: Recent[tuple[StoredPassage, Vectors]] = Recent(_CACHED_PASSAGES)
        try:
            self.sources = tuple(
                Source(number, source, title, url, tuple(map(tuple, sections)), language, date, version)
                for number, (source, title, url, sections, language, date, version, *_) in enumerate(listed)
            )
            self._listed = [Listed(*entry[7:]) for entry in listed]
        except (TypeError, ValueError) as error:
            raise self._unreadable() from error
        self._ids = {source.source: source.id for source in self.sources}
        sizes = [entry.passages for entry in self._listed]
        self.owners: Int32s = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        first_rows = np.array([entry.first_row for entry in self._listed], np.int64)
        self.numbering = StableNumbers(np.arange(len(sizes)), first_rows)

    def counts(self, documents: Collection[int] | None = None) -> tuple[int, int]:
        """Return the number of passages and of sentences, of some `documents` (ids) or of all."""
        inside = [entry for number, entry in enumerate(self._listed) if documents is None or number in documents]
        return sum(entry.passages for entry in inside), sum(entry.sentences for entry in inside)

    def file_checksums(self) -> dict[str, str]:
        """Return the SHA-256 (hex) of each document's file, by source."""
        return {source.source: entry.sha256 for source, entry in zip(self.sources, self._listed, strict=True)}

    def document(self, name: str) -> StoredDocument:
        """Return the document whose source is `name`; raises `KeyError` if there is none."""
        return self.document_by_id(self._ids[name])

    def document_by_id(self, number: int) -> StoredDocument:
        """Return a document; raises `DamagedError` if it differs from what was stored."""
        return self._fetched([number])[number]

    def begins(self, number: int) -> tuple[int, int]:
        """Return the rows of the first passage, and of its first sentence, of a document."""
        return self._listed[number].first_row, self._listed[number].first_sentence

    def raw(self, number: int) -> list[Any]:
        """Return a document as the columns of its row on disk, without the id, after comparing the checksum."""
        columns = _columns(self._texts.documents([number])[number])
        self._document(number, columns)
        return columns

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """Return the passages at `rows`, in that order, and prefetch their documents."""
        passages = [stored for stored, _ in self.read(rows)]
        self._fetched(sorted({passage.document for passage in passages}))
        return passages

    def passages_of(self, document: int) -> list[StoredPassage]:
        """Return the passages of a document, in order."""
        listed = self._listed[document]
        return [stored for stored, _ in self.read(range(listed.first_row, listed.first_row + listed.passages))]

    def rows_of(self, documents: Sequence[int]) -> RowNumbers:
        """Return the rows of the passages of some documents, in order."""
        chosen = np.zeros(len(self.sources), bool)
        chosen[np.array(documents, np.int64)] = True
        return np.flatnonzero(chosen[self.owners]).astype(np.int64)

    def sentence_vectors(self, rows: Sequence[int]) -> Vectors:
        """Return the vectors of the sentences of the passages at `rows`, one after the other."""
        return np.concatenate([vectors for _, vectors in self.read(rows)])

    def read(self, rows: Sequence[int]) -> list[tuple[StoredPassage, Vectors]]:
        """Return the passages at `rows`, in that order, with the vectors of their sentences."""
        by_row = self._vectors.known(rows)
        new: dict[int, tuple[StoredPassage, Vectors]] = {}
        for part in batches([row for row in rows if row not in by_row]):
            for row in self._table.at(part, "row", "document", "told", "sentences"):
                new[row["row"]] = self._passage(row)
        self._vectors.keep(new)
        by_row |= new
        try:
            return [by_row[row] for row in rows]
        except KeyError as error:
            raise DamagedError(f"{self.path} lacks passages that the index names: {_BUILD}.") from error

    def _passage(self, row: dict[str, Any]) -> tuple[StoredPassage, Vectors]:
        try:
            start, end, section, page, first, last, first_sentence, key, blob = json.loads(row["told"])
            source = self.sources[row["document"]]
            sentences = tuple(Sentence(at, to, KINDS[kind]) for at, to, kind in _table(blob, 3).tolist())
            passage = Passage(source.source, start, end, source.sections[section], page, (first, last), sentences)
            stored = StoredPassage(row["row"], source.id, first_sentence, bytes.fromhex(key), passage)
            vectors = np.array([np.frombuffer(bytes_of(vector), np.float16) for vector in row["sentences"]], np.float32)
        except (IndexError, TypeError, ValueError) as error:
            raise self._unreadable() from error
        if len(vectors) != len(sentences):
            raise self._unreadable()
        return stored, vectors

    def _fetched(self, numbers: Sequence[int]) -> dict[int, StoredDocument]:
        with self._lock:
            documents = {number: self._documents[number] for number in numbers if number in self._documents}
        missing = [number for number in numbers if number not in documents]
        for number, columns in self._texts.documents(missing).items() if missing else ():
            documents[number] = self._document(number, _columns(columns))
        with self._lock:
            for number, document in documents.items():
                self._keep(number, document)
        return documents

    def _keep(self, number: int, document: StoredDocument) -> None:
        if number in self._documents:
            self._documents.move_to_end(number)
            return
        self._documents[number] = document
        self._cached += len(document.text)
        while self._cached > _CACHED_CHARACTERS and len(self._documents) > 1:
            _, dropped = self._documents.popitem(last=False)
            self._cached -= len(dropped.text)

    def _document(self, number: int, columns: list[Any]) -> StoredDocument:
        try:
            *fields, promised = columns
            if checksum(*fields) != promised or fields[0] != self.sources[number].source:
                source = self.sources[number].source
                raise DamagedError(f"{self.path} does not hold {source} as it was read: {_BUILD}.")
            source, title, url, _, language, date, version, sections, text, places, blocks = fields
            tables = (np.frombuffer(places, np.int32).reshape(-1, 3), np.frombuffer(blocks, np.int32).reshape(-1, 6))
            return StoredDocument(
                number,
                source,
                title,
                url,
                text,
                paths_in(sections),
                *tables,
                language,
                anchors_in(sections),
                date,
                version,
            )
        except (AttributeError, IndexError, TypeError, ValueError) as error:
            raise self._unreadable() from error

    def _unreadable(self) -> DamagedError:
        return DamagedError(f"{self.path} cannot be read: {_BUILD}.")


def _columns(columns: Any) -> list[Any]:
    """Return the columns of a document, with text turned back into bytes."""
    try:
        source, title, url, sha256, language, date, version, sections, text, places, blocks, promised = columns
        binary = [bytes_of(column) for column in (places, blocks, promised)]
    except (TypeError, ValueError) as error:
        raise DamagedError(f"A document in Milvus cannot be read: {_BUILD}.") from error
    return [source, title, url, sha256, language, date, version, sections, text, *binary]


def _table(text: str, columns: int) -> Int32s:
    return np.frombuffer(bytes_of(text), np.int32).reshape(-1, columns)
