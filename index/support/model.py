"""The support model, which tells whether a sentence follows from what it cites."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.arrays import Vectors
from index.encode.weights import mapped
from index.support.alignment import HEAD, Aligner, Encoded, compared

THRESHOLD = 0.85
"""The chance from which a statement counts as supported: at most 0.02 of each of seven kinds of altered ones pass, and
0.64 of the true ones (`bench/RESULTS.md`)."""


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
        scores, nowhere = self._scored(said.states, *compared(said, cited))
        return float(1 / (1 + np.exp(np.logaddexp.reduce(scores.astype(np.float64)) - nowhere)))

    def _scored(self, states: Vectors, features: Vectors, differences: Vectors) -> tuple[Vectors, float]:
        """Return the score of each token, that it is wrong, and the score that none is."""
        plain = (features - self._head["mean"]) / self._head["scale"]
        own = np.concatenate([plain, self._relu(differences, "project"), self._relu(states, "says")], axis=1)
        hidden = self._relu(beside(own), "hidden")
        hidden = hidden + self._relu(beside(hidden), "further")
        scores = self._linear(hidden, "score")[:, 0]
        stated = np.concatenate([plain.mean(axis=0), plain.min(axis=0), hidden.mean(axis=0)])
        return scores, float(self._linear(stated, "nowhere")[0])

    def _linear(self, rows: Vectors, name: str) -> Vectors:
        return np.asarray(rows @ self._head[f"{name}.weight"].T + self._head[f"{name}.bias"], np.float32)

    def _relu(self, rows: Vectors, name: str) -> Vectors:
        return np.maximum(self._linear(rows, name), 0)


def beside(rows: Vectors) -> Vectors:
    """Return what is known of each token with what is known of its neighbours before and after it, 0 where none is."""
    none = np.zeros((1, rows.shape[1]), np.float32)
    return np.concatenate([np.vstack([none, rows[:-1]]), rows, np.vstack([rows[1:], none])], axis=1)
