"""The encoder, from text to vectors: its interface, and what all encoders share, wherever the model runs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from index.arrays import Ids, Vectors
from index.encode import centring, threads
from index.encode.config import Description
from index.encode.model import is_centred
from index.encode.vocabulary import Vocabulary
from index.records import PassageText

__all__ = ["Encoder", "PassageText", "Vectors"]

_SPECIAL_TOKENS = 2


class Encoder(ABC):
    """Encodes questions, and passages with their sentences.

    All vectors are float32 and of unit length; those of any model but the default one are centred
    (`index/encode/centring.py`). Not thread-safe.
    """

    second_pass: bool
    """Whether sentences are encoded by themselves, although the model's vectors are means of its token states."""

    def __init__(self, name: str, fingerprint: str, description: Description, vocabulary: Vocabulary) -> None:
        """`fingerprint` is that of the model's files."""
        threads.one_for_numpy()
        self.name = name
        self.fingerprint = fingerprint
        self.description = description
        self.vocabulary = vocabulary
        self.dimension = description.dimension
        self.window = description.window

    @property
    @abstractmethod
    def probes(self) -> Vectors:
        """The vectors of a few fixed texts (`index/encode/probes.py`), which identify the model."""

    @abstractmethod
    def expect(self, probes: Vectors | None) -> None:
        """Raise `OtherModelError` unless this encoder's vectors can be compared with those of an index with `probes`.

        `probes` is None for an index without any.
        """

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions in one batch; shape (len(texts), dimension)."""
        vectors = self._questions(texts)
        return centring.without(vectors, self._common_to_questions) if is_centred(self.name) else vectors

    def passages(self, texts: Sequence[PassageText]) -> Iterator[tuple[int, Vectors, Vectors]]:
        """Yield `(i, vector, sentence_vectors)` for each of `texts`, longest first.

        `vector` has shape (dimension,), `sentence_vectors` (len(texts[i].sentences), dimension).
        """
        if not is_centred(self.name):
            yield from self._passages(texts)
            return
        common = self._common_to_passages
        for i, vector, sentences in self._passages(texts):
            yield i, centring.without(vector[None], common)[0], centring.without(sentences, common)

    @abstractmethod
    def _questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions as `questions` does, without centring."""

    @abstractmethod
    def _passages(self, texts: Sequence[PassageText]) -> Iterator[tuple[int, Vectors, Vectors]]:
        """Encode passages as `passages` does, without centring."""

    @cached_property
    def _common_to_questions(self) -> Vectors:
        """What the vectors of all questions have in common, shape (dimension,)."""
        return centring.mean(self._questions(centring.QUESTIONS))

    @cached_property
    def _common_to_passages(self) -> Vectors:
        """What the vectors of all passages have in common, shape (dimension,)."""
        statements = [PassageText("", text, ()) for text in centring.STATEMENTS]
        return centring.mean(np.array([vector for _, vector, _ in self._passages(statements)]))

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        """Return the (start, end) offsets in `text` of each of the model's tokens."""
        return self.vocabulary.spans(text)

    def token_ids(self, text: str) -> tuple[Ids, Ids]:
        """Return the ids of the model's tokens in `text`, and the offset at which each begins."""
        return self.vocabulary.ids(text)

    def known(self, ids: Ids) -> Ids:
        """Return `ids` without that of unknown tokens, which resembles nothing."""
        return self.vocabulary.known(ids)

    def word_ids(self, word: str) -> Ids:
        """Return the ids of the known tokens of one word."""
        return self.vocabulary.word_ids(word)

    def likeness(self, ids: Ids, others: Ids) -> Vectors:
        """Return the cosines of the input embeddings of `ids` (rows) and of `others` (columns)."""
        return self.vocabulary.likeness(ids, others)

    def headed(self, text: PassageText) -> tuple[str, int]:
        """Return the text to encode for a passage, and the offset at which its own text begins.

        The header gets the room that the passage leaves in the window.
        """
        room = self.window - _SPECIAL_TOKENS - self.vocabulary.length(text.text) - 1
        spans = self.token_spans(text.header)[: max(room, 0)]
        header = text.header[: spans[-1][1]] + "\n" if spans else ""
        start = self.description.passage_prompt + header
        return start + text.text, len(start)

    def pieces(self, text: PassageText) -> list[str]:
        """Return the text to encode for each sentence of `text` in a second pass."""
        return [self.description.passage_prompt + text.text[start:end] for start, end in text.sentences]

    def no_vectors(self) -> Vectors:
        """Return an empty array of vectors, shape (0, dimension)."""
        return np.empty((0, self.dimension), np.float32)
