"""Downloads a generation from Milvus to disk, for a build to start from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from index.arrays import Vectors
from index.store.disk import dense
from index.store.disk import layout as on_disk
from index.store.disk.base import BuildBase
from index.store.disk.catalogue import Catalogue
from index.store.disk.sentence_file import SentenceFile, SentenceWriter
from index.store.milvus.generation import Generation
from index.store.milvus.layout import ROWS
from index.store.values import KINDS, StoredPassage

_DOCUMENT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PASSAGE = "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@contextmanager
def fetched(generation: Generation, folder: Path) -> Iterator[BuildBase]:
    """Download a generation into the new folder `folder`."""
    folder.mkdir()
    manifest = generation.manifest
    dimension = manifest.recipe.dimension
    with (folder / on_disk.SENTENCES).open("wb") as file:
        sentences = SentenceWriter(file, manifest.counts.sentences, dimension, pack=False)
        dense.write(folder / on_disk.PASSAGES, _fetch(generation, folder / on_disk.DOCUMENTS, sentences))
    with (
        closing(Catalogue(folder / on_disk.DOCUMENTS)) as catalogue,
        closing(SentenceFile(folder / on_disk.SENTENCES, dimension)) as kept,
    ):
        yield BuildBase(folder, manifest, catalogue, dense.Dense(folder / on_disk.PASSAGES), kept, marked=None)


def _fetch(generation: Generation, path: Path, sentences: SentenceWriter) -> Vectors:
    """Write documents and passages to the file `path`, and the sentence vectors; return the passage vectors."""
    counts = generation.manifest.counts
    vectors = np.empty((counts.passages, generation.manifest.recipe.dimension), np.float32)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(on_disk.TABLES)
        for source in generation.catalogue.sources:
            where = generation.catalogue.begins(source.id)
            database.execute(_DOCUMENT, (source.id, source.id, *where, *generation.catalogue.raw(source.id)))
        for start in range(0, counts.passages, ROWS):
            rows = np.arange(start, min(start + ROWS, counts.passages))
            stored = [passage for passage, _ in generation.catalogue.read(rows.tolist())]
            database.executemany(_PASSAGE, map(_row, stored, _sections(generation, stored)))
            vectors[rows] = generation.dense.vectors(rows)
            sentences.put(stored[0].first_sentence, generation.vectors_in(stored))
        database.commit()
        database.executescript(on_disk.INDICES)
    return vectors


def _sections(generation: Generation, stored: list[StoredPassage]) -> Iterator[int]:
    for passage in stored:
        yield generation.catalogue.sources[passage.document].sections.index(passage.passage.section)


def _row(stored: StoredPassage, section: int) -> tuple[object, ...]:
    passage = stored.passage
    blob = np.array([(s.start, s.end, KINDS.index(s.kind)) for s in passage.sentences], np.int32).tobytes()
    where = (passage.start, passage.end, section, passage.page, *passage.lines)
    return (stored.row, stored.document, *where, blob, stored.first_sentence, stored.key)
