"""Dense search: the vectors of passages in a FAISS index, exact for few and clustered for many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.arrays import Rows, Vectors
from index.errors import DamagedError
from index.store import base
from index.store.disk.clusters import Clusters

BLOCK = 16_384
"""Vectors to read at once if there may be too many for memory."""


def write(path: Path, vectors: Vectors) -> None:
    """Write an exact index over `vectors`, shape (n, dimension) and of unit length: inner product is cosine."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors))
    write_index(path, index)


def write_index(path: Path, index: Any) -> None:
    """Write one of FAISS's indexes."""
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:  # how FAISS reports any error of the disk
        raise OSError(str(error)) from error


@dataclass(frozen=True, slots=True)
class RowFilter:
    """A filter of rows in FAISS's form; the bits must live as long as the selector that reads them.

    `sizes` is how many of the rows each cluster has, if there are clusters.
    """

    selector: Any
    bits: npt.NDArray[np.uint8]
    sizes: Rows | None


class Dense(base.Dense):
    """The vectors of a generation's passages."""

    def __init__(self, path: Path) -> None:
        """Open the index at `path`; raises `DamagedError` if it cannot be read.

        A clustered index is memory-mapped, not copied.
        """
        self.path = path
        try:
            self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
            self._clusters = Clusters(self._index) if isinstance(self._index, faiss.IndexIVF) else None
        except (RuntimeError, MemoryError) as error:
            raise DamagedError(f"{path} cannot be read: run `quoth index build`.") from error
        self.dimension = int(self._index.d)

    def __len__(self) -> int:
        """Return how many vectors there are."""
        return int(self._index.ntotal)

    def filter_of(self, rows: Rows) -> RowFilter:
        """Return a filter that restricts searches to `rows`, for use in many searches."""
        chosen = np.zeros(len(self), bool)
        chosen[rows] = True
        bits = np.packbits(chosen, bitorder="little")
        selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
        return RowFilter(selector, bits, self._clusters.sizes_of(rows) if self._clusters else None)

    def search(self, vector: Vectors, limit: int, inside: RowFilter | None = None) -> tuple[Rows, Vectors]:
        """Return the rows nearest to `vector` (dimension,) and their cosines, best first, at most `limit`.

        With a filter `inside`, nothing outside it is a candidate.
        """
        selector = inside.selector if inside else None
        limit = min(limit, len(self))
        if self._clusters is not None:
            scores, rows = self._clusters.search(vector, limit, selector, inside.sizes if inside else None)
        else:
            parameters = faiss.SearchParameters(sel=selector) if inside else None  # type: ignore[call-arg]
            scores, rows = self._index.search(vector[None, :], limit, params=parameters)
        there = rows[0] >= 0  # FAISS pads short results with -1
        return rows[0][there], scores[0][there]

    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors at `rows`, shape (len(rows), dimension); raises `DamagedError` if a row is missing."""
        try:
            vectors = self._index.reconstruct_batch(rows)
        except RuntimeError as error:  # how FAISS reports a missing row
            raise DamagedError(f"{self.path} lacks passages that the index names: run `quoth index build`.") from error
        return np.asarray(vectors, np.float32).reshape(-1, self.dimension)

    def blocks(self) -> Iterator[Vectors]:
        """Yield copies of all vectors in order, a few thousand at a time."""
        for at in range(0, len(self), BLOCK):
            yield np.asarray(self._index.reconstruct_n(at, min(BLOCK, len(self) - at)), np.float32)
