"""Brings what a build takes over from Milvus to the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import layout as on_disk
from index.catalogue import KINDS, Catalogue, StoredPassage
from index.encoder import Vectors
from index.milvus.generation import Generation
from index.milvus.layout import ROWS

_DOCUMENT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PASSAGE = "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched; itself the holder of the passages' vectors."""

    catalogue: Catalogue
    sentences: npt.NDArray[np.float16]
    vectors: Vectors

    @property
    def dense(self) -> Fetched:
        """What has the vectors of the passages."""
        return self

    def all_vectors(self) -> Vectors:
        """Return the vectors of all passages."""
        return self.vectors


@contextmanager
def fetched(generation: Generation, folder: Path) -> Iterator[Fetched]:
    """Fetch a generation into the new folder `folder`."""
    folder.mkdir()
    path = folder / on_disk.DOCUMENTS
    counts, dimension = generation.manifest.counts, generation.manifest.recipe.dimension
    vectors = np.lib.format.open_memmap(
        folder / "passages.npy", mode="w+", dtype=np.float32, shape=(counts.passages, dimension)
    )
    sentences = np.lib.format.open_memmap(
        folder / on_disk.SENTENCES, mode="w+", dtype=np.float16, shape=(max(counts.sentences, 1), dimension)
    )
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(on_disk.TABLES)
        for source in generation.catalogue.sources:
            database.execute(_DOCUMENT, (source.id, *generation.catalogue.raw(source.id)))
        for start in range(0, counts.passages, ROWS):
            rows = np.arange(start, min(start + ROWS, counts.passages))
            stored = [one for one, _ in generation.catalogue.read(rows.tolist())]
            database.executemany(_PASSAGE, map(_row, stored, _sections(generation, stored)))
            vectors[rows] = generation.dense.vectors(rows)
            first = stored[0].first_sentence
            found = generation.vectors_in(stored)
            sentences[first : first + len(found)] = found.astype(np.float16)
        database.commit()
        database.executescript(on_disk.INDICES)
    with closing(Catalogue(path)) as catalogue:
        yield Fetched(catalogue, sentences, vectors)


def _sections(generation: Generation, stored: list[StoredPassage]) -> Iterator[int]:
    for one in stored:
        yield generation.catalogue.sources[one.document].sections.index(one.passage.section)


def _row(stored: StoredPassage, section: int) -> tuple[object, ...]:
    passage = stored.passage
    blob = np.array([(s.start, s.end, KINDS.index(s.kind)) for s in passage.sentences], np.int32).tobytes()
    where = (passage.start, passage.end, section, passage.page, *passage.lines)
    return (stored.row, stored.document, *where, blob, stored.first_sentence, stored.key)
