"""Measures recall: how many of the nearest vectors a search finds, compared with exact search."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import faiss
import numpy as np

from index.arrays import Rows, Vectors, unit

NEAREST = 10

FLOOR = 0.98
"""Minimum recall@10; an index below it is not used."""

AIM = 0.99
"""Target recall@10."""

SAMPLE = 256

_MIXED = 6
"""Sentences whose mean serves as a question, because real questions lie farther from passages than their sentences do.
Over generated passages the tenth nearest has a cosine of 0.51 to 0.55 with a real question, 0.80 to 0.85 with a
sentence, and 0.44 to 0.47 with the mean of six. Where sentences need 8 clusters, means of six need 64 to 128, and real
questions about 64 (`bench/RESULTS.md`)."""

_AS_NEAR = 1e-5
"""Equal passages are equally near but for the rounding of float32, so either counts as found."""


def questions(count: int, vectors_at: Callable[[Rows], Vectors]) -> Vectors:
    """Return questions, shape (n, dimension): means of the vectors of some of `count` sentences."""
    chosen = np.random.default_rng(0).integers(0, count, (min(count, SAMPLE), _MIXED))
    return unit(vectors_at(chosen.ravel()).reshape(*chosen.shape, -1).sum(axis=1))


def least_scores(blocks: Iterable[Vectors], questions: Vectors) -> Vectors:
    """Return the cosine of the tenth nearest of all vectors to each question, shape (len(questions),)."""
    best = np.full((len(questions), NEAREST), -np.inf, np.float32)
    for block in blocks:
        scores, _ = faiss.knn(questions, block, min(NEAREST, len(block)), metric=faiss.METRIC_INNER_PRODUCT)
        best = np.sort(np.concatenate([best, scores], axis=1), axis=1)[:, -NEAREST:]
    return np.asarray(best[:, 0])


def recall(
    search: Callable[[Vectors], Rows], vectors_at: Callable[[Rows], Vectors], questions: Vectors, least: Vectors
) -> float:
    """Return the share of the ten nearest that `search` finds; `least` is `least_scores` of these questions."""
    hits = 0
    for question, score in zip(questions, least, strict=True):
        rows = search(question)[:NEAREST]
        hits += int((vectors_at(rows) @ question >= score - _AS_NEAR).sum())
    return hits / (NEAREST * len(questions))
