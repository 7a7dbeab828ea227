"""The model in this process: one forward pass gives a passage's vector and one for each of its sentences."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.arrays import Ids, Vectors, unit
from index.encode import probes
from index.encode.encoder import Encoder
from index.records import PassageText

BATCH_TOKENS = 4096
"""Tokens a batch, padding included: enough to keep two cores busy, few enough for the cache."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens, including the model's special ones.

    For each token its id, the offset at which it begins, and whether it belongs to the text.
    """

    text: str
    ids: list[int]
    starts: Ids
    ordinary: npt.NDArray[np.bool_]


class InProcessEncoder(Encoder):
    """A sentence-transformers model that runs in this process. Not thread-safe."""

    second_pass = False

    _probes: Vectors | None = None

    @property
    def probes(self) -> Vectors:
        """The vectors of the probes: those of an index that is expected, or else each is encoded by itself."""
        if self._probes is None:
            texts = probes.strings(self.description.question_prompt, self.description.passage_prompt)
            self._probes = np.concatenate([self.vectors([text]) for text in texts])
        return self._probes

    def expect(self, probes: Vectors | None) -> None:
        """Take the probes of an index for this model's own: the fingerprint of its files was compared."""
        self._probes = probes if self._probes is None else self._probes

    def _questions(self, texts: Sequence[str]) -> Vectors:
        return self.vectors([self.description.question_prompt + text for text in texts])

    def _passages(self, texts: Sequence[PassageText]) -> Iterator[tuple[int, Vectors, Vectors]]:
        headed = [self.headed(text) for text in texts]
        tokens = [self._tokens(text) for text, _ in headed]
        for batch in _batches([len(tokenized.ids) for tokenized in tokens]):
            vectors, states = self._encode([tokens[i] for i in batch])
            for i, vector, of_one in zip(batch, vectors, states, strict=True):
                if self.description.pools_by_mean:
                    yield i, vector, self._pool(of_one, tokens[i], headed[i][1], texts[i], vector)
                else:
                    yield i, vector, self.vectors(self.pieces(texts[i]))

    def _pool(self, states: Vectors, tokens: Tokens, shift: int, text: PassageText, whole: Vectors) -> Vectors:
        """Average the token states of each sentence ("late chunking", Günther et al. 2024, arXiv:2409.04701).

        `shift` is the offset at which the passage's own text begins in the encoded text. A sentence without a token in
        the window gets the vector of the whole passage.
        """
        if not text.sentences:
            return self.no_vectors()
        kept = min(len(tokens.ids), states.shape[0])
        starts = tokens.starts[:kept] - shift
        ordinary = tokens.ordinary[:kept]
        inside = np.array([ordinary & (starts >= start) & (starts < end) for start, end in text.sentences])
        pooled = inside.astype(np.float32) @ states[:kept]
        pooled[~inside.any(axis=1)] = whole
        return unit(pooled)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Encode texts as they are, without a prompt; shape (len(texts), dimension)."""
        return self._encode([self._tokens(text) for text in texts])[0] if texts else self.no_vectors()

    @abstractmethod
    def _encode(self, texts: Sequence[Tokens]) -> tuple[Vectors, list[Vectors]]:
        """Return the vectors of texts, and the token states of each, which padding may follow."""

    def _tokens(self, text: str) -> Tokens:
        tokens = self.vocabulary.encoded(text)
        starts = np.array([start for start, _ in tokens.offsets], np.int64)
        return Tokens(text, tokens.ids, starts, np.array(tokens.special_tokens_mask) == 0)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group indices by their tokens, longest first, so that no batch, padded to its longest, exceeds `BATCH_TOKENS`."""
    batch: list[int] = []
    longest = 0
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        longest = longest or lengths[i]
        if batch and longest * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch, longest = [], lengths[i]
        batch.append(i)
    if batch:
        yield batch
