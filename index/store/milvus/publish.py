"""Uploads a generation that was built on disk to Milvus."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import BuildError
from index.store import manifest
from index.store.disk import layout as on_disk
from index.store.disk.catalogue import Catalogue
from index.store.disk.dense import Dense
from index.store.disk.sentence_file import SentenceFile
from index.store.milvus import layout
from index.store.milvus.connection import PATIENT, Connection
from index.store.milvus.pieces import LONGEST, cut, text_of
from index.store.milvus.tally import Tally
from index.store.milvus.tokens import NOTHING, token
from index.store.passage_text import texts
from index.store.values import KINDS, StoredPassage
from index.text.terms import terms_in

_DOCUMENTS = (
    "SELECT id, source, title, url, sha256, language, date, version, sections, text, places, blocks, checksum "
    "FROM documents ORDER BY id"
)

_BYTES = 4 * 2**20
"""Maximum bytes to send at once."""


class Publication:
    """Fills the collections of one generation from the folder that it was built in."""

    def __init__(self, connection: Connection, collection: str, built: Path) -> None:
        self._connection = connection
        self._collection = collection
        self._built = built
        self._tokens = 0
        self._id = 0

    def publish(self) -> None:
        """Create the collections and fill them; the manifest comes last and completes the generation."""
        with (
            closing(Catalogue(self._built / on_disk.DOCUMENTS)) as catalogue,
            closing(Tally(self._built.parent / "tally.sqlite")) as tally,
        ):
            self._create(catalogue.counts()[0])
            self._send(self._collection, self._passages(catalogue, tally))
            self._send(self._collection + layout.WORDS, tally.rows())
            self._send(self._collection + layout.TEXTS, self._texts(catalogue))
            self.settle(self._collection, self._collection + layout.WORDS)
            self._send(self._collection + layout.TEXTS, self._manifest())
            self.settle(self._collection + layout.TEXTS)

    def _create(self, passages: int) -> None:
        dimension = Dense(self._built / on_disk.PASSAGES).dimension
        for name, schema, indices in (
            (self._collection, layout.passages(dimension), layout.indices_of_passages(passages)),
            (self._collection + layout.WORDS, layout.words(), layout.indices("term")),
            (self._collection + layout.TEXTS, layout.texts(), layout.indices("part", "document")),
        ):
            self._connection.ask("create_collection", name, schema=schema, consistency_level="Strong", seconds=PATIENT)
            # otherwise pymilvus sleeps half a second for each, although nothing is there yet; loading waits for them
            self._connection.ask("create_index", name, indices, sync=False, seconds=PATIENT)

    def settle(self, *collections: str) -> None:
        """Have Milvus write collections down and load them, which takes seconds."""
        for name in collections:
            self._connection.ask("flush", name, seconds=PATIENT)
            self._connection.ask("load_collection", name, seconds=PATIENT)

    def _send(self, collection: str, rows: Iterable[dict[str, Any]]) -> None:
        batch: list[dict[str, Any]] = []
        size = 0
        for row in rows:
            weight = _size(row)
            if batch and (len(batch) == layout.ROWS or size + weight > _BYTES):
                self._connection.ask("insert", collection, batch, seconds=PATIENT)
                batch, size = [], 0
            batch.append(row)
            size += weight
        if batch:
            self._connection.ask("insert", collection, batch, seconds=PATIENT)

    def _passages(self, catalogue: Catalogue, tally: Tally) -> Iterator[dict[str, Any]]:
        dense = Dense(self._built / on_disk.PASSAGES)
        with closing(SentenceFile(self._built / on_disk.SENTENCES, dense.dimension)) as sentences:
            yield from self._of_documents(catalogue, dense, sentences, tally)

    def _of_documents(
        self, catalogue: Catalogue, dense: Dense, sentences: SentenceFile, tally: Tally
    ) -> Iterator[dict[str, Any]]:
        for source in catalogue.sources:
            stored = catalogue.passages_of(source.id)
            vectors = dense.vectors(np.array([passage.row for passage in stored], np.int64))
            numbers = {section: number for number, section in reversed([*enumerate(source.sections)])}
            counted: list[list[str]] = []
            for passage, text, vector in zip(stored, texts(catalogue, stored), vectors, strict=True):
                words = list(map(token, terms_in(text.header, text.text, source.language)))
                counted.append(words)
                first, size = passage.first_sentence, len(passage.passage.sentences)
                yield {
                    "row": passage.row,
                    "document": passage.document,
                    "words": _fitting(" ".join(words) or NOTHING, passage.passage.source),
                    "vector": vector,
                    "told": _fitting(_as_json(passage, numbers[passage.passage.section]), passage.passage.source),
                    "sentences": [text_of(each.tobytes()) for each in sentences.stored(first, size)],
                }
            self._tokens += tally.add(source.id, counted)

    def _texts(self, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
        listed = []
        for number, columns in _documents(self._built / on_disk.DOCUMENTS):
            source, title, url, sha256, language, date, version, *_ = columns
            known = catalogue.sources[number]
            span = catalogue.span(range(number, number + 1))
            where = (sha256, span.row, span.passages, span.sentence, span.sentences)
            listed.append((source, title, url, known.sections, language, date, version, *where))
            yield from self._pieces(layout.DOCUMENT, number, [_plain(column) for column in columns])
        yield from self._pieces(layout.SOURCES, -1, {"tokens": self._tokens, "sources": listed})

    def _manifest(self) -> Iterator[dict[str, Any]]:
        text = (self._built / manifest.FILE_NAME).read_text("utf-8")
        yield from self._pieces(layout.MANIFEST, -1, text)

    def _pieces(self, part: str, document: int, value: object) -> Iterator[dict[str, Any]]:
        for piece, data in enumerate(cut(value)):
            yield {
                "id": self._id,
                "part": part,
                "document": document,
                "piece": piece,
                "data": data,
                **layout.NO_VECTOR,
            }
            self._id += 1


def _documents(path: Path) -> Iterator[tuple[int, list[Any]]]:
    """Yield the documents as they are stored: id and columns."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        for number, *columns in database.execute(_DOCUMENTS):
            yield number, columns


def _as_json(stored: StoredPassage, section: int) -> str:
    passage = stored.passage
    sentences = [(s.start, s.end, KINDS.index(s.kind)) for s in passage.sentences]
    blob = text_of(np.array(sentences, np.int32).tobytes())
    fields = (
        passage.start,
        passage.end,
        section,
        passage.page,
        *passage.lines,
        stored.first_sentence,
        stored.key.hex(),
    )
    return json.dumps([*fields, blob], separators=(",", ":"))


def _fitting(text: str, source: str) -> str:
    if len(text) > LONGEST:
        raise BuildError(f"A passage of {source} is longer than Milvus can hold: lower QUOTH_PASSAGE_TOKENS.")
    return text


def _plain(value: object) -> object:
    return text_of(value) if isinstance(value, bytes) else value


def _size(row: dict[str, Any]) -> int:
    """Return the approximate size of a row in bytes."""
    return sum(map(_weight, row.values()))


def _weight(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if isinstance(value, list):
        return sum(map(_weight, value))
    return len(value) if isinstance(value, str) else 8
