"""Clusters the vectors of a large generation, and measures how many clusters a search must look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.arrays import Rows, Vectors, are_unit
from index.build.recall import AIM, FLOOR, least_scores, recall
from index.build.vectors import NewVectors
from index.store.disk import clusters, dense
from index.store.disk.clusters import Clusters
from index.store.manifest import Clustering

_FEWEST = 8
"""The smallest number of clusters to look at."""

_LEFT = 0.002
"""Recall given up for speed, compared with looking at all clusters."""

_OUTGROWN = 2.0
"""Clusters are reused until there are this many times more, or fewer, vectors than they were trained for."""


def write(path: Path, vectors: NewVectors, before: Clustering | None, questions: Vectors) -> Clustering | None:
    """Write a clustered index and return its parameters.

    Return None, writing nothing, if no clustered index reaches the recall floor with unit-length vectors. `before` has
    the parameters of the index to reuse vectors from; its clusters are kept unless outgrown. `questions`, shape (n,
    dimension), measure recall against exact search.
    """
    least = least_scores(vectors.blocks(), questions)
    for index, trained, probes in _ways(vectors, before):
        trial = _Trial(index, vectors, questions, least)
        share = trial.recall(probes) if probes else trial.fewest()
        if share >= FLOOR and trial.is_sound():
            index.set_direct_map_type(faiss.DirectMap.NoMap)  # type: ignore[attr-defined]
            dense.write_index(path, index)
            return Clustering(
                clusters=index.nlist,
                looked_at=index.nprobe,
                trained=trained,
                bytes=index.code_size // vectors.dimension,
                recall=round(share, 4),
                sample=len(questions),
            )
    return None


def _ways(vectors: NewVectors, before: Clustering | None) -> Iterator[tuple[Any, int, int]]:
    """Yield indexes of all vectors, cheapest first.

    With each come the number of vectors that its clusters were trained for, and how many clusters were enough for the
    index before if its clusters are reused, otherwise 0.
    """
    count = len(vectors)
    if before is not None and vectors.before is not None and 1 / _OUTGROWN < count / before.trained < _OUTGROWN:
        index = faiss.read_index(str(vectors.before.path))
        yield _filled(index, clusters.renumbered(index, vectors.came_from), vectors), before.trained, before.looked_at
    sample = vectors.at(clusters.sample_for(count))
    for size in (1, 2):
        yield _filled(clusters.trained(sample, count, size), np.arange(count), vectors), count, 0


def _filled(index: Any, lacking: Rows, vectors: NewVectors) -> Any:
    for at in range(0, len(lacking), dense.BLOCK):
        rows = lacking[at : at + dense.BLOCK]
        index.add_with_ids(vectors.at(rows), rows)
    return index


class _Trial:
    """Measures how many clusters an index must look at, and whether its vectors keep their length."""

    def __init__(self, index: Any, vectors: NewVectors, questions: Vectors, least: Vectors) -> None:
        self._index = index
        self._clusters = Clusters(index)
        self._vectors, self._questions, self._least = vectors, questions, least

    def fewest(self) -> float:
        """Set the smallest sufficient number of clusters, found by doubling, and return the recall."""
        wanted = min(AIM, self.recall(self._index.nlist) - _LEFT)
        probes = _FEWEST
        while (share := self.recall(probes)) < wanted:
            probes *= 2
        return share

    def is_sound(self) -> bool:
        """Return whether all stored vectors keep their length: one-byte codes clip values outside their range."""
        starts = range(0, self._index.ntotal, dense.BLOCK)
        return all(are_unit(self._index.reconstruct_n(at, min(dense.BLOCK, self._index.ntotal - at))) for at in starts)

    def recall(self, probes: int) -> float:
        """Set the number of clusters to look at, and return the recall."""
        self._index.nprobe = min(probes, self._index.nlist)
        return recall(
            lambda question: _search(self._clusters, question), self._vectors.at, self._questions, self._least
        )


def _search(measured: Clusters, question: Vectors) -> Rows:
    _, rows = measured.search(question, 10, None, None)
    return np.asarray(rows[0][rows[0] >= 0])
