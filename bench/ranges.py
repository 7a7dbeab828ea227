"""How wide a range a byte tells: what it costs in recall, and what it cuts off. Clusters over made passages.

    python bench/ranges.py [--passages 400000] [--work DIR]

Questions are real ones (`bench/large.py`) and those that a build measures with (`index/build/recall.py`). `off` is
how far the length of a vector, as it is stored, lies from 1 at most.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import chain
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from large import BLOCK, real_questions
from large_made import Made, real
from tables import show, write

from index.arrays import Vectors
from index.build.recall import least_scores, questions, recall
from index.encode.local import load_encoder
from index.store.disk import clusters

LOOKED_AT = (64, 256)
_KINDS = faiss.ScalarQuantizer
WAYS = {
    "the sample's own, and a fifth": (_KINDS.RS_minmax, 0.2),
    "the sample's own": (_KINDS.RS_minmax, 0.0),
    "5 deviations": (_KINDS.RS_meanstd, 5.0),
    "4 deviations": (_KINDS.RS_meanstd, 4.0),
    "3.5 deviations": (_KINDS.RS_meanstd, 3.5),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=400_000)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "large")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder(device="cpu")
    made = Made(real(given.work, encoder), given.passages)
    vectors = np.concatenate([made.vectors(rows) for rows in _blocks(given.passages)])
    asked = {
        "real": real_questions(encoder, 300),
        "measured": questions(given.passages, lambda rows: _sentences(made, rows)),
    }
    least = {name: least_scores([vectors], of_kind) for name, of_kind in asked.items()}
    sample = vectors[clusters.sample_for(given.passages)]
    base = clusters.trained(sample, given.passages)
    rows = []
    for way, (kind, argument) in WAYS.items():
        index = _index(base, sample, kind, argument)
        for block in _blocks(given.passages):
            index.add(vectors[block])
        recalls = [_recalls(index, vectors, of_kind, least[name]) for name, of_kind in asked.items()]
        rows.append((way, *(f"{figure:.3f}" for figure in chain(*recalls)), f"{_off(index):.3f}"))
    looked = [
        "real questions, 64 clusters", "256", "all",
        "measured, 64", "256", "all",
    ]  # fmt: skip
    show(("range", *looked, "length off by at most"), rows)
    write("ranges", {"passages": given.passages, "rows": rows})


def _blocks(count: int) -> list[Any]:
    return [np.arange(at, min(at + BLOCK, count)) for at in range(0, count, BLOCK)]


def _sentences(made: Made, rows: Any) -> Vectors:
    return np.concatenate([made.sentence_vectors(int(row), 1) for row in rows])


def _index(base: Any, sample: Vectors, kind: int, argument: float) -> Any:
    """Return an empty index with the clusters of `base` and another range."""
    index = faiss.IndexIVFScalarQuantizer(
        base.quantizer, base.d, base.nlist, _KINDS.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.sq.rangestat, index.sq.rangestat_arg = kind, argument
    index.train(sample)
    return index


def _recalls(index: Any, vectors: Vectors, questions: Vectors, least: Vectors) -> list[float]:
    """Return the recall of looking at so many clusters, then at all."""
    searched = clusters.Clusters(index)

    def nearest(question: Vectors) -> Any:
        rows = searched.search(question, 10, None, None)[1][0]
        return rows[rows >= 0]

    recalls = []
    for probes in (*LOOKED_AT, index.nlist):
        index.nprobe = probes
        recalls.append(recall(nearest, vectors.__getitem__, questions, least))
    return recalls


def _off(index: Any) -> float:
    stored = (index.reconstruct_n(int(block[0]), len(block)) for block in _blocks(index.ntotal))
    return float(max(np.abs(np.linalg.norm(vectors, axis=1) - 1).max() for vectors in stored))


if __name__ == "__main__":
    main()
