"""Questions as they are searched for: spelled as documents spell them, encoded, and taken apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.answer.asked import Asked, message_text, texts_of
from index.answer.chat_english import written_out
from index.answer.compounds import joined, parted
from index.answer.question import Question, following, take_apart, with_compounds
from index.answer.search import Search
from index.answer.spelling import corrected
from index.answer.title import SHARE, title_of
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.text.language import likely

Encoded = list[tuple[str, Vectors]]
"""A question, and after it the exchange before it: each text as it is searched for, with its vector."""


class QuestionParser:
    """Makes questions of what was asked, for one generation."""

    def __init__(self, search: Search, encoder: Encoder) -> None:
        """Spell as the documents that are searched by `search` do."""
        self._generation = search.generation
        self._scopes = search.scopes
        self._encoder = encoder

    def encode(self, asked: Sequence[Asked]) -> list[Encoded]:
        """Encode questions, each with the exchange before it where there is one, in one batch."""
        return self._with_vectors([self._spelled(question, texts_of(question)) for question in asked])

    def encode_message(self, asked: Asked) -> Encoded | None:
        """Encode the whole message by itself; None where the one question in it is all that it says."""
        whole = message_text(asked.text)
        if texts_of(asked)[0] == whole:
            return None
        return self._with_vectors([self._spelled(asked, [whole])])[0]

    def parse(self, asked: Asked, encoded: Encoded) -> Question:
        """Take a question apart, together with the exchange before it."""
        visible = self._scopes.of(asked.seen)
        for text, _ in encoded:
            visible.expect(text)
        question, *before = (
            take_apart(text, vector, self._encoder, visible.stems, visible.idf) for text, vector in encoded
        )
        if visible.counts_quickly:
            question = with_compounds(question, joined(question.text, visible), visible.stems)
        return following(question, before[0], before[1] if before[1:] else None) if before else question

    def _with_vectors(self, texts: list[list[str]]) -> list[Encoded]:
        titles = [title_of(question) for question, *_ in texts]
        every = [text for group in texts for text in group] + [title for title in titles if title]
        vectors = self._encoder.questions(every)
        of_texts, of_titles = iter(vectors), iter(vectors[sum(map(len, texts)) :])
        encoded = [[(text, next(of_texts)) for text in group] for group in texts]
        for group, title in zip(encoded, titles, strict=True):
            if title:
                text, vector = group[0]
                group[0] = (text, _with_title(vector, next(of_titles)))
        return encoded

    def _spelled(self, asked: Asked, texts: list[str]) -> list[str]:
        """Return the texts of a question, itself spelled as documents spell it."""
        visible = self._scopes.of(asked.seen)
        spelled = written_out(texts[0]) if likely(texts[0], visible.languages)[0] == "en" else texts[0]
        if visible.counts_quickly:
            spelled = parted(corrected(spelled, visible, self._encoder), visible, self._generation)
        return [spelled, *texts[1:]]


def _with_title(vector: Vectors, title: Vectors) -> Vectors:
    """Return the vector of a message with that of its title in it, of unit length as both are."""
    mixed = (1 - SHARE) * vector + SHARE * title
    return np.asarray(mixed / np.linalg.norm(mixed), np.float32)
