"""BM25 as tantivy computes it, to the last digit, so that Milvus ranks as the index on disk does.

Milvus finds passages with its own BM25, which may use other weights and count each segment by itself (Milvus Lite does
both).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.arrays import Vectors
from index.text.terms import idf

_K1, _B = np.float32(1.2), np.float32(0.75)


def _lengths() -> npt.NDArray[np.int64]:
    """Return the lengths that Lucene's one-byte encoding distinguishes: all up to 40, then ever fewer."""
    steps = [1] * 40 + [2 << octave for octave in range(27) for _ in range(8)]
    return np.concatenate([[0], np.cumsum(steps)])[:256]


_LENGTHS = _lengths()


def scores(
    words: Sequence[Sequence[str]], terms: Sequence[tuple[str, int, float]], passages: int, tokens: int
) -> Vectors:
    """Return the score of each passage, given as its `words`.

    Each of `terms` has the number of passages that contain it, and what its part of the score is multiplied by.
    `passages` and `tokens` are the totals of the index.
    """
    average = np.float32(tokens) / np.float32(max(passages, 1))
    lengths = np.array([len(passage) for passage in words], np.int64)
    rounded = _LENGTHS[np.searchsorted(_LENGTHS, lengths, side="right") - 1].astype(np.float32)
    norm = _K1 * (1 - _B + _B * rounded / average)
    result = np.zeros(len(words), np.float32)
    for term, count, weight in terms:
        often = np.array([passage.count(term) for passage in words], np.float32)
        result += np.float32(weight * idf(count, passages)) * (1 + _K1) * (often / (often + norm))
    return result
