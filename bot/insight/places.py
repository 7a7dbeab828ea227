"""Where in the documents something stands, as far as somebody may see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.insight.records import Place
from index.arrays import Vectors
from index.store.base import Generation

_LOOKED_AT = 50
"""Passages among which the nearest one that may be seen is looked for."""


@dataclass(frozen=True, slots=True)
class Places:
    """The sections of a generation's documents; `scope` are the sources that may be seen (all, where None)."""

    generation: Generation
    scope: Collection[str] | None = None

    def nearest(self, vector: Vectors) -> Place | None:
        """Return the section of the passage that is nearest to a question, shape (dimension,)."""
        rows, _ = self.generation.dense.search(vector, 1 if self.scope is None else _LOOKED_AT)
        for stored in self.generation.catalogue.passages([int(row) for row in rows if row >= 0]):
            if self._is_seen(stored.passage.source):
                title = self.generation.catalogue.sources[stored.document].title
                return Place(stored.passage.source, title, stored.passage.section)
        return None

    def at(self, source: str, offset: int) -> Place | None:
        """Return the section that holds an offset of a document; None where that is gone, or not to be seen."""
        if not self._is_seen(source):
            return None
        try:
            document = self.generation.catalogue.document(source)
        except KeyError:
            return None
        sections = [block.section for block in document.each_block() if block.start <= offset]
        return Place(source, document.title, sections[-1] if sections else ())

    def _is_seen(self, source: str) -> bool:
        return self.scope is None or source in self.scope
