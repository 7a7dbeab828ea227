"""Candidates: the passages that suit a question best, by meaning and by words together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from index.answer.question import Before
from index.answer.scope import SearchScope, SearchScopes
from index.arrays import Rows, Vectors
from index.store.base import Generation

Scope = Collection[str]
"""The sources that may be quoted; nothing outside is ever a candidate."""

LEXICAL_WEIGHT = 0.5
"""Of BM25, as a share of the best passage's, against the cosine: right passage first for 0.837 of 1,000 questions,
against 0.779 for reciprocal rank fusion."""

_DEPTH = 50
"""Passages that each of the two searches contributes."""

_SCORED = 200
"""Passages whose BM25 is asked for: those behind the first `_DEPTH` are no candidates by their words, but may be by
their meaning, and then their words count as well (right section first for 0.585 of 6,694 questions, 0.580 without)."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of passages, best first, with their scores and the two parts these are made of, each shape (n,)."""

    rows: Rows
    score: Vectors
    dense: Vectors
    lexical: Vectors

    def first(self, count: int) -> Hits:
        """Return the best `count` of them."""
        return Hits(self.rows[:count], self.score[:count], self.dense[:count], self.lexical[:count])

    def at(self, numbers: Sequence[int], rows: Sequence[int]) -> Hits:
        """Return other `rows` with the scores of those found at `numbers`, that stand for them."""
        places = np.array(numbers, np.int64)
        return Hits(np.array(rows, np.int64), self.score[places], self.dense[places], self.lexical[places])


class Search:
    """Hybrid search over one generation."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.scopes = SearchScopes(generation)

    def search(  # noqa: PLR0913 -- a question, what it leans on, and where to look
        self,
        text: str,
        vector: Vectors,
        limit: int,
        scope: Scope | None = None,
        *,
        before: Sequence[Before] = (),
        languages: Sequence[str] | None = None,
    ) -> Hits:
        """Return the passages that suit a question best; `lexical` is BM25 as a share of the best passage's.

        With others `before`, `vector` is that of all and `lexical` is shared between their texts. `languages` are those
        that words are stemmed in: those of all documents, where None.
        """
        within = self.scopes.of(None if scope is None else frozenset(scope))
        own = 1 - sum(earlier.share for earlier in before)
        shares = [(text, own), *((earlier.text, earlier.share) for earlier in before)]
        near, _ = self.generation.dense.search(vector, _DEPTH, within.vectors)
        worded = [(*self._worded(part, within, languages), share) for part, share in shares]
        rows = np.unique(np.concatenate([near, *(matches[:_DEPTH] for matches, _, _ in worded)])).astype(np.int64)
        dense = self.generation.dense.vectors(rows) @ vector
        lexical = np.zeros(len(rows), np.float32)
        for matches, scores, share in worded:
            _, places, scored = np.intersect1d(rows, matches, return_indices=True)
            lexical[places] += share * scores[scored]
        score = dense + LEXICAL_WEIGHT * lexical
        order = np.argsort(-score, kind="stable")[:limit]
        return Hits(rows[order], score[order], dense[order], lexical[order])

    def _worded(self, text: str, within: SearchScope, languages: Sequence[str] | None) -> tuple[Rows, Vectors]:
        """Return the rows of the passages with the words of `text`, and their BM25 as a share of the best one's."""
        words = self.generation.lexical
        terms = words.terms(text, languages)
        rows, bm25 = words.search(terms, _SCORED, within.words, within.weights(terms))
        return rows, bm25 / bm25.max(initial=np.finfo(np.float32).tiny)
