"""The vectors of a new generation: copied for unchanged passages, encoded for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np

from index.arrays import Rows, Vectors, stretches
from index.encode.encoder import Encoder
from index.records import PassageText
from index.store.disk.base import BuildBase
from index.store.disk.catalogue import Catalogue
from index.store.disk.dense import BLOCK, Dense
from index.store.disk.sentence_file import SentenceWriter
from index.store.passage_text import texts
from index.store.values import StoredPassage

WINDOW = 2048
"""Passages to sort by length and encode together: enough for even batches, few enough for memory."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A move of `passages` rows from `old` to `new`, and likewise of `sentences` rows of sentence vectors."""

    new: int
    old: int
    passages: int
    new_sentence: int
    old_sentence: int
    sentences: int


@dataclass(slots=True)
class VectorPlan:
    """Which vectors are copied from the generation `before`, and the rows, in order, of passages to encode."""

    before: BuildBase | None
    moved: list[Moved] = field(default_factory=list)
    to_encode: list[int] = field(default_factory=list)

    def came_from(self, count: int) -> Rows:
        """Return the row that each of `count` passages had before, or -1 if it is encoded."""
        rows = np.full(count, -1, np.int64)
        for moved in self.moved:
            rows[moved.new : moved.new + moved.passages] = np.arange(moved.old, moved.old + moved.passages)
        return rows


class NewVectors:
    """The vectors of all passages of a new generation, by row: the old ones in the old index, new ones in a file.

    They may exceed memory.
    """

    def __init__(self, plan: VectorPlan, count: int, dimension: int, file: BinaryIO) -> None:
        """`file` receives the encoded vectors, float32, in the order of their rows."""
        self.plan = plan
        self.came_from = plan.came_from(count)
        self.before: Dense | None = plan.before.dense if plan.before else None
        self.dimension = dimension
        self._encoded = np.array(plan.to_encode, np.int64)
        self._file = file

    def __len__(self) -> int:
        """Return how many vectors there are."""
        return len(self.came_from)

    def put(self, row: int, vector: Vectors) -> None:
        """Write the vector of an encoded passage."""
        self._file.seek(4 * self.dimension * int(np.searchsorted(self._encoded, row)))
        self._file.write(vector.astype("<f4").data)

    def at(self, rows: Rows) -> Vectors:
        """Return the vectors at `rows`, shape (len(rows), dimension)."""
        vectors = np.empty((len(rows), self.dimension), np.float32)
        old = self.came_from[rows]
        if self.before is not None and (old >= 0).any():
            vectors[old >= 0] = self.before.vectors(old[old >= 0])
        places = np.searchsorted(self._encoded, rows[old < 0])
        vectors[old < 0] = self._read(places)
        return vectors

    def blocks(self) -> Iterator[Vectors]:
        """Yield all vectors in order, a few thousand at a time."""
        for at in range(0, len(self), BLOCK):
            yield self.at(np.arange(at, min(at + BLOCK, len(self))))

    def _read(self, places: Rows) -> Vectors:
        self._file.flush()
        read = [np.empty((0, self.dimension), np.float32)]
        for run in stretches(places):
            self._file.seek(4 * self.dimension * int(run[0]))
            data = self._file.read(4 * self.dimension * len(run))
            read.append(np.frombuffer(data, "<f4").reshape(-1, self.dimension))
        return np.concatenate(read)


def encode(
    made: NewVectors,
    sentences: SentenceWriter,
    catalogue: Catalogue,
    encoder: Encoder,
    encoded: Callable[[int], None],
) -> None:
    """Encode passages and write the vectors of passages and sentences to their rows.

    `encoded` is called with the number of characters just encoded.
    """
    plan = made.plan
    if plan.before is not None:
        for moved in plan.moved:
            sentences.move(moved.new_sentence, plan.before.sentences, moved.old_sentence, moved.sentences)
    for at in range(0, len(plan.to_encode), WINDOW):
        stored = catalogue.passages(plan.to_encode[at : at + WINDOW])
        alike = _alike(texts(catalogue, stored), stored)
        different = list(alike)
        for i, vector, of_sentences in encoder.passages(different):
            for passage in alike[different[i]]:
                made.put(passage.row, vector)
                sentences.put(passage.first_sentence, of_sentences)
                encoded(passage.passage.end - passage.passage.start)


def _alike(of: Sequence[PassageText], stored: Sequence[StoredPassage]) -> dict[PassageText, list[StoredPassage]]:
    """Return the passages with each text, so that equal texts are encoded once."""
    by_text: dict[PassageText, list[StoredPassage]] = {}
    for text, passage in zip(of, stored, strict=True):
        by_text.setdefault(text, []).append(passage)
    return by_text
