"""How many of the nearest vectors a search finds: measured against exact search, on a sample of questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import faiss
import numpy as np

from index.encoder import Vectors
from index.numbered import Rows

NEAREST = 10

FLOOR = 0.98
"""Share of the ten nearest that must be found: below it an index is not used."""

AIM = 0.988
"""What is tried for. Questions lie farther from passages than the sentences that it is measured with: for 200 real ones
over 113,301 passages 0.92 was found where these said 0.99 (`bench/RESULTS.md`)."""

SAMPLE = 256

_AS_NEAR = 1e-5
"""Passages that say the same are as near as each other, but for the rounding of float32: either is right."""


def sample(count: int) -> Rows:
    """Return the rows, of so many sentences, that serve as questions."""
    chosen = np.random.default_rng(0).choice(count, min(count, SAMPLE), replace=False)
    return np.sort(chosen).astype(np.int64)


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
    found = 0
    for question, score in zip(questions, least, strict=True):
        rows = search(question)[:NEAREST]
        found += int((vectors_at(rows) @ question >= score - _AS_NEAR).sum())
    return found / (NEAREST * len(questions))
