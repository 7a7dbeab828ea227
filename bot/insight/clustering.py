"""Puts questions together that ask for the same: by the model's own vectors, and a little by their words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.arrays import Ids, Vectors

NEAR = 0.42
"""Mean likeness of two groups from which on they are one. The adjusted Rand index is 0.75 there, and above 0.7 from
0.40 to 0.46 (`bench/clusters.py --sweep`)."""

_WORDS = 0.2
"""What the likeness of the words counts beside the cosine of the vectors: without it the index is 0.72."""


def clustered(vectors: Vectors, texts: Sequence[str], near: float = NEAR) -> Ids:
    """Return the number of the cluster of each question, shape (len(vectors),); numbers count from 0.

    Average linkage: groups are joined for as long as the mean likeness between two of them is at least `near`. It takes
    memory for each pair of questions: 25 MB for 2,500 of them.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    count = len(vectors)
    if count < 2:  # noqa: PLR2004 -- a pair is what linkage needs
        return np.zeros(count, np.int64)
    likeness = (vectors @ vectors.T + _WORDS * _words_in_common(texts)) / (1 + _WORDS)
    pairs = np.triu_indices(count, 1)
    tree = linkage(np.clip(1 - likeness[pairs], 0, None), "average")
    return np.asarray(fcluster(tree, 1 - near, "distance"), np.int64) - 1


def _words_in_common(texts: Sequence[str]) -> Vectors:
    """Return the cosines of the questions' words, weighted by inverse document frequency, shape (texts, texts)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    try:
        words = TfidfVectorizer(stop_words="english", sublinear_tf=True, dtype=np.float32).fit_transform(texts)
    except ValueError:  # there are stop words alone
        return np.zeros((len(texts), len(texts)), np.float32)
    return np.asarray((words @ words.T).toarray(), np.float32)
