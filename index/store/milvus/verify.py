"""Verifies a generation in Milvus: every row against the manifest, and every passage against its document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from index.arrays import are_unit
from index.errors import DamagedError
from index.store.integrity import passage_is_intact
from index.store.milvus.generation import Generation
from index.store.milvus.tokens import NOTHING, token
from index.store.passage_text import passage_text
from index.store.values import Source
from index.text.terms import terms_in


def faults(generation: Generation, progress: Callable[[int, int], None]) -> Iterator[str]:
    """Yield what is wrong with a generation, one sentence each; `progress` counts documents."""
    sources = generation.catalogue.sources
    expected = 0
    for done, source in enumerate(sources):
        progress(done, len(sources))
        try:
            yield from _faults_of(generation, source, expected)
        except DamagedError as error:
            yield str(error)
        expected += len(generation.catalogue.rows_of([source.id]))
    progress(len(sources), len(sources))


def _faults_of(generation: Generation, source: Source, expected: int) -> Iterator[str]:
    document = generation.catalogue.document_by_id(source.id)
    stored = generation.catalogue.passages_of(source.id)
    rows = generation.rows.of([passage.row for passage in stored])
    for number, (passage, row) in enumerate(zip(stored, rows, strict=True)):
        whole = passage_is_intact(passage, document, generation.manifest.recipe.fingerprint)
        text = passage_text(document.title, document.text, passage.passage)
        words = " ".join(map(token, terms_in(text.header, text.text, source.language))) or NOTHING
        if not whole or passage.row != expected + number or row.words != words:
            yield f"A passage of {source.source} is not what was indexed (row {passage.row})."
    if stored and not are_unit(np.array([row.vector for row in rows])):
        yield f"Some vectors of passages of {source.source} are not of unit length."
    if stored:
        generation.vectors_in(stored)
