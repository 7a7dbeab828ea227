"""Puts questions together that ask for the same: by the model's own vectors, and a little by their words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.arrays import Ids, Vectors
from index.text.language import likely
from index.text.stop_words import content_words

NEAR = 0.42
"""Mean likeness of two groups from which on they are one. The adjusted Rand index is 0.74 there, and above 0.7 from
0.40 to 0.46 (`bench/clusters.py --sweep`)."""

_WORDS = 0.2
"""What the likeness of the words counts beside the cosine of the vectors: without it the index is 0.72."""


_AT_ONCE = 2000


def clustered(vectors: Vectors, texts: Sequence[str], near: float = NEAR, languages: Sequence[str] = ("en",)) -> Ids:
    """Return the number of the cluster of each question, shape (len(vectors),); numbers count from 0.

    `languages` are those that questions may be in.

    Average linkage: groups are joined for as long as the mean likeness between two of them is at least `near`. It takes
    memory for each pair of questions: 25 MB for 2,500 of them.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    count = len(vectors)
    if count < 2:  # noqa: PLR2004 -- a pair is what linkage needs
        return np.zeros(count, np.int64)
    likeness = (vectors @ vectors.T + _WORDS * _words_in_common(texts, languages)) / (1 + _WORDS)
    pairs = np.triu_indices(count, 1)
    tree = linkage(np.clip(1 - likeness[pairs], 0, None), "average")
    return np.asarray(fcluster(tree, 1 - near, "distance"), np.int64) - 1


def assigned(vectors: Vectors, clusters: Sequence[Vectors]) -> Ids:
    """Return for each question the number of the cluster that it is nearest to, -1 where it is near to none.

    A cluster is given as the mean of its questions' vectors, not brought to unit length: the product with it is the
    mean cosine, as average linkage has it. That the words have nothing in common is assumed.
    """
    if not clusters:
        return np.full(len(vectors), -1, np.int64)
    means = np.array(clusters, np.float32).T
    numbers = np.empty(len(vectors), np.int64)
    for at in range(0, len(vectors), _AT_ONCE):
        cosines = vectors[at : at + _AT_ONCE] @ means
        best = cosines.argmax(axis=1)
        is_near = cosines[np.arange(len(best)), best] / (1 + _WORDS) >= NEAR
        numbers[at : at + _AT_ONCE] = np.where(is_near, best, -1)
    return numbers


def _words_in_common(texts: Sequence[str], languages: Sequence[str]) -> Vectors:
    """Return the cosines of the questions' words, weighted by inverse document frequency, shape (texts, texts)."""
    from scipy.sparse import csr_array

    counts = [Counter(map(str.lower, content_words(text, likely(text, languages)[0]))) for text in texts]
    frequencies = Counter(word for words in counts for word in words)
    columns = {word: column for column, word in enumerate(frequencies)}
    values: list[float] = []
    for words in counts:
        weights = [
            (1 + math.log(n)) * (1 + math.log((1 + len(texts)) / (1 + frequencies[word]))) for word, n in words.items()
        ]
        length = math.hypot(*weights) or 1.0
        values += [weight / length for weight in weights]
    numbers = [columns[word] for words in counts for word in words]
    begins = np.cumsum([0, *map(len, counts)])
    shape = (len(texts), max(len(columns), 1))
    matrix = csr_array((np.array(values, np.float32), np.array(numbers, np.int64), begins), shape=shape)
    return np.asarray((matrix @ matrix.T).toarray(), np.float32)
