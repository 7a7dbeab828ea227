"""Whether the vectors of a new generation are put into clusters, and how many of these must be looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index import clusters, dense
from index.clusters import Clusters
from index.encoder import Vectors
from index.manifest import Clustering
from index.numbered import Rows
from index.recall import AIM, FLOOR, least_scores, recall
from index.vectors import NewVectors

_FEWEST = 8
"""Clusters that are looked at, at least."""

_OUTGROWN = 2.0
"""How many times more, or fewer, vectors than clusters were found for they serve."""


def write(path: Path, vectors: NewVectors, before: Clustering | None, questions: Vectors) -> Clustering | None:
    """Write an index in clusters, and return how it is made up; write none where it finds too little.

    `before` is how the index that vectors are taken over from is made up: its clusters serve where they are not
    outgrown. `questions`, shape (n, dimension), are what recall is measured with, against exact search.
    """
    index, trained = _filled(vectors, before)
    least = least_scores(vectors.blocks(), questions)
    found, probes = 0.0, max(_FEWEST, before.looked_at // 2 if before else 0)
    measured = Clusters(index)
    while found < AIM and probes < 2 * index.nlist:
        index.nprobe = min(probes, index.nlist)
        found = recall(lambda one: _search(measured, one), vectors.at, questions, least)
        probes *= 2
    if found < FLOOR:
        return None
    index.set_direct_map_type(faiss.DirectMap.NoMap)  # type: ignore[attr-defined]
    dense.write_index(path, index)
    return Clustering(
        clusters=index.nlist, looked_at=index.nprobe, trained=trained, recall=round(found, 4), sample=len(questions)
    )


def _filled(vectors: NewVectors, before: Clustering | None) -> tuple[Any, int]:
    """Return an index of all vectors, and how many there were when its clusters were found."""
    count = len(vectors)
    if before is not None and vectors.before is not None and 1 / _OUTGROWN < count / before.trained < _OUTGROWN:
        index, trained = faiss.read_index(str(vectors.before.path)), before.trained
        lacking = clusters.renumbered(index, vectors.came_from)
    else:
        index, trained = clusters.made(vectors.at(clusters.sample_for(count)), count), count
        lacking = np.arange(count)
    for at in range(0, len(lacking), dense.BLOCK):
        rows = lacking[at : at + dense.BLOCK]
        index.add_with_ids(vectors.at(rows), rows)
    return index, trained


def _search(measured: Clusters, question: Vectors) -> Rows:
    _, rows = measured.search(question, 10, None, None)
    return np.asarray(rows[0][rows[0] >= 0])
