"""The support model, which tells whether a sentence follows from what it cites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from index.arrays import Vectors
from index.encode.weights import mapped
from index.support.alignment import HEAD, Aligner, Encoded, compared
from index.support.order import signs

THRESHOLD = 0.75
"""The chance from which a statement counts as supported: at most 0.02 of each of seven kinds of altered ones pass, and
0.7 of the true ones (`bench/RESULTS.md`)."""

ORDER = Path(__file__).with_name("order.safetensors")
"""The weights of what is made of the head's odds and of the order of the words."""

MOST_ODDS, MOST_SCALED = 12.0, 3.0
"""Log odds of the head, and deviations from the mean of a sign, beyond which nothing is told apart: few lie there."""


class SupportModel:
    """Scores the words of a statement that what it cites does not bear out; see `MODEL_CARD.md`.

    A small head over the token states of the default model, and a last look at the order of the words. Not safe to be
    called from several threads at once.
    """

    def __init__(self, head: Path = HEAD, order: Path = ORDER) -> None:
        """Map the weights; raises `ModelError` where they cannot be read."""
        self._aligner = Aligner()
        self._head = mapped(head)
        self._order = mapped(order)

    def chances(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return for each statement, with the text that it cites, the chance (0 to 1) that it is supported.

        A statement that is empty, or too long to be read whole, gets 0.
        """
        return [
            _share(self._weighed(odds, signs(*pair))) if odds > -np.inf else 0.0
            for pair, odds in zip(pairs, self.log_odds(pairs), strict=True)
        ]

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return what the head alone says, as log odds: minus infinity for a statement that it cannot read."""
        texts = list(dict.fromkeys(text for pair in pairs for text in pair if self._aligner.reads_whole(pair[0])))
        encoded = dict(zip(texts, self._aligner.encoded(texts), strict=True)) if texts else {}
        return [self._odds(encoded.get(said), encoded.get(cited)) for said, cited in pairs]

    def _odds(self, said: Encoded | None, cited: Encoded | None) -> float:
        if said is None or cited is None or not len(cited.ids):
            return -np.inf
        scores, nowhere = self._scored(said.states, *compared(said, cited))
        return float(nowhere - np.logaddexp.reduce(scores.astype(np.float64)))

    def _weighed(self, odds: float, seen: Vectors) -> float:
        """Return the log odds of support by those of the head and by how the words follow what is cited."""
        terms = products(np.append(np.clip(odds, -MOST_ODDS, MOST_ODDS), seen)[None, :], self._order)
        return float((terms @ self._order["weight"] + self._order["bias"])[0])

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


def products(rows: Vectors, scales: Mapping[str, Vectors]) -> Vectors:
    """Return some rows of numbers brought to one scale, and beside them all products of two of them."""
    plain = np.clip((rows - scales["mean"]) / scales["scale"], -MOST_SCALED, MOST_SCALED)
    first, second = np.triu_indices(rows.shape[1])
    return np.asarray(np.concatenate([plain, plain[:, first] * plain[:, second]], axis=1), np.float32)


def _share(odds: float) -> float:
    return float(np.exp(-np.logaddexp(0.0, -odds)))


def beside(rows: Vectors) -> Vectors:
    """Return what is known of each token with what is known of its neighbours before and after it, 0 where none is."""
    none = np.zeros((1, rows.shape[1]), np.float32)
    return np.concatenate([np.vstack([none, rows[:-1]]), rows, np.vstack([rows[1:], none])], axis=1)
