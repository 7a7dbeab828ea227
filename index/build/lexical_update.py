"""Writes the lexical index of a new generation: an update of the one before or, after many changes, a new one."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

from index.build.survey import Survey
from index.store.disk import layout, lexical
from index.store.disk.base import BuildBase
from index.store.disk.catalogue import Catalogue
from index.store.passage_text import texts

_MOST_GONE = 0.05
"""Share of passages that may be marked as deleted; until they are removed, their words count in BM25."""


class LexicalUpdate:
    """Writes the lexical index for a survey, as an update of the generation `before` if that pays.

    With `erases`, it is written anew, as words that are only marked would stay in it.
    `free` is the first number for new documents if the others keep theirs; None if all are numbered anew.
    """

    def __init__(self, before: BuildBase | None, survey: Survey, *, erases: bool = False) -> None:
        self._before = before
        self._gone = _gone(before.catalogue, survey.unchanged) if before else []
        self.free: int | None = None
        if before is not None and before.marked is not None and not erases:
            marked = before.marked + before.catalogue.counts(self._gone)[0]
            if marked <= _MOST_GONE * before.manifest.counts.passages:
                self.free = before.catalogue.numbering.free

    def write(self, folder: Path, catalogue: Catalogue) -> None:
        """Write the index of all passages of `catalogue` into the new folder `folder`."""
        if self._before is None or self.free is None:
            folder.mkdir()
            lexical.write(folder, _passages(catalogue, 0))
            return
        lexical.copy(self._before.folder / layout.LEXICAL, folder)
        numbers = self._before.catalogue.numbering.numbers
        lexical.write(folder, _passages(catalogue, self.free), [int(numbers[document]) for document in self._gone])


def _gone(catalogue: Catalogue, unchanged: Container[str]) -> list[int]:
    return [source.id for source in catalogue.sources if source.source not in unchanged]


def _passages(catalogue: Catalogue, first: int) -> Iterator[lexical.LexicalPassage]:
    """Yield the passages of the documents whose numbers are `first` or more."""
    numbers = catalogue.numbering.numbers.tolist()
    for source in catalogue.sources:
        if numbers[source.id] >= first:
            stored = catalogue.passages_of(source.id)
            for nth, text in enumerate(texts(catalogue, stored)):
                yield lexical.LexicalPassage(numbers[source.id], nth, text.header, text.text, source.language)
