"""The part of a generation that a scope leaves: what a search needs of it, made once."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from index.store.base import Generation
from index.store.scope import Only, only
from index.text.language import DEFAULT
from index.text.terms import idf
from index.text.words import Stems

_KEPT = 32
"""Parts that are kept: there are few rules on who sees what, and a part of one document is small."""

_COUNTED = 10_000
"""Words whose passages are not counted twice."""


class Part:
    """All of a generation, or the documents of a scope as if there were no others.

    Frequencies of words and languages are those inside: what stands outside alone changes no weight, no confidence and
    no reason for not answering. Of all passages, BM25 knows no more than their mean length. `counts_quickly` tells
    whether to count passages costs microseconds, not a request.
    """

    def __init__(self, generation: Generation, scope: frozenset[str] | None) -> None:
        """Take the documents whose sources are in `scope`; all, where None."""
        sources = generation.catalogue.sources
        inside = [one for one in sources if scope is None or one.source in scope]
        self._lexical = generation.lexical
        spoken = Counter(source.language for source in inside).most_common()
        self.languages = tuple(one for one, _ in spoken) or (DEFAULT,)
        self.stems = Stems(*self.languages)
        self.words: Only | None = None
        self.vectors: Any = None
        self.passages = len(generation.dense)
        if scope is not None:
            ids = [one.id for one in inside]
            rows = generation.catalogue.rows_of(ids)
            self.passages = len(rows)
            self.words = only(ids, generation.catalogue.numbering)
            self.vectors = generation.dense.only(rows)
        self.counts_quickly = self._lexical.counts_quickly
        self._with = lru_cache(_COUNTED)(self._passages_with)

    def expect(self, text: str) -> None:
        """Take note that the words of `text` will be asked for."""
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


class Parts:
    """The parts of one generation that were asked for lately."""

    def __init__(self, generation: Generation) -> None:
        """Nothing is made before it is asked for."""
        self._generation = generation
        self._kept: OrderedDict[frozenset[str] | None, Part] = OrderedDict()

    def of(self, scope: frozenset[str] | None) -> Part:
        """Return the part of the documents in `scope`; a scope that is the same object again is found at once."""
        part = self._kept.get(scope) or Part(self._generation, scope)
        self._kept[scope] = part
        self._kept.move_to_end(scope)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return part
