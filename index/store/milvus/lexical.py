"""Lexical search in Milvus: its own BM25 finds the passages, which are then ranked as on disk."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.arrays import Rows as RowNumbers
from index.arrays import Vectors
from index.store import base
from index.store.milvus import bm25, scope
from index.store.milvus.rows import Rows
from index.store.milvus.table import Table
from index.store.milvus.tokens import token
from index.store.milvus.words import Words
from index.store.scope import DocumentFilter
from index.text.terms import terms_of

_MORE = 2
"""How many passages to ask Milvus for per wanted one, because it orders them differently."""

_HOW = {"metric_type": "BM25"}


class Lexical(base.Lexical):
    """The words of a generation's passages."""

    counts_quickly = False

    def __init__(self, table: Table, rows: Rows, words: Words, languages: Sequence[str], tokens: int) -> None:
        """`tokens` is the total of all passages; `languages` are those of the documents."""
        self._table = table
        self._rows = rows
        self._words = words
        self._languages = languages
        self._tokens = tokens

    def __len__(self) -> int:
        """Return how many passages there are."""
        return len(self._rows)

    def terms(self, text: str, languages: Sequence[str] | None = None) -> list[str]:
        """Return the distinct terms of a question, in order, at most 64 per language."""
        return terms_of(text, self._languages if languages is None else languages)

    def expect(self, text: str, languages: Sequence[str] | None = None) -> None:
        """Fetch the counts of a question's words in one request."""
        self._words.counts(list(map(token, self.terms(text, languages))))

    def passages_with(self, form: str) -> int:
        """Return how many passages contain a stem."""
        return self._words.counts([token(form)])[0]

    def passages_inside(self, form: str, inside: DocumentFilter) -> int:
        """Return how many passages of some documents contain a stem."""
        return self._words.inside(token(form), inside)

    def search(
        self,
        terms: Sequence[str],
        limit: int,
        inside: DocumentFilter | None = None,
        weights: Sequence[float] | None = None,
    ) -> tuple[RowNumbers, Vectors]:
        """Return the rows of the passages that match `terms` best and their BM25 scores, best first."""
        asked = list(map(token, terms))
        having = self._words.counts(asked)
        weighed = weights or [1.0] * len(asked)
        there = [(word, count, w) for word, count, w in zip(asked, having, weighed, strict=True) if count]
        if not there or scope.is_empty(inside):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        query = " ".join(word for word, _, _ in there)
        hits = self._table.nearest(query, "sparse", min(_MORE * limit, len(self)), scope.as_filter(inside), _HOW)
        rows = sorted(row for row, _ in hits)
        words = [row.words.split() for row in self._rows.of(rows)]
        scores = bm25.scores(words, there, len(self), self._tokens)
        best = np.argsort(-scores, kind="stable")[:limit]
        return np.array(rows, np.int64)[best], scores[best]
