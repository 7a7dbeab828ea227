"""The support model, which tells whether a sentence follows from what it cites."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.arrays import Vectors
from index.encode.weights import mapped
from index.support.alignment import FEATURES, HEAD, Aligner, Encoded, compared

STATED = 2 * FEATURES
"""Features of a statement: the means and the smallest of those of its tokens."""

THRESHOLD = 0.9
"""The chance from which a statement counts as supported: at most 0.01 of altered ones pass, and 0.42 of the true ones
(`bench/RESULTS.md`)."""


class SupportModel:
    """Scores the words of a statement that what it cites does not bear out; see `MODEL_CARD.md`.

    A small head over the token states of the default model. Not safe to be called from several threads at once.
    """

    def __init__(self, head: Path = HEAD) -> None:
        """Map the weights; raises `ModelError` where they cannot be read."""
        self._aligner = Aligner()
        self._head = mapped(head)

    def chances(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return for each statement, with the text that it cites, the chance (0 to 1) that it is supported.

        A statement that is empty, or too long to be read whole, gets 0.
        """
        texts = list(dict.fromkeys(text for pair in pairs for text in pair if self._aligner.reads_whole(pair[0])))
        encoded = dict(zip(texts, self._aligner.encoded(texts), strict=True)) if texts else {}
        return [self._chance(encoded.get(said), encoded.get(cited)) for said, cited in pairs]

    def _chance(self, said: Encoded | None, cited: Encoded | None) -> float:
        if said is None or cited is None or not len(cited.ids):
            return 0.0
        scores, nowhere = self._scored(*compared(said, cited))
        return float(1 / (1 + np.exp(np.logaddexp.reduce(scores.astype(np.float64)) - nowhere)))

    def _scored(self, features: Vectors, differences: Vectors) -> tuple[Vectors, float]:
        """Return the score of each token, that it is wrong, and the score that none is."""
        plain = (features - self._head["mean"]) / self._head["scale"]
        own = np.concatenate([plain, self._relu(differences, "project")], axis=1)
        none = np.zeros((1, own.shape[1]), np.float32)
        beside = np.concatenate([np.vstack([none, own[:-1]]), own, np.vstack([own[1:], none])], axis=1)
        scores = self._linear(self._relu(beside, "hidden"), "score")[:, 0]
        stated = np.concatenate([plain.mean(axis=0), plain.min(axis=0)])
        return scores, float(self._linear(stated, "nowhere")[0])

    def _linear(self, rows: Vectors, name: str) -> Vectors:
        return np.asarray(rows @ self._head[f"{name}.weight"].T + self._head[f"{name}.bias"], np.float32)

    def _relu(self, rows: Vectors, name: str) -> Vectors:
        return np.maximum(self._linear(rows, name), 0)
