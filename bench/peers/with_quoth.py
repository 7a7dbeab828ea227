"""Quoth, as its bot builds and asks it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from indexes import quiet
from system import System

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.reranker import Reranker
from index.build.builder import Builder, BuildSettings
from index.encode.local import load_encoder
from index.store.disk.shelf import Shelf
from index.store.passage_text import texts

_RESULTS = 5


class Quoth(System):
    """Results are quotes: those of an answer or, where it says that it has none, the closest ones."""

    def __init__(self, reranker: Reranker | None) -> None:
        self._encoder = load_encoder(device="cpu")
        self._reranker = reranker
        self._folder = tempfile.TemporaryDirectory()
        self._shelf = Shelf(Path(self._folder.name))

    def build(self, documents: Path) -> None:
        Builder(self._shelf, self._encoder, BuildSettings()).build(documents, quiet, fresh=True)
        self._generation = self._shelf.open()
        self._answerer = Answerer(
            self._generation, self._encoder, quotes=_RESULTS, threshold=None, reranker=self._reranker
        )

    def passages(self) -> list[str]:
        catalogue = self._generation.catalogue
        return [
            text.text for source in catalogue.sources for text in texts(catalogue, catalogue.passages_of(source.id))
        ]

    def ask(self, question: str, count: int) -> list[str]:
        answer = self._answerer.answer(Asked(question))
        return [quote.text for quote in (answer.quotes or answer.closest)[:count]]
