"""The documents that a question may be answered from, with the filters and word frequencies that a search needs."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from index.store.base import Generation
from index.store.scope import DocumentFilter, document_filter
from index.text.language import DEFAULT
from index.text.terms import idf
from index.text.words import Stems

_KEPT = 32
"""Scopes that are kept: there are few rules on who sees what, and the scope of one document is small."""

_COUNTED = 10_000
"""Words whose counts are cached."""


class SearchScope:
    """Some documents of a generation, or all of them, searched as if there were no others.

    Frequencies of words and languages are those inside the scope: what stands outside alone changes no weight, no
    confidence and no reason for not answering. Of all passages, BM25 knows no more than their mean length.
    `counts_quickly` tells whether to count passages costs microseconds, not a request.
    """

    def __init__(self, generation: Generation, scope: frozenset[str] | None) -> None:
        """Search the documents whose sources are in `scope`; None means all."""
        sources = generation.catalogue.sources
        inside = [source for source in sources if scope is None or source.source in scope]
        self._lexical = generation.lexical
        spoken = Counter(source.language for source in inside).most_common()
        self.languages = tuple(language for language, _ in spoken) or (DEFAULT,)
        self.stems = Stems(*self.languages)
        self.words: DocumentFilter | None = None
        self.vectors: Any = None
        self.passages = len(generation.dense)
        if scope is not None:
            ids = [source.id for source in inside]
            rows = generation.catalogue.rows_of(ids)
            self.passages = len(rows)
            self.words = document_filter(ids, generation.catalogue.numbering)
            self.vectors = generation.dense.filter_of(rows)
        self.counts_quickly = self._lexical.counts_quickly
        self._with = lru_cache(_COUNTED)(self._passages_with)

    def expect(self, text: str) -> None:
        """Prefetch the frequencies of the words of `text`, where the store is remote."""
        self._lexical.expect(text, self.languages)

    def passages_with(self, *forms: str) -> int:
        """Return how many passages a word is in; `forms` are its stems, one or several."""
        return min(sum(map(self._with, forms)), self.passages)

    def idf(self, *forms: str) -> float:
        """Return the inverse document frequency of a word, as BM25 has it; `forms` are its stems, one or several."""
        return idf(self.passages_with(*forms), self.passages)

    def weights(self, terms: Sequence[str]) -> list[float] | None:
        """Return by what the index's weight of each term is multiplied to get the weight that it has inside."""
        if self.words is None:
            return None
        of = len(self._lexical)
        return [self.idf(term) / idf(self._lexical.passages_with(term), of) for term in terms]

    def _passages_with(self, form: str) -> int:
        if self.words is None:
            return self._lexical.passages_with(form)
        return self._lexical.passages_inside(form, self.words)


class SearchScopes:
    """The scopes of one generation that were used last."""

    def __init__(self, generation: Generation) -> None:
        """Compute each scope of `generation` when it is first used."""
        self._generation = generation
        self._kept: OrderedDict[frozenset[str] | None, SearchScope] = OrderedDict()

    def of(self, scope: frozenset[str] | None) -> SearchScope:
        """Return the scope of the documents in `scope`, cached by its value."""
        search_scope = self._kept.get(scope) or SearchScope(self._generation, scope)
        self._kept[scope] = search_scope
        self._kept.move_to_end(scope)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return search_scope
