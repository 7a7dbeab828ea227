"""Search by meaning: the vectors of passages, in a FAISS index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.errors import DamagedError

Rows = npt.NDArray[np.int64]


def write(path: Path, vectors: Vectors) -> None:
    """Write an index over `vectors`, shape (n, dimension) and of unit length, so that inner product is cosine."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors))
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:  # how FAISS tells of anything that goes wrong on disk
        raise OSError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Only:
    """Rows that alone are searched, as FAISS wants them; the bits must live as long as what reads them."""

    selector: Any
    bits: npt.NDArray[np.uint8]


def only(rows: Rows, count: int) -> Only:
    """Return what keeps a search to `rows` of the `count` that there are: made once, it costs a search nothing."""
    chosen = np.zeros(count, bool)
    chosen[rows] = True
    bits = np.packbits(chosen, bitorder="little")
    return Only(faiss.IDSelectorBitmap(bits), bits)  # type: ignore[call-arg, arg-type]


class Dense:
    """The vectors of a generation's passages, searched exactly."""

    def __init__(self, path: Path) -> None:
        """Open the index at `path`; raises `DamagedError` where it cannot be read."""
        try:
            self._index = faiss.read_index(str(path))
        except (RuntimeError, MemoryError) as error:
            raise DamagedError(f"{path} cannot be read: run `quoth index build`.") from error

    def __len__(self) -> int:
        """Return how many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""
        return int(self._index.d)

    def only(self, rows: Rows) -> Only:
        """Return what keeps a search to `rows`."""
        return only(rows, len(self))

    def search(self, vector: Vectors, limit: int, inside: Only | None = None) -> tuple[Rows, Vectors]:
        """Return the rows nearest to `vector` (dimension,) and their cosines, best first, at most `limit`.

        Where `inside` is given, nothing else is a candidate.
        """
        parameters = None
        if inside is not None:
            parameters = faiss.SearchParameters(sel=inside.selector)  # type: ignore[call-arg]
        scores, found = self._index.search(vector[None, :], min(limit, len(self)), params=parameters)
        there = found[0] >= 0  # FAISS pads short results with -1
        return found[0][there], scores[0][there]

    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors at `rows`, shape (len(rows), dimension)."""
        return np.asarray(self._index.reconstruct_batch(rows), np.float32).reshape(-1, self.dimension)

    def all_vectors(self) -> Vectors:
        """Return a copy of all vectors, shape (n, dimension)."""
        return np.asarray(self._index.reconstruct_n(0, len(self)), np.float32)
