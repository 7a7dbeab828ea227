"""The vectors of a new generation: taken over where nothing has changed, encoded where something has."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from index.catalogue import Catalogue, StoredPassage
from index.encoder import Encoder, PassageText, Vectors
from index.kept import Kept
from index.records import Passage

WINDOW = 2048
"""Passages that are sorted by length and encoded together: enough to fill even batches, few enough for memory."""


@dataclass(frozen=True, slots=True)
class Moved:
    """`passages` rows from `old` on become those from `new` on, and likewise `sentences` rows of sentence vectors."""

    new: int
    old: int
    passages: int
    new_sentence: int
    old_sentence: int
    sentences: int


@dataclass(slots=True)
class VectorPlan:
    """Which vectors are taken over from the generation `before`, and the rows of the passages to be encoded."""

    before: Kept | None
    moved: list[Moved] = field(default_factory=list)
    to_encode: list[int] = field(default_factory=list)


def header(title: str, section: tuple[str, ...]) -> str:
    """Return what goes before a passage when it is encoded and searched by words: its title and section."""
    return " › ".join((title, *section))


def passage_text(title: str, text: str, passage: Passage) -> PassageText:
    """Return what is encoded for a passage of a document with this `title` and `text`."""
    sentences = tuple((s.start - passage.start, s.end - passage.start) for s in passage.sentences)
    return PassageText(header(title, passage.section), text[passage.start : passage.end], sentences)


def key(fingerprint: str, text: PassageText) -> bytes:
    """Return a hash of all that a passage's vectors depend on: the model, and what is encoded."""
    parts = (fingerprint, text.header, text.text, repr(text.sentences))
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).digest()


def make(
    plan: VectorPlan,
    catalogue: Catalogue,
    encoder: Encoder,
    sentence_file: Path,
    encoded: Callable[[int], None],
) -> Vectors:
    """Write the sentence vectors (float16) to `sentence_file` and return those of the passages, by row.

    `encoded` is called with the number of characters that have just been encoded.
    """
    passages, sentences = catalogue.counts()
    vectors = np.empty((passages, encoder.dimension), np.float32)
    with sentence_file.open("wb") as file:
        sentence_vectors = _Rows(file, (sentences, encoder.dimension))
        if plan.before is not None:
            old = plan.before.dense.all_vectors()
            for moved in plan.moved:
                vectors[moved.new : moved.new + moved.passages] = old[moved.old : moved.old + moved.passages]
                there = slice(moved.old_sentence, moved.old_sentence + moved.sentences)
                sentence_vectors.put(moved.new_sentence, plan.before.sentences[there])
        for at in range(0, len(plan.to_encode), WINDOW):
            stored = catalogue.passages(plan.to_encode[at : at + WINDOW])
            alike = _alike(texts(catalogue, stored), stored)
            different = list(alike)
            for i, vector, of_sentences in encoder.passages(different):
                for one in alike[different[i]]:
                    vectors[one.row] = vector
                    sentence_vectors.put(one.first_sentence, of_sentences.astype(np.float16))
                    encoded(one.passage.end - one.passage.start)
    return vectors


def _alike(of: Sequence[PassageText], stored: Sequence[StoredPassage]) -> dict[PassageText, list[StoredPassage]]:
    """Return the passages that each text stands for: what is said many times over is encoded once."""
    found: dict[PassageText, list[StoredPassage]] = {}
    for text, one in zip(of, stored, strict=True):
        found.setdefault(text, []).append(one)
    return found


class _Rows:
    """Rows of a `.npy` file, written in any order; not by mapping it, which on a full disk ends the process."""

    def __init__(self, file: BinaryIO, shape: tuple[int, int]) -> None:
        np.lib.format.write_array_header_1_0(file, {"descr": "<f2", "fortran_order": False, "shape": shape})
        self._file = file
        self._start = file.tell()
        self._row_bytes = 2 * shape[1]

    def put(self, row: int, vectors: npt.NDArray[np.float16]) -> None:
        self._file.seek(self._start + row * self._row_bytes)
        self._file.write(np.ascontiguousarray(vectors).data)


def texts(catalogue: Catalogue, stored: Sequence[StoredPassage]) -> list[PassageText]:
    """Return what is encoded for each of `stored`."""
    return list(_texts(catalogue, stored))


def _texts(catalogue: Catalogue, stored: Sequence[StoredPassage]) -> Iterator[PassageText]:
    for one in stored:
        document = catalogue.document_by_id(one.document)
        yield passage_text(document.title, document.text, one.passage)
