"""Kept answers: what somebody said, kept as the answer to a question, leads where that question is asked."""

from __future__ import annotations

import re
from collections.abc import Collection

from index.answer.blocks import LEAD, lines_within
from index.answer.lessons import Stretch
from index.answer.wording import Wording, terms_of
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.library.library import ANSWERS
from index.records import BlockKind
from index.store.base import Generation
from index.store.values import StoredDocument

_KEPT = re.compile(rf"{ANSWERS}/[^/]*-\d{{17,20}}\.md")
"""The sources of kept answers: the last part of the name is the id of the message, a snowflake of Discord's."""


class KeptAnswers:
    """The kept answers among the documents of one generation, by the questions that they answer."""

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        """Encode no question before one is asked in the same words."""
        self._generation = generation
        self._encoder = encoder
        self._questions = {
            source.source: source.title for source in generation.catalogue.sources if _KEPT.fullmatch(source.source)
        }
        self._vectors: dict[str, Vectors] = {}
        self._terms: dict[tuple[str, ...], dict[str, frozenset[str]]] = {}

    def leads(self, question: Wording, inside: Collection[str] | None) -> tuple[Stretch, ...]:
        """Return the kept answers `inside` a scope to the same question, the closest first."""
        terms = self._terms_in(question.languages)
        near = [
            source
            for source, question_terms in terms.items()
            if (inside is None or source in inside) and question.may_share(question_terms)
        ]
        self._encode([self._questions[source] for source in near])
        scored = [(float(self._vectors[self._questions[source]] @ question.vector), source) for source in near]
        same = [pair for pair in scored if question.is_same(self._questions[pair[1]], pair[0])]
        return tuple(_answer_in(self._generation.catalogue.document(source)) for _, source in sorted(same)[::-1])

    def _terms_in(self, languages: tuple[str, ...]) -> dict[str, frozenset[str]]:
        """Return the stems of each question; audiences have few sets of languages."""
        if languages not in self._terms:
            self._terms[languages] = {source: terms_of(title, languages) for source, title in self._questions.items()}
        return self._terms[languages]

    def _encode(self, titles: Collection[str]) -> None:
        missing = [title for title in dict.fromkeys(titles) if title not in self._vectors]
        if missing:
            self._vectors.update(zip(missing, self._encoder.questions(missing), strict=True))


def _answer_in(document: StoredDocument) -> Stretch:
    """Return what was said: the document below its heading, as far as a quote may reach."""
    everything = list(document.each_block())
    blocks = [block for block in everything if block.kind is not BlockKind.HEADING] or everything
    start = blocks[0].start
    end = max((block.end for block in blocks if block.end - start <= LEAD), default=blocks[0].end)
    return Stretch(document.source, *lines_within(document.text, start, end, LEAD))
